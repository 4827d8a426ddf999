"""Standby bundles: not before their time, later when an office takes the case on, at once when it
declines, and never to a key that was revoked."""
import shutil
import subprocess

import clocks
import handling
import locked
from agencies import Office
from gateway import REPOSITORY
from handling import Sender
from world import Broken, eventually

# More than one, so that an hour that begins meanwhile lets nothing go too early.
HOURS = 3
HOUR = 3600
# By how much an office that takes a case on defers those after it (`Escalation.deferralHours`).
DEFERRED = 72


class Planned:
    """A case with a plan: the first office, and who stands by."""

    def __init__(self, world, gateway, name, *offices):
        self.world, self.offices, self.bundles = world, offices, {}
        self.case = handling.examined(world, gateway, name)

    def is_released(self):
        first, *others = self.offices
        self.case.do("prepare", "--office", first, "--standby-hours", HOURS,
                     *(word for office in others for word in ("--standby", office)))
        for person in ("lin", "okafor"):
            told, _ = self.case.do("approve", by=person)
        out = handling.released(self.world, self.case)
        self.bundles = handling.bundles(out)
        if set(self.bundles) != set(self.offices):
            raise Broken(f"the whole plan is released\n{out}")
        return told

    def is_at(self, office):
        """Whether the office has its bundle of this case, after it has asked."""
        return handling.gets(office, self.bundles[office.name])


def play(world, gateway):
    """Returns what could not be run, and whether a declined case went on at once."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if not compiler:
        return ["standby bundles (needs a C compiler for Tests/Rig/clock.c)"], None
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", clocks.library(world),
                    REPOSITORY / "Tests/Rig/clock.c"], check=True)
    offices = ["office-a", "office-b", locked.OFFICE]
    for name in ("silent", "taken"):
        Sender(world, gateway, name, offices)
    # The two tips are alike, so it is all one which of them an office answers.
    silent, taken = (Planned(world, gateway, name, *offices)
                     for name in handling.taken(world, gateway, count=2))
    wrong_orders(world, silent.case)
    first, second = (Office(world, gateway, name) for name in offices[:2])
    third = locked.LockedOffice(world, gateway, locked.OFFICE)
    for office in (first, second, third):
        office.inbox = world.root / "offices" / f"{office.name}-standby"
    now = clocks.moved(world, "standby", 0)
    world.stop(gateway.dispatch)
    with clocks.clock(world, now):
        gateway.start_dispatch()
        told = [one.is_released() for one in (silent, taken)][1]
        world.check("number 2 of 3, offered from" in told and "number 3 of 3, offered from" in told,
                    "both persons are shown each office's place and hour before they sign", told)
        first_only(world, (silent, taken), first, second)
        answers(gateway, first, taken, "accepted")
        clocks.moved(world, "standby", (HOURS + 1) * HOUR)
        eventually(lambda: silent.is_at(second), "the standby bundle of a silent office", 30)
        world.check(not taken.is_at(second), f"after {HOURS} hours a case goes on from one that is"
                    " silent, not from one that accepted")
        at_once = declines(gateway, silent, second, third)
        is_revoked(world, gateway, taken, third)
        clocks.moved(world, "standby", (DEFERRED + HOURS + 1) * HOUR)
        eventually(lambda: taken.is_at(second), "the deferred standby bundle", 30)
        world.check(not taken.is_at(third), f"an office that accepted defers it by {DEFERRED} hours"
                    " and not for ever; a revoked key gets it never")
    return [], at_once


def wrong_orders(world, case):
    for arguments, words, claim in (
            (["--standby", "office-b"], "need exactly one office that goes first",
             "standby offices without a first one"),
            (["--office", "office-a", "--standby", "office-a"], "An office is named twice",
             "an office that stands by for itself"),
            (["--office", "office-a", "--standby", "nobody"], "nobody",
             "a standby office that does not exist"),
            (["--office", "office-a", "--standby", "office-b", "--standby-hours", "0"],
             "too many hours", "no hours between two offices")):
        handling.refuses(world, case, "prepare", words, f"{claim}: refused in words", *arguments)


def first_only(world, plans, first, second):
    for one in plans:
        eventually(lambda: one.is_at(first), "the first office's bundle", 30)
    world.check(not any(one.is_at(second) for one in plans),
                "each first office has its bundle at once, who stands by has none before its time")


def answers(gateway, office, one, state):
    out, _ = office.do("ack", "--from", gateway.partners, "--state", state, "--reason", "We know.",
                       one.bundles[office.name])
    if f": {state}" not in out:
        raise Broken(f"the answer {state} is taken\n{out}")


def declines(gateway, one, office, next_office):
    """Whether the office after the one that declines has the case at once, hours before its own."""
    answers(gateway, office, one, "declined")
    try:
        eventually(lambda: one.is_at(next_office), "the next office's bundle", 5)
        return True
    except Broken:
        return False


def is_revoked(world, gateway, taken, third):
    """What waits for a key that is stopped is stopped with it."""
    _, error = gateway.at_desk("revoke", "office-x", expect=1)
    world.check("does not know the office office-x" in error,
                "revoking an office that does not exist says so", error)
    out, _ = gateway.at_desk("revoke", "office-c")
    world.check("No bundle was ever sealed to this key" in out and "payload" not in out,
                "an office that never got anything has nothing to lose", out)
    out, _ = gateway.at_desk("revoke", third.name)
    line = next((line for line in out.splitlines() if taken.bundles[third.name] in line), "")
    others = [line for line in out.splitlines() if "it cannot be called back" in line]
    world.check("was never handed out; it is stopped now" in line and len(others) >= 2,
                "revoking stops the bundle that waits, and lists those that were handed out", out)
