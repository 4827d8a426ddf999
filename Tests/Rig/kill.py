#!/usr/bin/python3
"""I2 under kill -9: whatever a sender was told is stored is there afterwards.

  kill.py [--binaries DIR] [--kills N] [--seconds N]

Kills the public door and dispatch at random moments, during their starts too, while four writers
post tips and a reporter uploads files with `sallyport add`. At the end every acknowledged tip must
be found bit for bit, and nothing refused. It does not show missing fsyncs, since the page cache
survives a process: `powercut.py` does.
"""
import argparse
import random
import signal
import sys
import time

from kept import Kept
from rig import EvidenceSender, Frames, RigGateway, Writers
from world import Broken, World, eventually

MEBIBYTE = 1 << 20
FILES = [6 * MEBIBYTE, 8 * MEBIBYTE, 10 * MEBIBYTE, 13 * MEBIBYTE]


class Killer:
    """Kills one program after the other and starts it again."""

    def __init__(self, world, gateway):
        self.world, self.gateway = world, gateway
        self.killed = {"intake": 0, "dispatch": 0}
        self.during_start = self.cut_uploads = 0

    @property
    def kills(self):
        return sum(self.killed.values())

    def kill(self, name):
        self.world.stop(getattr(self.gateway, name), signal.SIGKILL)
        self.killed[name] += 1

    def begin(self, name, wait=True):
        getattr(self.gateway, f"begin_{name}")(wait)

    def strike(self, name):
        """One kill at a random moment; now and then the next one comes during the start."""
        time.sleep(random.uniform(0.05, 1.2))
        self.kill(name)
        if random.random() < 0.2:
            self.begin(name, wait=False)
            time.sleep(random.uniform(0, 0.5))
            self.kill(name)
            self.during_start += 1
        self.begin(name)

    def cut_upload(self, reporter):
        """Kills the public door, and now and then the sender too, when an upload is under way and
        at least a MiB of it is there."""
        deadline = time.monotonic() + 8
        while time.monotonic() < deadline:
            if any(size >= MEBIBYTE for size in self.open_uploads()):
                time.sleep(random.uniform(0, 0.2))
                self.kill("intake")
                self.cut_uploads += any(self.open_uploads())
                if random.random() < 0.5:
                    reporter.interrupt()
                return self.begin("intake")
            time.sleep(0.005)

    def open_uploads(self):
        sizes = []
        for frame in (self.gateway.spool / "uploads").glob("*/frame"):
            try:
                sizes.append(frame.stat().st_size)
            except FileNotFoundError:
                pass
        return sizes


def run(world, arguments):
    gateway = RigGateway(world)
    gateway.ceremony()
    frames = Frames(world, gateway)
    gateway.start_dispatch()
    gateway.begin_intake()
    reporter = EvidenceSender(world, gateway)
    writers = Writers(gateway, frames, 4, rest=0.5)
    writers.allow()
    reporter.start(FILES)
    # New inodes for everything stored, again and again: the kills hit that too.
    gateway.shuffle_seconds = 10
    killer = Killer(world, gateway)
    began = time.monotonic()
    while killer.kills < arguments.kills or time.monotonic() - began < arguments.seconds:
        if reporter.is_sending and killer.cut_uploads < arguments.uploads:
            killer.cut_upload(reporter)
        killer.strike(random.choice(["intake", "dispatch"]))
    writers.end()
    world.stop(frames.maker, signal.SIGKILL)
    is_finished = reporter.finish(30)
    rest(world, gateway)
    return judge(world, writers, reporter, killer, is_finished)


def rest(world, gateway):
    """Lets dispatch take what is left, then starts both once more, so that they clean up."""
    gateway.shuffle_seconds = 86_400
    world.stop(gateway.dispatch, signal.SIGKILL)
    gateway.begin_dispatch()
    eventually(gateway.is_drained, "dispatch taking everything from the spool", 60)
    for name in ["intake", "dispatch"]:
        world.stop(getattr(gateway, name), signal.SIGKILL)
    gateway.begin_dispatch()
    gateway.begin_intake()
    gateway.shut_down()


def judge(world, writers, reporter, killer, is_finished):
    kept = Kept(world.root)
    lost = kept.lost(writers.acknowledged)
    lost_files = kept.lost_files(reporter.stored)
    faults = kept.faults(writers.refused) + writers.wrong
    faults += [f"left behind: {path}" for path in kept.leftovers()]
    faults += [] if is_finished else ["the reporter's files did not all get through"]
    if killer.cut_uploads == 0 or reporter.resumed == 0:
        faults.append("no upload was cut and resumed: the rig does not show what it should")
    killed = killer.killed
    print(f"{killer.kills} kills ({killed['intake']} of the public door, {killed['dispatch']} of"
          f" dispatch; {killer.during_start} during a start, {killer.cut_uploads} during an upload),"
          f" {len(writers.acknowledged)} acknowledged, {len(lost)} lost")
    print(f"{len(reporter.stored)} files uploaded, {len(lost_files)} lost;"
          f" {reporter.resumed} resumed with the receipt")
    print(f"{writers.repeats} repeated and {len(writers.refused)} refused;"
          f" {len(kept.envelopes)} envelopes, {len(kept.entries)} log entries,"
          f" integrity {kept.integrity}")
    for fault in faults[:20]:
        print(f"BROKEN: {fault}")
    return not (lost or lost_files or faults or not writers.acknowledged)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--kills", type=int, default=36, help="how many (default: 36)")
    parser.add_argument("--uploads", type=int, default=6,
                        help="how many of them in the middle of an upload (default: 6)")
    parser.add_argument("--seconds", type=float, default=0, help="go on for at least so long")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    world = World(arguments.binaries, quiet=True, separate=False)
    began = time.monotonic()
    try:
        held = run(world, arguments)
    except Broken as broken:
        print(f"BROKEN: {broken}")
        held = False
    finally:
        world.close()
    print(f"kill -9: {'held' if held else 'BROKEN'} ({time.monotonic() - began:.0f} s)")
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
