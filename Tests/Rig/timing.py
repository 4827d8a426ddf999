#!/usr/bin/env python3
"""Invariant I5, measured: whether the door answers a made-up receipt as it answers a real one.

  timing.py --binaries DIR [--samples 300 | --full]

For a mailbox, a parked upload, adding and withdrawing, asked for with receipts that exist and ones that
do not. Status, headers, their order, sizes, and when an answer changes must be the same. Times are
compared by `distributions.py`; first a line that answers real ones 200 µs later must be found out,
and the same line without the delay must not. With --full, 10,000 times of each kind decide too (p below
1 in 10,000 is a finding); a few hundred are only printed. Exits 1 when something differs.
"""
import argparse
import pathlib
import random
import secrets
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Scenarios"))

import distributions  # noqa: E402
import lines  # noqa: E402
import senders  # noqa: E402
import supplementing  # noqa: E402
from gateway import Gateway  # noqa: E402
from lines import Door, LateLine  # noqa: E402
from world import Broken, World, eventually  # noqa: E402

REAL = 8
# Of the tips that exist: what may be added to, and withdrawn.
RECEIPTS = []
# A chance below this is a finding: one run in two thousand and more has a false one.
FINDING = 1e-4


# -- what exists

def mailboxes(world, gateway):
    """Addresses of mailboxes that exist: of tips that were sent, pulled and written to."""
    for number in range(REAL):
        out, _ = senders.submit(world, gateway, senders.tip_file(world, f"tip-{number}.json"))
        RECEIPTS.append(senders.RECEIPT.search(out).group())
    gateway.emptied()
    gateway.at_desk("pull")
    number = gateway.at_desk("publish-mailbox")[0].split(":")[0].split()[1]
    folder = world.root / "public" / "mailbox"
    eventually(lambda: (folder / number).exists(), "the mailboxes being published")
    found = sorted(path.name for path in (folder / number).iterdir())
    time.sleep(2)  # Intake reads what is public once a second.
    if len(found) != REAL:
        raise Broken(f"{len(found)} mailboxes instead of {REAL}")
    return ["/mailbox/" + address for address in found]


def parked(world, gateway):
    """Addresses of states that are parked: of uploads that were cut off."""
    out, _ = senders.submit(world, gateway, senders.tip_file(world, "uploads.json"))
    receipt = senders.RECEIPT.search(out).group()
    for number in range(REAL):
        senders.cut_off(world, gateway, receipt,
                        senders.evidence(world, f"evidence-{number}.bin", 2))
    found = sorted(path.name for path in (world.root / "intake" / "parked").iterdir())
    if len(found) != REAL:
        raise Broken(f"{len(found)} parked states instead of {REAL}")
    return ["/parked/" + address for address in found]


def made_up(paths):
    """As many that do not exist, of the same form."""
    return [f"/{path.split('/')[1]}/{secrets.token_hex(32)}" for path in paths]


# -- what decides

def same_shape(world, port, what, real, unreal):
    """Head for head alike, and no body tells which is which."""
    answers = {path: Door(port).ask(lines.get(path))[0] for path in [*real, *unreal]}
    heads = {answer.partition(b"\r\n\r\n")[0] for answer in answers.values()}
    sizes = {len(answer) for answer in answers.values()}
    world.check(len(heads) == len(sizes) == 1 and next(iter(heads)).startswith(b"HTTP/1.1 200 "),
                f"{what}: status, headers, their order and sizes are the same, made up or not",
                f"{heads}\n{sizes}")
    bodies = [answer.partition(b"\r\n\r\n")[2] for answer in answers.values()]
    world.check(len(set(bodies)) == len(bodies) and all(looks_random(body) for body in bodies),
                f"{what}: every body is another, and looks random")
    return answers


def looks_random(body):
    """Every value of a byte about as often as any other (chi-squared, 255 degrees of freedom)."""
    each = len(body) / 256
    chi = sum((body.count(value) - each) ** 2 / each for value in range(256))
    return 150 < chi < 400


