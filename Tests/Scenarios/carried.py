#!/usr/bin/env python3
"""A desk without a network: one tip there and back by a folder that is carried, real programs.

  carried.py --binaries DIR
"""
import argparse
import re
import shutil
import sys
import time

import agencies
import reporter
from desk import PLACE, SENTENCES
from gateway import Gateway
from world import Broken, World, eventually


class Texts(reporter.Reporter):
    """A mother who sends no files."""

    originals = ()


class Courier:
    """Carries one folder between dispatch and the desk."""

    def __init__(self, world, gateway):
        self.world, self.gateway = world, gateway
        self.stick = world.root / "stick"

    def export(self, waits):
        """Exports until `waits` frames, answers or events are there."""
        def exported():
            out, _ = self.dispatch("export", "--to", self.stick)
            return waits in out and out
        return eventually(exported, f"an export with {waits}")

    def takes(self, expect=0):
        out, error = self.dispatch("import", "--from", self.stick, expect=expect)
        return out + error

    def dispatch(self, *arguments, expect=0):
        return self.world.run(
            "sallyport-dispatch", arguments[0], "--config", self.gateway.dispatch_config(),
            *arguments[1:], expect=expect)

    def desk(self, *arguments, **more):
        return self.gateway.at_desk(arguments[0], *arguments[1:], "--carry", self.stick, **more)

    def files(self, pattern):
        return sorted(self.stick.glob(pattern))

    def damaged(self, path):
        """The file with one byte changed near its end, and what it was."""
        before = path.read_bytes()
        after = bytearray(before)
        after[-40] ^= 1
        path.write_bytes(after)
        return before


def arrives(world, gateway, courier, mother):
    """The tip goes to the desk; a damaged frame is told apart from a forged one."""
    _, error = courier.desk("pull", expect=1)
    world.check("from-dispatch/inbox: not there" in error, "an empty folder is told as one", error)
    courier.export("1 frame(s)")
    frame = courier.files("from-dispatch/frames/*.frame")[0]
    whole = courier.damaged(frame)
    _, error = courier.desk("pull", expect=1)
    world.check(frame.name in error and "damaged" in error and not courier.files("from-desk/*"),
                "a frame that the stick damaged is named, and nothing of it is confirmed", error)
    frame.write_bytes(whole)
    inbox = courier.stick / "from-dispatch" / "inbox"
    listed = courier.damaged(inbox)
    _, error = courier.desk("pull", expect=1)
    world.check("from-dispatch/inbox" in error, "a list that was altered is refused", error)
    inbox.write_bytes(listed)
    out, error = courier.desk("pull")
    names = set(re.findall(r"case ([0-9a-f]{12})", out))
    world.check(len(names) == 1, "the tip arrives at the desk by the folder", out + error)
    out = courier.takes()
    world.check("0 refused" in out, "dispatch takes the desk's signed confirmation", out)
    courier.export("0 frame(s)")
    world.check(True, "the confirmed frame waits no more: the doors' copy may go")
    return names.pop()


def is_asked(world, gateway, courier, mother, case):
    """A question goes to the mother's mailbox by the folder; an old batch cannot follow it."""
    batch = courier.stick / "from-desk" / "mailbox.batch"
    courier.desk("publish-mailbox")
    older = batch.read_bytes()
    out, _ = gateway.at_desk(
        "ask", case, "--language", "zh-Hans", says=["上次联系是什么时候？"], by="lin")
    gateway.at_desk("approve-question", case, out.split()[0], by="okafor")
    courier.desk("publish-mailbox")
    newest = batch.read_bytes()
    courier.damaged(batch)
    out = courier.takes(expect=1)
    world.check("mailbox.batch" in out, "an altered mailbox batch is refused by its name", out)
    batch.write_bytes(newest)
    courier.takes()
    mother.sees("上次联系", "the question in her mailbox")
    world.check(True, "the mother sees the desk's question")
    batch.write_bytes(older)
    out = courier.takes(expect=1)
    world.check("older mailbox batch" in out, "an older batch played back is refused", out)
    batch.write_bytes(newest)
    out = courier.takes()
    world.check("0 file(s) taken" in out and "0 refused" in out,
                "the newest batch again is here already: nothing is taken, nothing is wrong", out)


