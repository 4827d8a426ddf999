#!/usr/bin/env python3
"""A file of more bytes than 32 bits can count, from a real browser to the desk.

  large_file.py --binaries DIR [--gibibytes 4.25]

The file is nearly all holes. It is sealed in the page and sent to a door whose limits are those it
ships with; meanwhile the memory of the browser's renderer is watched. Needs about four times the file's
size on the disk, and minutes.
"""
import argparse
import hashlib
import os
import pathlib
import re
import statistics
import sys
import threading
import time

from gateway import Gateway
from visitor import Visitor, words
from world import Broken, World

GIBIBYTE = 1 << 30
# What the renderer may hold at most: the page, the worker, the module, and pieces of a mebibyte that are
# not collected yet. And how much more in the last fifth of the time than in the first.
MOST, MOST_GROWTH = 512 << 20, 64 << 20
PATIENCE = 3600



class Memory:
    """The memory of the largest renderer below a process, asked every half second."""

    def __init__(self, process):
        self.process, self.seen, self.ends = process, [], threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self):
        while not self.ends.wait(0.5):
            largest = max(map(anonymous, renderers(self.process.pid)), default=0)
            self.seen.append((time.monotonic(), largest))

    def end(self):
        self.ends.set()
        self.thread.join()

    def between(self, start, end):
        return [count for when, count in self.seen if start <= when <= end] or [0]


def renderers(root):
    """The renderer processes below a process."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])
            except OSError:
                pass
    below, frontier = set(), {root}
    while frontier:
        frontier = {child for child, parent in parents.items() if parent in frontier} - below
        below |= frontier
    return [child for child in below if b"--type=renderer" in command(child)]


def command(process):
    try:
        return pathlib.Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def anonymous(process):
    """Bytes in memory that are no file's."""
    try:
        status = pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return sum(int(count) for count in re.findall(r"Rss(?:Anon|Shmem):\s+(\d+) kB", status)) << 10


def holes(path, size):
    """A file with some bytes at its beginning, around the 4 GiB mark, and at its end."""
    with open(path, "wb") as file:
        file.truncate(size)
        for place in (0, 4 * GIBIBYTE - 5_000, size - 5_000):
            if 0 <= place < size:
                file.seek(place)
                file.write(os.urandom(min(10_000, size - place)))


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def goes(world, gateway, size):
    """The file in the page, until the page says that it is sent."""
    video = world.path("phone", "video.mp4")
    holes(video, size)
    with Visitor(gateway.intake_port, seconds=PATIENCE) as person:
        person.writes("A very long video.", [video])
        memory = Memory(person.process)
        began = time.monotonic()
        person.sends()
        step = "document.getElementById('step').textContent"
        person.until(f"{step}.startsWith({words('send.sending')!r}) && "
                     "!document.getElementById('bar').hidden", PATIENCE // 2)
        read = time.monotonic()
        person.until(f"!document.getElementById('done').hidden || {step}.includes('≈')", PATIENCE // 2)
        world.say(f"on the way: {person.do('text', '#step')}")
        person.until("!document.getElementById('done').hidden", PATIENCE // 2)
        sent = time.monotonic()
        memory.end()
        world.check(not person.troubles() and person.do("text", "#step") == words("send.done"),
                    f"{size / GIBIBYTE:.2f} GiB are read in {read - began:.0f} s and sent in"
                    f" {sent - read:.0f} s", person.screen())
    is_constant(world, memory, began, sent)
    return video


def is_constant(world, memory, began, sent):
    fifth = (sent - began) / 5
    first = statistics.median(memory.between(began, began + fifth))
    last = statistics.median(memory.between(sent - fifth, sent))
    most = max(memory.between(began, sent))
    world.check(0 < most < MOST and last < first + MOST_GROWTH,
                f"the renderer's memory is constant: {int(first) >> 20} MiB in the first fifth of the"
                f" time, {int(last) >> 20} in the last (medians), never more than {most >> 20}")


def is_at_the_desk(world, gateway, video):
    """The desk opens it and finds the same bytes."""
    gateway.emptied(600)
    told, _ = gateway.at_desk("pull", timeout=PATIENCE // 2)
    names = re.findall(r"case ([0-9a-f]{12})", told)
    world.check(len(set(names)) == 1, "it is at the desk", told)
    listed, _ = gateway.at_desk("show", names[0])
    world.check(digest(video) in listed, "bit-identical", listed)


def play(world, gateway, gibibytes):
    world.step("0  A gateway with a page")
    gateway.ceremony(with_page=True)
    gateway.start_dispatch()
    gateway.start_intake(page=gateway.made_page())
    gateway.start_desk()
    world.step(f"1  A file of {gibibytes} GiB")
    video = goes(world, gateway, int(gibibytes * GIBIBYTE))
    world.step("2  The desk")
    is_at_the_desk(world, gateway, video)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--gibibytes", type=float, default=4.25)
    options = parser.parse_args()
    world = World(options.binaries)
    started = time.monotonic()
    try:
        play(world, Gateway(world), options.gibibytes)
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        return 1
    finally:
        world.close()
    print(f"\n{world.held} claims held, in {time.monotonic() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
