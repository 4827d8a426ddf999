"""Troubles at the desk: dispatch is down, and two people do the same thing at the same moment."""
import os
import signal
from concurrent.futures import ThreadPoolExecutor

from agencies import Office
from desk import PLACE, SENTENCES, Case
from world import Broken, eventually

SOMEBODY = "Another program works on this case now; nothing was done"


def release(world, gateway, name):
    case = Case(world, gateway)
    case.name = name
    ready(case)
    nobody(world, gateway, case)
    both_at_once(world, "prepare", [lambda: case.do("prepare")] * 2)
    both_at_once(world, "approve", [
        lambda: case.do("approve", by="lin"), lambda: case.do("approve", by="okafor")])
    dispatch_is_down(world, gateway, case)
    while_one_releases(world, gateway, case)
    released_once(world, gateway, case)


def ready(case):
    case.do("assess", "--source", "C", "--information", "3",
            "--indicators", "movement", "--place-on-one-source",
            says=["probably held", "One source.", "", SENTENCES["movement"], PLACE], by="lin")
    case.do("label", "urgency", "report", "person", "place", "reporter", "perpetrators",
            "compelled", "--contains", "none", by="lin")


def nobody(world, gateway, case):
    _, error = case.do("prepare", "--office", "nobody", expect="failure")
    world.check("nobody" in error, "a release to an unknown office is refused by its name", error)
    world.check("approval" not in case.do("show")[0].splitlines()[1],
                "and nothing is prepared", case.do("show")[0])


def both_at_once(world, what, commands):
    """Each of two works or says that somebody is at it; who was sent away does the same again."""
    def attempt(command):
        try:
            command()
            return None
        except Broken as broken:
            return str(broken)
    with ThreadPoolExecutor() as pool:
        failures = list(pool.map(attempt, commands))
    world.check(None in failures, f"of two who {what} at once, one gets through", str(failures))
    for command, failure in zip(commands, failures):
        if failure is None:
            continue
        world.check("ended with 1" in failure and SOMEBODY in failure,
                    f"the other is told that somebody is at it ({what})", failure)
        command()
    world.check(True, f"and after that both have done it ({what})")


def dispatch_is_down(world, gateway, case):
    world.stop(gateway.dispatch)
    _, error = case.do("release", expect="failure")
    world.check("Dispatch could not be reached" in error and "Nothing is lost" in error,
                "with dispatch down, the release says so, and that nothing is lost", error)
    world.check("2 of 2 approvals" in case.do("show")[0], "both approvals are still there")
    gateway.start_dispatch()


def while_one_releases(world, gateway, case):
    """Dispatch stops answering in the middle of a release; a second person tries meanwhile."""
    gateway.dispatch.send_signal(signal.SIGSTOP)
    try:
        with ThreadPoolExecutor() as pool:
            first = pool.submit(case.do, "release")
            eventually(lambda: is_locked(case_lock(gateway, case)), "the first release at work")
            carried = world.root / "carried"
            carried.mkdir()
            for arguments, by in ((["release"], None), (["approve"], "lin"),
                                  (["prepare", "--carry", carried], None)):
                _, error = case.do(*arguments, by=by, expect="failure")
                world.check(SOMEBODY in error,
                            f"while one releases, {arguments[0]} is told that somebody is at it",
                            error)
            gateway.dispatch.send_signal(signal.SIGCONT)
            out = finished(first, case)
    finally:
        gateway.dispatch.send_signal(signal.SIGCONT)
    world.check("to office-a" in out and "to office-b" in out,
                "the same command that failed before gets through", out)


def finished(first, case):
    """What the first release said. On a slow machine dispatch may have given up its connection: then
    it says that dispatch could not be reached, and is run again."""
    try:
        return first.result()[0]
    except Broken as broken:
        if "Dispatch could not be reached" not in str(broken):
            raise
        return case.do("release")[0]


def released_once(world, gateway, case):
    _, error = case.do("release", expect="failure")
    world.check("Nothing is waiting to be released" in error,
                "a further release finds nothing to do", error)
    for name in ("office-a", "office-b"):
        office = Office(world, gateway, name)
        office.fetches()
        office.fetch()
        bundles = list(office.inbox.glob("*.tar"))
        world.check(len(bundles) == 1, f"{name} has got it once", str(bundles))


def case_lock(gateway, case):
    folder = next((gateway.desk / "cases").glob(case.name + "*"))
    return folder / "lock"


def is_locked(path):
    """Whether some process holds a lock on the file; asking takes none."""
    inode = os.stat(path).st_ino
    with open("/proc/locks") as locks:
        return any(line.split()[5].endswith(f":{inode}") for line in locks if " FLOCK " in line)