def is_released(world, gateway, courier, case):
    """Two persons release into the folder; a damaged payload and package are refused whole."""
    for part in ("report", "urgency", "person", "place", "reporter", "perpetrators", "compelled"):
        contains = "place,person,perpetrators" if part == "report" else "none"
        gateway.at_desk("label", case, part, "--contains", contains, by="lin")
    gateway.at_desk("assess", case, "--source", "C", "--information", "3", "--indicators",
                    "movement,debt", "--civilians", "--place-on-one-source",
                    says=["probably held", "Consistent, one source.", "", SENTENCES["movement"],
                          SENTENCES["debt"], PLACE], by="lin")
    courier.desk("prepare", case, "--office", "office-a")
    for person in ("lin", "okafor"):
        gateway.at_desk("approve", case, by=person)
    out, _ = courier.desk("release", case)
    world.check("office-a" in out, "the release lies in the folder", out)

    package = courier.files("from-desk/releases/*.package")[0]
    whole = courier.damaged(package)
    out = courier.takes(expect=1)
    world.check(package.name in out, "an altered release is refused by its name", out)
    package.write_bytes(whole)
    # Dispatch let its copy of the payloads go: the release needs those of the folder.
    payload = courier.files("from-desk/payloads/*.payload")[0]
    whole = courier.damaged(payload)
    out = courier.takes(expect=1)
    world.check(payload.name in out and "damaged" in out,
                "a release whose payload is damaged is refused, and the payload named", out)
    payload.write_bytes(whole)
    out = courier.takes()
    world.check("0 refused" in out, "dispatch takes the release", out)
    out = courier.takes()
    world.check("0 file(s) taken" in out and "0 refused" in out,
                "the same folder again brings nothing new", out)


def is_answered(world, gateway, courier, mother, case):
    """Office A fetches, opens and acknowledges; its answer comes back by the folder."""
    office = agencies.Office(world, gateway, "office-a")
    office.opens_everything(mother)
    office.acknowledges()
    out = courier.export("1 answer(s)")
    world.check("0 custody event(s)" not in out, "custody events go to the desk as well", out)
    out, _ = courier.desk("pull")
    world.check("office-a: opened" in out, "the office's answer is in its case", out)
    courier.desk("publish-mailbox")
    courier.takes()
    mother.sees_confirmation()
    out = courier.export("0 answer(s)")
    world.check(True, "what the desk has confirmed waits no more")
    old = world.root / "old-stick"
    shutil.copytree(courier.stick, old)
    return old


def old_folder_is_refused(world, gateway, courier, mother, old):
    """A folder from before something arrived shows less than the desk has seen."""
    mother.answers("q1")
    courier.export("1 frame(s)")
    out, _ = courier.desk("pull")
    world.check("something new" in out, "her answer to the question arrives", out)
    _, error = gateway.at_desk("pull", "--carry", old, expect=1)
    world.check("less than it has shown before" in error, "an old folder is noticed at the desk",
                error)


def play(world, gateway):
    world.step("0  Fresh keys and programs; the desk uses no connection")
    gateway.ceremony()
    gateway.start_doors()
    gateway.start_desk()
    mother = Texts(world, gateway, 0)
    mother.submits()
    courier = Courier(world, gateway)
    world.step("1  The tip is carried to the desk")
    case = arrives(world, gateway, courier, mother)
    world.step("2  A question is carried back")
    is_asked(world, gateway, courier, mother, case)
    world.step("3  A release is carried back")
    is_released(world, gateway, courier, case)
    world.step("4  The office's answer is carried to the desk")
    old = is_answered(world, gateway, courier, mother, case)
    world.step("5  An old folder is no way back")
    old_folder_is_refused(world, gateway, courier, mother, old)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", required=True)
    options = parser.parse_args()
    world = World(options.binaries)
    started = time.monotonic()
    try:
        play(world, Gateway(world))
        print(f"\n{world.held} claims held, in {time.monotonic() - started:.0f} s.", flush=True)
        return 0
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        return 1
    finally:
        world.close()


if __name__ == "__main__":
    sys.exit(main())
