#!/usr/bin/python3
"""The desk over time: a new epoch by one command, both epochs side by side, the end of the old one's
key, and the end of what nobody ever worked on.

  rotation.py [--binaries DIR]

All programs have one clock (`clock.c`), which the rig sets forward: by two days, so that the new epoch
is open, and by a hundred, so that the old one's days of grace are over.

Exit codes: 0 held, 1 broken, 77 could not run (no C compiler).
"""
import argparse
import http.client
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta

from rig import Frames, RigGateway, envelope_digest, solve
from world import Broken, World, eventually, get

import clocks
import handling
from gateway import PASSPHRASES, REPOSITORY, TODAY

DAY = 86_400
CLOSES = 10
GRACE = 90


class ShortGateway(RigGateway):
    """A gateway whose first epoch closes soon, with directories that live long."""

    def make_desk(self):
        super().make_desk()
        file = self.keys / "desk.toml"
        usual, soon = ((TODAY + timedelta(days=days)).isoformat() for days in (89, CLOSES))
        file.write_text(file.read_text().replace(f'closes = "{usual}"', f'closes = "{soon}"'))

    def sign(self, *options):
        super().sign("--days", "365", *options)

    def keys_of(self, command, *arguments, expect=0):
        """A command about the agent's keys, by the agent's user."""
        lines = [PASSPHRASES["desk"]] if command == "rotate" else []
        return self.world.run("sallyport-desk", command, "--desk", self.desk, "--keys",
                              self.desk_keys, *arguments, lines=lines, expect=expect, user="agent")

    def epochs(self):
        return sorted(path.name for path in self.desk_keys.glob("epoch-*"))


def post(gateway, frame):
    """The door's answer to a frame: its status and words."""
    door = http.client.HTTPConnection("127.0.0.1", gateway.intake_port, timeout=10)
    door.request("GET", "/challenge/tip")
    challenge = bytes.fromhex(door.getresponse().read().decode().strip())
    count = solve(challenge, envelope_digest(frame))
    door.request("POST", "/tips", frame, {
        "Content-Type": "application/vnd.sallyport.frame",
        "Sallyport-Puzzle": f"{challenge.hex()}.{count}"})
    answer = door.getresponse()
    return answer.status, answer.read().decode(errors="replace")


def rotates(world, gateway):
    """One command makes the keys and says what the root must sign; twice is once."""
    lines, told = gateway.keys_of("rotate")
    again, repeated = gateway.keys_of("rotate")
    world.check("number = 2" in lines and lines == again and "Made the keys of epoch 2" in told
                and "Made before" in repeated and gateway.epochs() == ["epoch-1.age", "epoch-2.age"],
                "the next epoch's keys are made once; given again, the command prints the same",
                lines + again + told + repeated)
    world.check("sallyport root sign" in told and "recipient" in told and "sallyport-desk directory"
                in told, "and it says what the root must sign, and what comes after", told)
    with open(gateway.keys / "desk.toml", "a") as file:
        file.write(lines)
    gateway.sign()
    out, _ = world.run("sallyport-desk", "directory", "--desk", gateway.desk, gateway.note,
                       gateway.policy)
    world.check("directory version 2" in out, "the desk takes what the root has signed", out)
    world.run("sallyport-dispatch", "adopt-directory", "--config", gateway.dispatch_config(),
              gateway.note)
    note = gateway.note.read_bytes()
    eventually(lambda: get(gateway.intake_port, "/directory")[2] == note,
               "the door giving out the new directory")


def both_open(world, gateway, old):
    """A tip that was sealed to the old epoch, and one to the new: the same agent opens both."""
    status, words = post(gateway, old)
    world.check(status == 202, "the door takes what was sealed to the old epoch", f"{status} {words}")
    handling.Sender(world, gateway, "new", ["office-a"])
    names = handling.taken(world, gateway, 2)
    for name in names:
        gateway.at_desk("show", name)
    return names


def old_key_goes(world, gateway, clock):
    """Not a day too early; shown first, and only then done."""
    clock(CLOSES + GRACE)
    out, _ = gateway.keys_of("destroy-epochs", "--yes")
    world.check("epoch 1: closed on" in out and "due" not in out and len(gateway.epochs()) == 2,
                "on the last day of grace nothing is due", out)
    clock(CLOSES + GRACE + 1)
    out, told = gateway.keys_of("destroy-epochs")
    world.check("epoch 1:" in out and "due" in out and "Nothing was destroyed" in told
                and len(gateway.epochs()) == 2, "the day after, the command shows what is due", out)
    out, told = gateway.keys_of("destroy-epochs", "--yes")
    world.check("epoch 1: destroyed" in out and gateway.epochs() == ["epoch-2.age"],
                "and destroys it when it is told to", out + told)
    out, told = gateway.keys_of("destroy-epochs", "--yes")
    world.check("Nothing is due" in told, "once", out + told)


