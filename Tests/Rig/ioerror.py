#!/usr/bin/env python3
"""A failing disk (I2): when a call to the store fails, the process ends, and confirms nothing it
cannot keep.

  ioerror.py --binaries DIR [--steps N]

strace makes the 1st, 2nd, … Nth sync of a door fail with EIO, once each. Whatever the door answered
before it ended must be there when it has been started again.
"""
import argparse
import http.client
import shutil
import sqlite3
import sys
import time

from rig import Frames, RigGateway, envelope_digest, solve
from world import Broken, World, eventually, healthy

STORE_FAILED = 70


class FailingGateway(RigGateway):
    """A gateway one of whose doors runs on a disk that fails at its nth sync."""

    def fail(self, door, call, step):
        begin = {"intake": self.begin_intake, "dispatch": self.begin_dispatch}[door]
        program = f"sallyport-{door}"
        start = self.world.start

        def traced(name, asked, *arguments, **more):
            if asked != program:
                return start(name, asked, *arguments, **more)
            return start(
                name, "strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                f"inject={call}:error=EIO:when={step}", self.world.program(program), *arguments,
                **more)

        self.world.start = traced
        try:
            begin(wait=False)
        finally:
            self.world.start = start


def post(gateway, frame):
    """The answer's status; None when there was none."""
    try:
        door = http.client.HTTPConnection("127.0.0.1", gateway.intake_port, timeout=10)
        door.request("GET", "/challenge/tip")
        challenge = bytes.fromhex(door.getresponse().read().decode().strip())
        count = solve(challenge, envelope_digest(frame))
        door.request("POST", "/tips", frame, {
            "Content-Type": "application/vnd.sallyport.frame",
            "Sallyport-Puzzle": f"{challenge.hex()}.{count}"})
        return door.getresponse().status
    except (OSError, ValueError, http.client.HTTPException):
        return None


def send(gateway, process, frame):
    """Sends a frame until there is an answer, or the door has ended."""
    deadline = time.monotonic() + 15
    while process.poll() is None and time.monotonic() < deadline:
        if healthy(gateway.intake_port)() and (status := post(gateway, frame)) != 503:
            return status
        time.sleep(0.05)
    return None


def intake_fails(gateway, frames, steps):
    """Every sync of intake in turn: it ends with 70 and has confirmed nothing, or it goes on."""
    acknowledged, ended = [], 0
    for step in range(1, steps + 1):
        frame = eventually(frames.fresh, "a frame")
        gateway.fail("intake", "fsync", step)
        status = send(gateway, gateway.intake, frame)
        if status == 202:
            acknowledged.append(envelope_digest(frame))
            gateway.world.stop(gateway.intake)
        else:
            code = gateway.intake.wait(timeout=10)
            if code != STORE_FAILED:
                raise Broken(f"intake ended with {code} after failed sync {step}, not {STORE_FAILED}\n"
                             + gateway.world.log("intake")[-1500:])
            ended += 1
        gateway.begin_intake()
        if send(gateway, gateway.intake, frame) != 202:
            raise Broken("the same tip is not taken after the disk is well again")
        acknowledged.append(envelope_digest(frame))
        gateway.world.stop(gateway.intake)
    return acknowledged, ended


def dispatch_fails(gateway, frames, steps):
    """Every sync of dispatch's database and files in turn, while tips wait in the spool."""
    acknowledged, ended = [], 0
    gateway.begin_intake()
    for call in ("fdatasync", "fsync"):
        for step in range(1, steps + 1):
            frame = eventually(frames.fresh, "a frame")
            gateway.world.stop(gateway.dispatch)
            gateway.fail("dispatch", call, step)
            if send(gateway, gateway.intake, frame) != 202:
                raise Broken("intake does not go on without dispatch")
            acknowledged.append(envelope_digest(frame))
            deadline = time.monotonic() + 6
            while gateway.dispatch.poll() is None and time.monotonic() < deadline:
                if gateway.is_drained():
                    break
                time.sleep(0.05)
            code = gateway.dispatch.poll()
            if code not in (None, STORE_FAILED):
                raise Broken(f"dispatch ended with {code} after a failed {call}, step {step}\n"
                             + gateway.world.log("dispatch")[-1500:])
            ended += code == STORE_FAILED
            gateway.world.stop(gateway.dispatch)
            gateway.begin_dispatch()
    return acknowledged, ended


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--steps", type=int, default=8)
    arguments = parser.parse_args()
    if not shutil.which("strace"):
        print("FAILING DISK NOT RUN: strace is not installed", file=sys.stderr)
        return 77
    world = World(arguments.binaries, separate=False)
    gateway = FailingGateway(world)
    try:
        gateway.ceremony()
        gateway.start_dispatch()
        frames = Frames(world, gateway)
        first, intake = intake_fails(gateway, frames, arguments.steps)
        second, dispatch = dispatch_fails(gateway, frames, arguments.steps)
        eventually(gateway.is_drained, "dispatch taking everything from the spool", 60)
        time.sleep(1)
        database = sqlite3.connect(f"file:{world.root}/dispatch/dispatch.sqlite?mode=ro", uri=True)
        stored = {digest for (digest,) in database.execute("select digest from envelope")}
        lost = set(first + second) - stored
        print(f"{intake} ends of intake and {dispatch} of dispatch after a failed sync, "
              f"{len(set(first + second))} acknowledged, {len(lost)} lost")
        if lost or not intake or not dispatch:
            raise Broken("a failing disk lost something, or no call failed at all")
        return 0
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        return 1
    finally:
        world.close()


if __name__ == "__main__":
    sys.exit(main())
