#!/usr/bin/python3
"""I2 under a power cut: whatever a sender was told is stored is on the disk.

  powercut.py [--binaries DIR] [--cuts N]   cuts, boots again, compares; every cut hits the same disk
  powercut.py --prove                       the same with fsync made a no-op: must lose tips

All that intake and dispatch keep lies on an ext4 file system in a loop image. At the cut the image
is copied as the disk holds it, without what only the kernel's memory has; the copy is what the next
life starts from. Writes that were handed to the disk count as safe: a disk that lies about its
cache is not shown by this.

Needs root and loop devices. Exit codes: 0 held (or proved), 1 broken, 77 could not run.
"""
import argparse
import ctypes
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

from kept import Kept
from rig import EvidenceSender, Frames, RigGateway, Writers
from world import Broken, World, eventually

NOT_RUN = 77
CLONE_NEWNS = 0x00020000
EATMYDATA = "/usr/lib/x86_64-linux-gnu/libeatmydata.so"
FILES = [6 << 20, 8 << 20, 10 << 20, 13 << 20]


class CannotRun(Exception):
    """This machine does not let the rig run."""


class Disk:
    """A file system in a loop image, and the power cuts that it goes through."""

    def __init__(self, world):
        self.image = world.path("disk.image")
        self.mounted = world.path("disk")
        self.mounted.mkdir()

    def make(self):
        with open(self.image, "wb") as image:
            image.truncate(1 << 30)
        self._run("mkfs.ext4", "-q", "-F", "-N", "131072", self.image)
        self.mount()

    def mount(self):
        # Nothing but what a program syncs goes to the disk by itself: a commit only every hour.
        self._run("mount", "-o", "loop,commit=3600", self.image, self.mounted)

    def unmount(self):
        if os.path.ismount(self.mounted):
            subprocess.run(["umount", str(self.mounted)], check=True, capture_output=True)

    def copy(self):
        """What the disk holds at this moment."""
        self._run("cp", "--sparse=always", self.image, self.image.with_suffix(".cut"))

    def replace(self):
        """Puts the disk as it was at the cut in the place of the one that went on."""
        self.unmount()
        self.image.with_suffix(".cut").replace(self.image)
        self.mount()

    @staticmethod
    def _run(*command):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if done.returncode != 0:
            raise CannotRun(f"{' '.join(map(str, command))}: {done.stderr.strip()}")


class Machine:
    """Both doors on one disk, with one power supply."""

    def __init__(self, world, gateway, disk, preload=None):
        self.world, self.gateway, self.disk, self.preload = world, gateway, disk, preload

    def install(self):
        """A fresh gateway whose whole state lies on the disk."""
        self.disk.make()
        for name in ["intake", "dispatch", "public"]:
            (self.disk.mounted / name).mkdir()
            (self.world.root / name).symlink_to(self.disk.mounted / name)
        self.gateway.ceremony()
        self.world.run("sallyport-dispatch", "adopt-directory", "--config",
                       self.gateway.dispatch_config(), self.gateway.note)

    def boot(self):
        if self.preload:
            os.environ["LD_PRELOAD"] = self.preload
        try:
            self.gateway.begin_dispatch()
            self.gateway.begin_intake()
        finally:
            os.environ.pop("LD_PRELOAD", None)

    def cut(self):
        """Both programs stand still while the disk is copied, and never go on."""
        programs = [self.gateway.intake, self.gateway.dispatch]
        for program in programs:
            stand_still(program)
        self.disk.copy()
        for program in programs:
            self.world.stop(program, signal.SIGKILL)

    def settle(self):
        """Lets dispatch take everything that is spooled."""
        eventually(self.gateway.is_drained, "dispatch taking everything from the spool", 60)

    def shut_down(self):
        self.gateway.shut_down()


def stand_still(program):
    """Returns when no thread of a program runs any more, not even within a system call."""
    def is_still():
        tasks = pathlib.Path(f"/proc/{program.pid}/task").iterdir()
        return all(task.joinpath("stat").read_text().rpartition(")")[2].split()[0] in "tTZX"
                   for task in tasks)
    program.send_signal(signal.SIGSTOP)
    eventually(is_still, "a program standing still")


def check_machine(preload):
    """Says in words why the rig cannot run here, before anything is made."""
    if os.geteuid() != 0:
        raise CannotRun("it must be run as root, to mount a loop device")
    if not os.path.exists("/dev/loop-control"):
        raise CannotRun("there are no loop devices (/dev/loop-control)")
    for tool in ["mkfs.ext4", "mount", "umount", "strace"]:
        if not shutil.which(tool):
            raise CannotRun(f"{tool} is not installed")
    if preload and not os.path.exists(preload):
        raise CannotRun(f"{preload} is not installed (Debian: libeatmydata1)")
    # Mounts of this process only: they go with it, even when it is killed.
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) != 0:
        raise CannotRun(f"unshare: {os.strerror(ctypes.get_errno())}")
    Disk._run("mount", "--make-rprivate", "/")


def cuts(world, machine, arguments):
    """Life after life on the same disk; each ends with a power cut."""
    machine.install()
    frames = Frames(world, machine.gateway)
    machine.boot()
    reporter = EvidenceSender(world, machine.gateway)
    writers = Writers(machine.gateway, frames, 3)
    reporter.start(FILES)
    integrity, lost, made = set(), 0, 0
    while made < arguments.cuts and not lost:
        live(writers)
        stored = list(reporter.stored)
        machine.cut()
        writers.pause()
        machine.disk.replace()
        # In every third life everything stored gets new inodes all the time.
        machine.gateway.shuffle_seconds = 3 if made % 3 == 0 else 86_400
        machine.boot()
        kept, lost = compare(world, machine, writers, stored)
        integrity.add(kept.integrity)
        made += 1
    faults = [] if lost else finish(world, machine, writers, reporter)
    return made, writers, reporter, lost, integrity, faults


