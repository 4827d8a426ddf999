"""Ends one program at one of its durable steps, with `crash.c`."""
import pathlib
import shutil
import signal
import struct
import subprocess
from contextlib import contextmanager

SOURCE = pathlib.Path(__file__).resolve().parent / "crash.c"
NUMBERS = "=qqq"


class Fuse:
    """How many durable steps a program has taken, and the one at which it ends."""

    def __init__(self, world, name):
        self.world, self.file = world, world.path("fuses", name)
        self.arm()

    def arm(self, step=0, how=signal.SIGKILL):
        """Counts from nothing again; ends the program at `step`, or never at 0."""
        # In place: a program that runs sees it at once.
        with open(self.file, "r+b" if self.file.exists() else "wb") as out:
            out.write(struct.pack(NUMBERS, 0, step, how))

    @property
    def count(self):
        return struct.unpack(NUMBERS, self.file.read_bytes())[0]

    @contextmanager
    def in_programs(self):
        """Programs started inside have this fuse."""
        usual, more = self.world.command, [
            "env", f"LD_PRELOAD={library(self.world)}", f"CRASH_FUSE={self.file}"]
        self.world.command = lambda *asked, **named: [*more, *usual(*asked, **named)]
        try:
            yield
        finally:
            self.world.command = usual


def library(world):
    return world.path("fuses", "crash.so")


def can_build(world):
    """Builds the library; False without a C compiler."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if compiler:
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library(world),
                        SOURCE], check=True)
    return bool(compiler)