def old_epoch_is_over(world, gateway, late, names):
    status, words = post(gateway, late)
    world.check(status == 410 and "again" in words,
                "the door refuses the old epoch, and says how to seal again", f"{status} {words}")
    world.stop(gateway.agents["agent"])
    gateway.start_desk()
    for name in names:
        out, _ = gateway.at_desk("show", name)
        world.check("report" in out, "what was pulled before can still be read", out)
    handling.Sender(world, gateway, "later", ["office-a"])
    handling.taken(world, gateway)


def log_entries(world):
    """How many entries dispatch's custody log has, and how many wait for it."""
    database = sqlite3.connect(f"file:{world.root}/dispatch/dispatch.sqlite?mode=ro", uri=True)
    (entries,), (waiting,) = (database.execute(f"SELECT count(*) FROM {table}").fetchone()
                              for table in ("ledger_entry", "ledger_waiting"))
    database.close()
    return entries + waiting


def state_at_dispatch(world, tip):
    database = sqlite3.connect(f"file:{world.root}/dispatch/dispatch.sqlite?mode=ro", uri=True)
    found = database.execute("SELECT state FROM tip WHERE id = ?", [tip]).fetchall()
    database.close()
    return found


def junk_goes(world, gateway, names):
    """One of the two cases speaks of danger and stays; the other is due, can be held, and goes when two
    persons sign."""
    settings = gateway.desk / "settings.json"
    settings.write_text(settings.read_text().replace('"unopenedDays":365', '"unopenedDays":60'))
    out, told = gateway.at_desk("retention")
    due = [name for name in names if name in out]
    world.check(len(due) == 1 and "nobody has worked on it for 60 days" in out
                and "1 due. Nothing was changed." in told,
                "what nobody worked on and has no sign of danger is listed as due, with the reason",
                out + told)
    [name] = due
    [folder] = (gateway.desk / "cases").glob(f"{name}*")
    gateway.at_desk("legal-hold", name, by="lin", says=["a court asked"])
    out, told = gateway.at_desk("retention")
    world.check("kept: legal hold: a court asked" in out and "Nothing is due." in told,
                "a legal hold keeps it", out + told)
    gateway.at_desk("legal-hold", name, "--lift", by="lin", says=["it has ended"])
    _, told = gateway.at_desk("retention", "--sign", by="lin", says=["2"], expect=1)
    world.check("1 are due" in told, "who does not know how many are due signs nothing", told)
    entries = log_entries(world)
    out, _ = gateway.at_desk("retention", "--sign", by="lin", says=["1"])
    world.check("signed; a second person must sign too" in out and folder.exists(),
                "one person's signature destroys nothing", out)
    out, _ = gateway.at_desk("retention", "--sign", by="okafor", says=["1"])
    world.check(f"{name}  destroyed" in out and not folder.exists(),
                "with the second person's it is gone", out)
    world.check(state_at_dispatch(world, bytes.fromhex(folder.name)) == [("erased",)]
                and log_entries(world) == entries + 1,
                "dispatch has erased it, and the custody log has one entry for that")


def play(world):
    gateway = ShortGateway(world)
    subprocess.run([shutil.which("clang") or shutil.which("cc"), "-O2", "-shared", "-fPIC", "-o",
                    clocks.library(world), REPOSITORY / "Tests/Rig/clock.c"], check=True)
    file = clocks.moved(world, "all", 0)

    def clock(days):
        clocks.moved(world, "all", days * DAY)

    gateway.ceremony()
    frames = Frames(world, gateway)
    old, late = (eventually(frames.fresh, "a frame") for _ in range(2))
    world.stop(frames.maker, signal.SIGKILL)
    with clocks.clock(world, file):
        gateway.start_dispatch()
        gateway.begin_intake()
        gateway.start_desk()
        rotates(world, gateway)
        clock(2)
        names = both_open(world, gateway, old)
        old_key_goes(world, gateway, clock)
        old_epoch_is_over(world, gateway, late, names)
        junk_goes(world, gateway, names)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", default=".build/debug")
    arguments = parser.parse_args()
    if not (shutil.which("clang") or shutil.which("cc")):
        print("ROTATION NOT RUN: there is no C compiler", file=sys.stderr)
        return 77
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    world = World(pathlib.Path(arguments.binaries), separate=False)
    began = time.monotonic()
    try:
        play(world)
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        return 1
    finally:
        world.close()
    print(f"\n{world.held} claims held, in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
