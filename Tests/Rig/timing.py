#!/usr/bin/env python3
"""Invariant I5, measured: whether the door answers a made-up receipt as it answers a real one.

  timing.py --binaries DIR [--samples 300]

Decides: status, headers, their order, sizes, and when an answer changes. What was asked for with a
receipt that exists and one that does not must not differ in any of these; exits 1 when it does.
Does not decide: time. Machines are noisy, and a debug build is no server: the numbers are printed,
with the Mann-Whitney test of the two samples, for people to read. A difference that stays, run
after run and in one direction, is a finding.
"""
import argparse
import math
import pathlib
import random
import secrets
import socket
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Scenarios"))

import senders  # noqa: E402
from gateway import Gateway  # noqa: E402
from swallowing import read_message, without_date  # noqa: E402
from world import Broken, World, eventually  # noqa: E402

REAL = 8
WARM_UP = 40


class Door:
    """One connection to intake that stays open, as a patient captor would have it."""

    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path):
        """The answer without its date, and the nanoseconds it took."""
        request = f"GET {path} HTTP/1.1\r\nHost: door\r\n\r\n".encode()
        began = time.perf_counter_ns()
        self.connection.sendall(request)
        answer = read_message(self.connection)
        return without_date(answer), time.perf_counter_ns() - began


# -- what exists

def mailboxes(world, gateway):
    """Addresses of mailboxes that exist: of tips that were sent, pulled and written to."""
    for number in range(REAL):
        senders.submit(world, gateway, senders.tip_file(world, f"tip-{number}.json"))
    senders.emptied(gateway)
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
    answers = {path: Door(port).ask(path)[0] for path in [*real, *unreal]}
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
    first = {path: door.ask(path)[0] for path in [*real, *unreal]}
    again = {path: door.ask(path)[0] for path in [*real, *unreal]}
    world.check(first == again, "asked twice, each mailbox gives the same, made up or not")
    gateway.at_desk("publish-mailbox")
    eventually(lambda: door.ask(real[0])[0] != first[real[0]], "the new mailboxes at the door")
    time.sleep(2)
    after = {path: door.ask(path)[0] for path in [*real, *unreal]}
    world.check(all(after[path] != first[path] for path in after),
                "written anew, every mailbox gives another, made up or not")


# -- what is printed

def measure(port, first, second, samples):
    """Microseconds of both kinds, asked for in pairs whose order is random."""
    door, kinds, times = Door(port), [first, second], [[], []]
    for path in (first + second) * (WARM_UP // (2 * len(first)) + 1):
        door.ask(path)
    for number in range(samples):
        for kind in random.sample([0, 1], 2):
            path = kinds[kind][number % len(first)]
            times[kind].append(door.ask(path)[1] / 1000)
    return times


def mann_whitney(first, second):
    """The chance that one of `first` is larger than one of `second`, z, and p (two-sided)."""
    ordered = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks, ties, at = 0.0, 0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += (at + end + 1) / 2 * sum(1 for _, kind in ordered[at:end] if kind == 0)
        ties += (end - at) ** 3 - (end - at)
        at = end
    n, m = len(first), len(second)
    u = ranks - n * (n + 1) / 2
    spread = math.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
    z = (u - n * m / 2) / spread
    return u / (n * m), z, math.erfc(abs(z) / math.sqrt(2))


def show(world, what, first, second):
    """Both samples, each a name and its microseconds, and how they differ."""
    world.say(what)
    for name, values in (first, second):
        low, middle, high = statistics.quantiles(values, n=4)
        world.say(f"  {name:12} n {len(values)}  median {middle:7.1f} µs  quartiles {low:.1f} to"
                  f" {high:.1f}  least {min(values):.1f}  most {max(values):.1f}")
    larger, z, p = mann_whitney(first[1], second[1])
    apart = statistics.median(first[1]) - statistics.median(second[1])
    world.say(f"  medians differ by {apart:+.1f} µs; the first is the slower with chance"
              f" {larger:.3f} (0.5: no difference), z {z:+.2f}, p {p:.3f}")


def play(world, gateway, samples):
    world.step("A gateway with mailboxes and cut-off uploads")
    gateway.ceremony()
    gateway.start_doors()
    gateway.start_desk()
    kinds = {"mailbox": mailboxes(world, gateway), "parked state": parked(world, gateway)}
    port = gateway.intake_port
    pairs = {what: (real, made_up(real)) for what, real in kinds.items()}
    world.step("Shape: decides")
    for what, (real, unreal) in pairs.items():
        same_shape(world, port, what, real, unreal)
    changes_together(world, gateway, *pairs["mailbox"])
    world.step("Time: does not decide")
    for what, (real, unreal) in pairs.items():
        first, second = measure(port, real, unreal, samples)
        show(world, what, ("real", first), ("made up", second))
    # What the numbers are worth: two samples of the same, and two of what does differ.
    unreal, states = pairs["mailbox"][1], pairs["parked state"][1]
    first, second = measure(port, unreal, made_up(unreal), samples)
    show(world, "for comparison: the same kind twice", ("made up", first), ("made up", second))
    first, second = measure(port, unreal, states, samples)
    show(world, "for comparison: what does differ", ("mailbox", first), ("parked state", second))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--samples", type=int, default=300)
    options = parser.parse_args()
    world = World(options.binaries)
    try:
        play(world, Gateway(world), options.samples)
        print(f"\n{world.held} claims held.", flush=True)
        return 0
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        return 1
    finally:
        world.close()


if __name__ == "__main__":
    sys.exit(main())