def changes_together(world, gateway, real, unreal):
    """When the desk writes all mailboxes anew, the made-up ones change too, and else never."""
    door = Door(gateway.intake_port)
    first = {path: door.ask(lines.get(path))[0] for path in [*real, *unreal]}
    again = {path: door.ask(lines.get(path))[0] for path in [*real, *unreal]}
    world.check(first == again, "asked twice, each mailbox gives the same, made up or not")
    gateway.at_desk("publish-mailbox")
    eventually(lambda: door.ask(lines.get(real[0]))[0] != first[real[0]], "the new mailboxes at the door")
    time.sleep(2)
    after = {path: door.ask(lines.get(path))[0] for path in [*real, *unreal]}
    world.check(all(after[path] != first[path] for path in after),
                "written anew, every mailbox gives another, made up or not")


# -- time

def measure(port, real, unreal):
    """Microseconds of both kinds: every request of two lists, in one shuffled order; and the answers
    that each address gave."""
    order = [(request, 0) for request in real] + [(request, 1) for request in unreal]
    random.shuffle(order)
    door, times, answers = Door(port), [[], []], {}
    for number, (request, kind) in enumerate(order):
        if number % 1000 == 0:
            door = Door(port)
            door.ask(GREETING)
        answer, took = door.ask(request)
        times[kind].append(took / 1000)
        answers.setdefault(request if request.startswith(b"GET") else kind, set()).add(answer)
    return times, answers


GREETING = lines.get("/health")


def repeated(paths, samples):
    """So many requests, of all paths in turn."""
    return [lines.get(paths[number % len(paths)]) for number in range(samples)]


def is_found_out(world, port, real, unreal, samples):
    """The measure measures: a delay of real ones is found, and the line's own work is not."""
    late = {lines.get(path) for path in real}
    for micros, is_late in ((200, True), (0, False)):
        line = LateLine(port, late, micros)
        samples_of, _ = measure(line.port, repeated(real, samples), repeated(unreal, samples))
        line.close()
        text, chance = distributions.told(f"a line that delays real ones by {micros} µs",
                                          ("real", "made up"), samples_of)
        world.say(text)
        found = chance < FINDING
        world.check(found == is_late, f"a delay of {micros} µs is {'found' if found else 'no finding'}",
                    text)


def compare(world, port, what, requests, decides):
    """One kind of request, with receipts that exist and that do not."""
    times, answers = measure(port, *requests)
    text, chance = distributions.told(what, ("real", "made up"), times)
    world.say(text)
    heads = {answer.partition(b"\r\n\r\n")[0] for found in answers.values() for answer in found}
    sizes = {len(answer) for found in answers.values() for answer in found}
    world.check(len(heads) == len(sizes) == 1 and all(len(found) == 1 for found in answers.values()),
                f"{what}: all {len(times[0])} and {len(times[1])} answers have one head and one size,"
                " and each address gave one answer", f"{heads} {sizes}")
    if decides:
        world.check(chance >= FINDING, f"{what}: no difference in time is found", text)


def play(world, gateway, options):
    samples = 10_000 if options.full else options.samples
    world.step("A gateway with mailboxes and cut-off uploads")
    gateway.ceremony()
    gateway.start_dispatch()
    gateway.start_intake(**supplementing.SETTINGS)
    gateway.start_desk()
    port = gateway.intake_port
    kinds = {"mailbox": mailboxes(world, gateway), "parked state": parked(world, gateway)}
    pairs = {what: (real, made_up(real)) for what, real in kinds.items()}
    world.step("Shape: status, headers, sizes, and when an answer changes")
    for what, (real, unreal) in pairs.items():
        same_shape(world, port, what, real, unreal)
    changes_together(world, gateway, *pairs["mailbox"])
    world.step("Time: the measure")
    is_found_out(world, port, *pairs["mailbox"], max(samples // 10, 300))
    world.step("Time: the door")
    for what, paths in pairs.items():
        compare(world, port, what, [repeated(each, samples) for each in paths], options.full)
    for kind in ("add", "withdraw"):
        requests = supplementing.requests(world, gateway, kind, RECEIPTS, samples)
        compare(world, port, {"add": "adding", "withdraw": "withdrawing"}[kind], requests,
                options.full)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--samples", type=int, default=300)
    parser.add_argument("--full", action="store_true", help="10,000 of each, and they decide")
    options = parser.parse_args()
    world = World(options.binaries)
    try:
        play(world, Gateway(world), options)
        print(f"\n{world.held} claims held.", flush=True)
        return 0
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        return 1
    finally:
        world.close()


if __name__ == "__main__":
    sys.exit(main())
