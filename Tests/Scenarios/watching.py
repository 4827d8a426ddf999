"""A desk that watches: what comes is taken at once, and a bell calls somebody for what is urgent."""
import json
import time

from senders import submit
from world import eventually

# Seconds from the door's answer to the bell.
SECONDS = 5


def tip(world, name, urgency):
    path = world.path("watching", name)
    path.write_text(json.dumps({"urgency": urgency, "report": {"narrative": "他们要把他卖走"}}))
    return path


def bell(world):
    """A program that counts how often it was called, where every user may run it."""
    folder = world.path("watching", "bell").parent
    folder.chmod(0o777)
    rung, program = folder / "rung", folder / "ring"
    program.write_text(f"#!/bin/sh\necho \"called with $# arguments\" >> {rung}\n")
    program.chmod(0o755)
    return program, lambda: rung.read_text().splitlines() if rung.exists() else []


def calls_somebody(world, gateway):
    program, rung = bell(world)
    gateway.at_desk("pull")
    watch = world.start(
        "watch", "sallyport-desk", "watch", "--desk", gateway.desk, "--every", "1",
        "--alarm", program)
    # What lies there already may ring at the start.
    time.sleep(3)
    before = len(rung())
    submit(world, gateway, tip(world, "quiet.json", {}), "--no-receipt")
    eventually(lambda: world.log("watch").count("something new") == 1, "a quiet tip at the desk", 30)
    world.check(len(rung()) == before, "a tip without danger rings no bell", rung())
    submit(world, gateway, tip(world, "urgent.json", {"danger": ["transfer"]}), "--no-receipt")
    started = time.monotonic()
    eventually(lambda: len(rung()) > before, "the bell", 30)
    seconds = time.monotonic() - started
    world.check(seconds < SECONDS, f"a tip of a transfer rings it {seconds:.1f} s later", seconds)
    world.check(set(rung()) == {"called with 0 arguments"}, "and tells it nothing", rung())
    out, _ = gateway.at_desk("list")
    first = out.splitlines()[0]
    world.check(first.startswith("P0") and "transfer" in first, "the queue has it first", out)
    time.sleep(3)
    world.check(len(rung()) == before + 1, "it rings once, not at every look", rung())
    world.check(world.stop(watch) != 0 and world.log("watch").count("something new") == 2,
                "and each new case was told once", world.log("watch"))
