#!/usr/bin/env python3
"""One real tip, from a mother's report to an agency's opened copy, with the real programs.

  demo.py --binaries DIR            runs it, then stays up until Ctrl-C
  demo.py --binaries DIR --once     runs it, cleans up, exits 0 only if everything held
"""
import argparse
import signal
import sys
import time

import reporter
import separation
import desk
import aftermath
import agencies
import attacks
import dozen
import storage
import users
from gateway import VERIFIERS, Gateway
from verifier import ADDRESS
from world import Broken, World


def play(world, gateway, megabytes):
    """The whole story, step by step; raises Broken at the first thing that does not hold."""
    world.step("0  Fresh keys: a root, a log, a desk, two verifiers, three offices")
    gateway.ceremony(with_page=True)
    gateway.start_dispatch()
    gateway.start_intake(page=gateway.made_page())
    gateway.start_desk()
    world.say(f"the reporter's page is at {gateway.door}/")
    world.say(f"the public door listens at {gateway.door}, the partners' door at {gateway.partners}")

    separation.holds(world, gateway)

    mother = reporter.Reporter(world, gateway, megabytes)
    world.step("1  A mother sends her report; the line is cut in the middle of a large file")
    mother.submits()
    mother.is_cut_off_and_resumes()

    world.step("2  Every byte that both doors hold is accounted for")
    storage.account(world, gateway, mother.secrets)

    world.step("3  The desk reads, asks, and two persons decide")
    case = desk.Case(world, gateway)
    case.arrives()
    case.is_examined()
    case.asks(mother)
    case.evidence_is_looked_into()
    case.is_labelled()
    decisions = case.is_prepared()

    world.step("4  Who gets what, part by part")
    case.routing_holds(decisions)
    case.needs_two(mother)

    world.step("5  The offices fetch, check and open")
    first = agencies.Office(world, gateway, "office-a")
    first.opens_everything(mother)
    second = agencies.Office(world, gateway, "office-b")
    second.opens_with_stock_tools(mother)
    agencies.Office(world, gateway, "office-c").gets_nothing()

    world.step("6  The office answers, and the mother sees that somebody has it")
    first.acknowledges()
    case.passes_on()
    mother.sees_confirmation()
    mother.cannot_be_told_from_a_stranger()
    # Again, now that slots, releases and answers are there as well.
    storage.account(world, gateway, mother.secrets)

    world.step("7  Everything that could be changed is changed, and refused")
    attacks.all_refused(world, gateway, first, second, case)

    world.step("8  Years later: an auditor checks, and an office's key is stopped")
    aftermath.is_audited(world, gateway, first)
    aftermath.is_revoked(world, gateway, second)

    world.step("9  A desk with more to do: eleven other people write")
    dozen.write(world, gateway)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--keep", action="store_true", help="leave the files for a look")
    parser.add_argument("--megabytes", type=int, default=256, help="size of the large file")
    options = parser.parse_args()
    world = World(options.binaries)
    gateway = Gateway(world)
    started = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        play(world, gateway, options.megabytes)
        print(f"\n{world.held} claims held, in {time.monotonic() - started:.0f} s.", flush=True)
        if not options.once:
            stay(world, gateway)
        return 0
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        for name in ("intake", "dispatch", "desk-agent"):
            path = world.path("logs", name + ".log")
            if path.exists():
                tail = path.read_text(errors="replace").splitlines()[-8:]
                print(f"-- {name}:", *tail, sep="\n   ", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        if options.keep:
            print(f"kept: {world.root}")
            for process in world.processes:
                world.stop(process)
        else:
            world.close()


def consoles(world, gateway):
    """A console for each verifier; returns what a person reads of them."""
    lines = []
    for person in VERIFIERS:
        name = f"console-{person}"
        world.start(
            name, "sallyport-desk", "console", "--desk", gateway.desk, "--signer",
            gateway.signer(person), user=person, ready=lambda: ADDRESS.search(world.log(name)))
        lines.append(f"  {person:<8} {ADDRESS.search(world.log(name)).group()}")
    return "\n".join(lines)


def stay(world, gateway):
    """Tells what to try, and waits."""
    programs = world.binaries
    opened = consoles(world, gateway)
    # At the desk a verifier works, as a user of their own.
    verifier = " ".join(users.prefix("lin")) + " " if world.separate else ""
    print(f"""
The gateway stays up until Ctrl-C. Open {gateway.door}/ in a browser as a reporter, and these as the two
verifiers, each in a browser window of its own (each address works once; to sign, they type
"lin passphrase of this demo" and "okafor passphrase of this demo"):

{opened}

Or try in another terminal:

  {programs}/sallyport submit --to {gateway.door} --root-key {gateway.vkey} --tip TIP.json
  {programs}/sallyport status --to {gateway.door} --root-key {gateway.vkey}
  {verifier}{programs}/sallyport-desk pull --desk {gateway.desk}
  {verifier}{programs}/sallyport-desk list --desk {gateway.desk}
  {programs}/sallyport-agency fetch --home {gateway.home('office-a')} --from {gateway.partners}
  {programs}/sallyport inspect FILE.age

A TIP.json to begin with: {world.path("mother", "tip.json")}
Passphrases of this demo: "root passphrase of this demo", "lin passphrase of this demo", …
Everything is in {world.root} and goes when you stop it.
""", flush=True)
    signal.pause()


if __name__ == "__main__":
    sys.exit(main())
