#!/usr/bin/env python3
"""The commands that no other scenario gives, with the real programs: a tip and its evidence in one
go, offices' answers, a passphrase at a terminal, withdrawal, destruction, linked cases, a renewed
directory, standby offices, findings, holding and rejecting, a supplement and a recall; and what each
says to wrong input.

  commands.py --binaries DIR

Exits 0 when all held, 1 when something did not, 77 when something could not be run here.
"""
import argparse
import sys
import time

import answers
import deciding
import demands
import destroying
import linking
import locked
import recalling
import renewing
import standby
import watching
import withdrawals
from gateway import Gateway
from world import Broken, World


class WiderGateway(Gateway):
    """A gateway with one more office, whose keys are under a passphrase."""

    def make_desk(self):
        locked.enrols(self.world, self)
        super().make_desk()


def play(world, gateway):
    """Every command; returns what this machine could not run."""
    world.step("0  Fresh keys; one office types a passphrase")
    gateway.ceremony()
    gateway.start_doors()
    gateway.start_desk()
    world.step("1  A tip and its evidence in one go")
    mother, case = answers.sends_all_at_once(world, gateway)
    payload = answers.takes_a_text_back(world, case)
    world.step("2  Two offices answer, and change their minds")
    first, second, waiting = answers.are_given(world, gateway, mother, case, payload)
    world.step("3  The root renews the directory")
    sender, name = renewing.is_renewed(world, gateway, first)
    world.step("4  A reporter withdraws with a wrong word")
    told = withdrawals.wrong_receipts(world, mother)
    withdrawals.freezes(world, gateway, sender, name, told)
    withdrawals.unknown_cases(world, gateway)
    world.step("5  A reporter withdraws with the right word, and two persons destroy the case")
    destroying.not_before(world, case)
    destroying.is_withdrawn(world, gateway, mother, case, second, waiting)
    destroying.takes_two(world, gateway, case)
    events = destroying.afterwards(world, gateway, mother, first, waiting)
    world.step("6  Cases that belong together")
    linking.play(world, gateway)
    world.step("7  A desk that watches")
    watching.calls_somebody(world, gateway)
    world.step("8  A tip that the desk doubts is held, and rejected by two persons")
    deciding.play(world, gateway)
    world.step("9  A supplement, and a recall")
    recalling.play(world, gateway)
    world.step("10  Offices that stand by, on clocks of their own")
    not_run, at_once = standby.play(world, gateway)
    world.step("11  What must also hold")
    demands.all_hold(world, gateway, events, at_once)
    return not_run


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    options = parser.parse_args()
    world = World(options.binaries)
    gateway = WiderGateway(world)
    started = time.monotonic()
    try:
        not_run = play(world, gateway)
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        for name in ("intake", "dispatch", "desk-agent"):
            path = world.path("logs", name + ".log")
            if path.exists():
                tail = path.read_text(errors="replace").splitlines()[-8:]
                print(f"-- {name}:", *tail, sep="\n   ", file=sys.stderr)
        return 1
    finally:
        world.close()
    print(f"\n{world.held} claims held, in {time.monotonic() - started:.0f} s.", flush=True)
    for what in not_run:
        print(f"!! NOT RUN on this machine: {what}", file=sys.stderr)
    return 77 if not_run else 0


if __name__ == "__main__":
    sys.exit(main())