def live(writers):
    """Tips come in; the cut comes right after an acknowledgement, or while dispatch takes them."""
    writers.allow(limit=random.randint(1, 12))
    writers.full.wait(random.uniform(0.1, 2))
    if random.random() < 0.5:
        time.sleep(random.uniform(0, 1.5))


def compare(world, machine, writers, stored):
    """How much of what was acknowledged is not there. Dispatch stands still meanwhile, since it gives
    stored files new names; when it was stopped with the database locked, the look is repeated."""
    dispatch = machine.gateway.dispatch
    for attempt in range(5):
        stand_still(dispatch)
        try:
            kept = Kept(world.root)
            return kept, len(kept.lost(writers.acknowledged)) + len(kept.lost_files(stored))
        except sqlite3.OperationalError:
            if attempt == 4:
                raise
        finally:
            dispatch.send_signal(signal.SIGCONT)
        time.sleep(0.2)


def killed_before_sync(machine, writers):
    """A kill right before a sync, then a start, then a power cut: what the start believed must not
    be undone by the cut. The hourly copy runs, so that the start removes files."""
    world, gateway, lost = machine.world, machine.gateway, 0
    for number in range(1, 4):
        world.stop(gateway.dispatch, signal.SIGKILL)
        gateway.shuffle_seconds = 1
        traced = world.start(
            "traced", "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e",
            f"inject=fdatasync:signal=SIGKILL:when={number}", world.program("sallyport-dispatch"),
            "serve", "--config", gateway.dispatch_config())
        traced.wait(timeout=30)
        gateway.shuffle_seconds = 86_400
        gateway.begin_dispatch()
        machine.cut()
        machine.disk.replace()
        lost += len(Kept(world.root).lost(writers.acknowledged))
        machine.boot()
    return lost


def finish(world, machine, writers, reporter):
    """The last boot cleans up; then nothing may be wrong with anything."""
    machine.gateway.shuffle_seconds = 86_400
    writers.end()
    is_finished = reporter.finish(20)
    machine.settle()
    undone = killed_before_sync(machine, writers)
    machine.settle()
    machine.shut_down()
    machine.boot()
    machine.shut_down()
    kept = Kept(world.root)
    faults = kept.faults(writers.refused) + writers.wrong
    faults += [f"{undone} tips lost by a kill before a sync, a start and a cut"] if undone else []
    faults += [] if is_finished else ["the reporter's files did not all get through"]
    faults += [f"left behind: {path}" for path in kept.leftovers()]
    return faults + [f"file of {size} bytes lost" for size in kept.lost_files(reporter.stored)]


def prove(world, machine):
    """With fsync made a no-op, acknowledged tips must be gone after a cut; else the rig is blind."""
    machine.install()
    frames = Frames(world, machine.gateway)
    machine.boot()
    subprocess.run(["sync", "-f", str(machine.disk.mounted)], check=True)
    writers = Writers(machine.gateway, frames, 3)
    writers.allow(limit=40)
    if not writers.full.wait(30):
        raise Broken("40 tips were not acknowledged within 30 s")
    machine.cut()
    writers.pause()
    machine.disk.replace()
    kept = Kept(world.root)
    lost = kept.lost(writers.acknowledged)
    print(f"with fsync made a no-op: {len(writers.acknowledged)} acknowledged, {len(lost)} lost")
    return bool(lost)


def report(world, machine, arguments):
    """Runs the cuts and says what came of them."""
    made, writers, reporter, lost, integrity, faults = cuts(world, machine, arguments)
    print(f"{made} power cuts, {len(writers.acknowledged)} acknowledged, {lost} lost")
    print(f"{len(reporter.stored)} files uploaded, {reporter.resumed} resumed with the receipt;"
          f" integrity {', '.join(sorted(integrity))}")
    for fault in faults[:20]:
        print(f"BROKEN: {fault}")
    return not (lost or faults) and integrity == {"ok"}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--cuts", type=int, default=20, help="how many (default: 20)")
    parser.add_argument("--prove", action="store_true", help="show that this rig can fail")
    parser.add_argument("--preload", help="a library to load into both doors, to break them")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    preload = EATMYDATA if arguments.prove else arguments.preload
    began = time.monotonic()
    try:
        check_machine(preload)
        held = on_a_disk(arguments, preload)
    except CannotRun as why:
        print("\n" + "!" * 72, f"!!  POWER CUTS NOT RUN: {why}",
              "!!  I2 is NOT shown for power cuts by this run.", "!" * 72 + "\n", sep="\n")
        sys.exit(NOT_RUN)
    what = "proof that the rig can fail" if arguments.prove else "power cuts"
    print(f"{what}: {'held' if held else 'BROKEN'} ({time.monotonic() - began:.0f} s)")
    sys.exit(0 if held else 1)


def on_a_disk(arguments, preload):
    """Runs the rig in a world of its own, of which nothing is left."""
    world = World(arguments.binaries, quiet=True, separate=False)
    disk = Disk(world)
    machine = Machine(world, RigGateway(world), disk, preload)
    try:
        return prove(world, machine) if arguments.prove else report(world, machine, arguments)
    except (Broken, OSError, sqlite3.Error) as broken:
        print(f"BROKEN: {broken}")
        return False
    finally:
        for process in world.processes:
            world.stop(process, signal.SIGKILL)
        disk.unmount()
        world.close()


if __name__ == "__main__":
    main()
