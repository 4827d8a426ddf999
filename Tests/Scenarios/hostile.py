#!/usr/bin/env python3
"""The reporter's page in hostile circumstances, in real browsers, with the real programs.

  hostile.py --binaries DIR

For each: what the person is told, in the catalogue's words; that what they wrote is still there; that
it goes on when the cause has ended; and in the end, that the desk has each text once, and each file
bit-identical. Exits 77 when something could not be run here.
"""
import argparse
import hashlib
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import ill_doors
import odd_files
import odd_texts
import senders
import two_tabs
import wrong_clocks
from faulty import FULL
from gateway import Gateway
from visitor import words
from world import Broken, World


class Cases:
    """What was sent, to be looked for at the desk."""

    def __init__(self, world, gateway):
        self.world, self.gateway, self.found = world, gateway, {}
        self.check = world.check

    def story(self, about):
        return f"Told in a hostile hour: {about}"

    def now(self):
        return time.time()

    def file(self, name, content):
        path = self.world.path("phone", name)
        path.write_bytes(os.urandom(content) if isinstance(content, int) else content)
        return path

    def sent(self, story, *files):
        self.found[story] = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]

    def are_at_the_desk(self):
        names, told = senders.pulled(self.world, self.gateway)
        self.check(len(names) == len(self.found) and "refused" not in told,
                   f"{len(names)} cases are at the desk, one for each text that was sent",
                   f"{len(self.found)} were sent\n{told}")
        for name in sorted(names):
            self.is_whole(name)
        self.check(not self.found, "every one of them with the text as it was written, and its files "
                   "bit-identical", list(self.found))

    def is_whole(self, name):
        text, _ = self.gateway.at_desk("show", name, "--part", "report")
        listed, _ = self.gateway.at_desk("show", name)
        stories = [story for story in self.found if shown(story) in text]
        if len(stories) != 1:
            raise Broken(f"a case with none of the texts that were sent\n{text[:2000]}")
        missing = [digest for digest in self.found.pop(stories[0]) if digest not in listed]
        if missing:
            raise Broken(f"{stories[0][:80]}: without {missing}\n{listed}")


def shown(text):
    """A text as the desk shows it: what joins letters unseen is replaced by its code."""
    return text.replace("\u200d", "⟨U+200D⟩")


def play(world, gateway):
    """Returns what this machine could not run."""
    world.step("0  A gateway with a page")
    gateway.ceremony(with_page=True)
    gateway.start_dispatch()
    gateway.start_intake(page=gateway.made_page())
    gateway.start_desk()
    case = Cases(world, gateway)
    with ThreadPoolExecutor() as pool:
        # Their time is spent waiting.
        waiting = pool.submit(ill_doors.silence, case)
        many = pool.submit(odd_files.many, case)
        world.step("1  A door that is ill, once and without end")
        ill_doors.once(case)
        for kind in (500, 503):
            ill_doors.always(case, kind, words("error.other"), words("send.trouble"))
        for kind in (FULL, 429):
            ill_doors.always(case, kind, words("error.busy"), words("send.crowded"))
        ill_doors.always(case, 409, words("error.refused"))
        ill_doors.to_a_file(case, 500, words("error.other"), most=4)
        ill_doors.to_a_file(case, FULL, words("error.busy"), most=4)
        ill_doors.to_a_file(case, 409, words("error.refused"), most=1)
        ill_doors.to_a_file(case, "conflict", words("error.other"), most=4)
        world.step("2  Files")
        odd_files.changes_before(case)
        for browser in ("chromium", "firefox"):
            odd_files.changes_between(case, browser)
        odd_files.empty(case)
        odd_files.again(case)
        world.step("3  Texts")
        odd_texts.emoji(case)
        odd_texts.from_right_to_left(case)
        world.step("4  Two tabs")
        two_tabs.at_once(case)
        world.step("5  A phone's wrong clock")
        not_run = wrong_clocks.any_clock(case)
        waiting.result()
        many.result()
    world.step("6  A door that takes little")
    odd_files.too_large(case)
    world.step("7  A full disk at the door")
    not_run += ill_doors.full_disk(case)
    world.step("8  The desk")
    case.are_at_the_desk()
    return not_run


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
