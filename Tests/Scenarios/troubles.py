#!/usr/bin/env python3
"""What goes wrong in real life, with the real programs: each trouble has a clear error and a
non-zero exit, and nothing is lost, doubled or left behind.

  troubles.py [--binaries DIR]

Exits 0 when all held, 1 when something did not, 77 when something could not be run here.
"""
import argparse
import sys
import time

import clocks
import colleagues
import files
import prompts
import senders
from gateway import Gateway
from world import Broken, World


def play(world, gateway):
    """Every trouble; returns what this machine could not run."""
    world.step("0  Files that are not what they should be")
    files.bad_files(world)
    prompts.interrupted(world)
    world.step("   A gateway with fresh keys")
    gateway.ceremony()
    gateway.start_doors()
    gateway.start_desk()
    world.step("1  An office that does not exist")
    senders.unknown_office(world, gateway)
    senders.empty_tip(world, gateway)
    world.step("   A door that is ill, and one that is full")
    senders.ill_door(world, gateway)
    world.step("2  The same tip twice, and an answer that is lost")
    tip = senders.sent_twice(world, gateway)
    world.step("3  Colleagues: dispatch is down, and two do the same at once")
    colleagues.release(world, gateway, tip)
    world.step("4  A clock that is set back an hour")
    not_run = clocks.set_back(world, gateway)
    world.step("5  A desk epoch that is dead")
    senders.dead_epoch(world, gateway)
    world.step("6  A full disk at intake")
    return not_run + senders.full_disk(world, gateway)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    options = parser.parse_args()
    world = World(options.binaries)
    gateway = Gateway(world)
    started = time.monotonic()
    try:
        not_run = play(world, gateway)
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        for name in ("intake", "dispatch", "desk-agent"):
            print(f"-- {name}:", *world.log(name).splitlines()[-8:], sep="\n   ", file=sys.stderr)
        return 1
    finally:
        senders.unmount(gateway)
        world.close()
    print(f"\n{world.held} claims held, in {time.monotonic() - started:.0f} s.")
    for what in not_run:
        print(f"!! NOT RUN on this machine: {what}", file=sys.stderr)
    return 77 if not_run else 0


if __name__ == "__main__":
    sys.exit(main())
