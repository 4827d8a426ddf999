"""A clock that somebody sets back an hour: the desk's, the doors', and one under a running door."""
import re
import shutil
import struct
import subprocess
import time
from contextlib import contextmanager

from gateway import REPOSITORY
from senders import pulled, submit, tip_file
from world import eventually

BACK = -3600


def set_back(world, gateway):
    """Returns what could not be run."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if not compiler:
        return ["clocks set back an hour (needs a C compiler for Tests/Rig/clock.c)"]
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library(world),
                    REPOSITORY / "Tests/Rig/clock.c"], check=True)
    partners_differ(world, gateway)
    while_doors_run(world, gateway)
    everything_is_back(world, gateway)
    return []


def library(world):
    return world.path("clock", "clock.so")


def moved(world, name, seconds):
    """A clock that differs by `seconds`; those who use it see each change at once."""
    file = world.path("clock", name)
    with open(file, "r+b" if file.exists() else "wb") as out:
        out.write(struct.pack("=q", seconds))
    return file


@contextmanager
def clock(world, file):
    """Programs started inside have the clock of `file`."""
    settings = [f"LD_PRELOAD={library(world)}", f"WRONG_CLOCK={file}"]
    usual = world.command

    def command(program, arguments, user=None):
        words = usual(program, arguments, user)
        place = words.index("--") + 1 if words[0] == "setpriv" else 0
        return [*words[:place], "env", *settings, *words[place:]]

    world.command = command
    try:
        yield
    finally:
        world.command = usual


def partners_differ(world, gateway):
    back = moved(world, "back", BACK)
    with clock(world, back):
        _, error = gateway.at_desk("pull", expect="failure")
        found = re.search(r"differ by (\d+) seconds, and five minutes are allowed", error)
        world.check(found and abs(int(found.group(1)) - 3600) < 120,
                    "dispatch refuses a request that is an hour old; the desk says by how much the"
                    " clocks differ", error)
        world.check(warns(gateway, error), "the desk sees by itself that its clock went back", error)
        out, error = gateway.at_desk("list")
        world.check(out and warns(gateway, error), "and goes on by the newest hour it has seen",
                    error)


def warns(gateway, told):
    """Whether the desk warns, as it must when its clock is in an earlier hour than it has acted in.
    When a new hour began since it acted, a clock an hour back is not behind."""
    newest = (gateway.desk / "clock").read_text().strip()
    shown = time.strftime("%Y-%m-%dT%H", time.gmtime(time.time() + BACK))
    return "hour(s) behind" in told or shown >= newest


def while_doors_run(world, gateway):
    """Both doors' clocks go back under them."""
    doors, back = moved(world, "doors", 0), moved(world, "back", BACK)
    restart(world, gateway, clock(world, doors))
    submit(world, gateway, tip_file(world, "before.json"))
    gateway.emptied()
    moved(world, "doors", BACK)
    with clock(world, back):
        submit(world, gateway, tip_file(world, "after.json"))
        cases, told = pulled(world, gateway)
    world.check(len(cases) == 2 and "refused" not in told,
                "both doors' clocks go back an hour while they run: tips arrive as before", told)
    grows(world, gateway)


def grows(world, gateway):
    """Dispatch goes on with its own clocks: checkpoints and mailboxes."""
    folder = world.root / "public" / "mailbox"
    def newest():
        return max([int(path.name) for path in folder.iterdir() if path.name.isdigit()], default=0)
    before, back = newest(), moved(world, "back", BACK)
    with clock(world, back):
        gateway.at_desk("publish-mailbox")
    eventually(lambda: newest() > before, "a new period of mailboxes", 20)
    world.check(gateway.dispatch.poll() is None and gateway.intake.poll() is None,
                "both doors live, and mailboxes are published anew")


def everything_is_back(world, gateway):
    back = moved(world, "back", BACK)
    restart(world, gateway, clock(world, back))
    with clock(world, back):
        submit(world, gateway, tip_file(world, "back.json"))
        cases, told = pulled(world, gateway)
    world.check(len(cases) == 1 and warns(gateway, told),
                "doors that start with the clock an hour back take tips; the desk warns", told)
    with clock(world, back):
        world.run(
            "sallyport-agency", "fetch", "--home", gateway.home("office-a"), "--from",
            gateway.partners, "--directory", gateway.note, "--into", world.root / "again")
    world.check(True, "an office can still fetch")
    _, error = world.run(
        "sallyport-agency", "fetch", "--home", gateway.home("office-a"), "--from", gateway.partners,
        "--directory", gateway.note, "--into", world.root / "again", expect="failure")
    world.check("five minutes are allowed" in error,
                "an office whose clock is right hears that the clocks differ", error)
    world.stop(gateway.intake)
    world.stop(gateway.dispatch)
    gateway.start_doors()


def restart(world, gateway, when):
    world.stop(gateway.intake)
    world.stop(gateway.dispatch)
    with when:
        gateway.start_doors()
