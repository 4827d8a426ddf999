#!/usr/bin/env python3
"""The desk's console: two verifiers take a tip to its office, in a browser, by keyboard alone.

  console.py [--binaries DIR] [--axe FILE] [--shots DIR]

Exits 0 when all held, 1 when something did not.
"""
import argparse
import re
import sys
import time

import agencies
import console_attacks
import console_carried
import console_deciding
import console_endings
import console_files
import console_hostile
import console_keeping
import console_links
import console_recalling
import inputs
import judging
from gateway import Gateway
from reporter import Reporter
from verifier import Verifier
from world import Broken, World, eventually

SUMMARY = f"A young man from Hebei is held abroad. A ransom is due on {inputs.DUE_WORDS}."
QUESTION = "上次联系是什么时候？"
LABELS = {"What happened": ["where it is (place)", "who is held (person)",
                            "who does it (perpetrators)"]}


class Case:
    """The mother's case, on its way through two consoles."""

    def __init__(self, world, gateway, lin, okafor):
        self.world, self.gateway, self.lin, self.okafor = world, gateway, lin, okafor
        self.name = None

    def is_fetched(self):
        text = self.lin.works("Fetch now", "Fetching")
        names = set(re.findall(r"case ([0-9a-f]{12}): something new", text))
        self.world.check(len(names) == 1, "lin fetches one new case", text)
        self.name = names.pop()
        self.lin.looks("fetched")

    def is_read(self):
        lin = self.lin
        lin.press("Queue")
        text = lin.sees("ransom or threat", "the queue shows what the reporter ticked")
        self.world.check("他们说月底不给钱就把他转卖" in text and f"by {inputs.DEADLINE}" in text,
                         "and the reason and the deadline", text)
        lin.looks("queue")
        lin.opens_case(self.name)
        text = lin.sees("我是河北人。2023年2月", "the report is read as it was written")
        self.world.check(text.index("How urgent it is") < text.index("What happened")
                         < text.index("Files"), "urgency first, then the story, files last", text)
        self.world.check("Not shown." in text and "not examined yet" in text,
                         "the photo is covered")
        self.world.check("never office-c" in text.replace("\n", " "), "the never list is shown", text)
        lin.looks("case")

    def is_labelled(self):
        lin = self.lin
        lin.press("Labels")
        lin.looks("labels")
        groups = lin.do("run", "[...document.querySelectorAll('legend')].map(each => each.textContent)")
        for group in groups:
            lin.do("tick", "I have read it. Beside what it is, it contains:", group)
            title = group.split(". ", 1)[1]
            contains = ["where it is (place)"] if title.startswith("A file") else LABELS.get(title, [])
            for label in contains:
                lin.do("tick", label, group)
        lin.press("Keep these labels")
        lin.sees("Labels kept.", f"{len(groups)} parts are labelled")

    def is_judged(self):
        lin = self.lin
        lin.press("Judgement")
        lin.looks("judgement")
        lin.do("choose", "How reliable is the source?", "C: fairly reliable")
        lin.do("choose", "How credible is the information?", "3: possibly true")
        lin.fill("What the desk concludes, in one short line", "probably held")
        lin.fill("Why, in words for the office", "Consistent, one source.")
        lin.do("tick", "People are held at the place: it must not be attacked")
        judging.sentences(self.world, lin)
        judging.elements(lin)
        lin.press("Keep this judgement")
        lin.sees("The judgement is kept.", "the desk's judgement is written down")
        judging.is_shown(self.world, lin)

    def is_summarised(self):
        lin = self.lin
        lin.press("Make a summary, redaction or translation of part 2")
        lin.looks("new-text")
        lin.do("choose", "What it is", "Summary: a new text that says less")
        lin.fill("The new text", SUMMARY)
        lin.fill("How it was made, in words for the office", "summary without the place")
        lin.do("tick", "who is held (person)", "The new text contains")
        lin.press("Keep this text")
        lin.sees("The summary is kept", "a summary is made beside its original")
        lin.press("The summary beside it")
        text = lin.sees(SUMMARY, "the summary is shown")
        self.world.check("我是河北人" in text, "with the original beside it", text)
        lin.looks("beside")

    def is_asked(self):
        lin, okafor = self.lin, self.okafor
        lin.press("Ask")
        lin.do("unfold", "Phrases that were thought about")
        lin.looks("ask")
        lin.fill("The question, in the reporter’s language", QUESTION)
        lin.fill("Its language", "not a tag")
        lin.press("Look at it once more")
        lin.sees("is not a language tag", "a wrong language is told before anybody signs")
        lin.looks("ask-wrong")
        self.world.check(lin.do("run", "document.querySelector('textarea').value") == QUESTION,
                         "and what was typed is still there")
        lin.fill("Its language", "zh-Hans")
        lin.press("Look at it once more")
        lin.sees(QUESTION, "the page shows exactly what is signed")
        lin.looks("ask-sign")
        lin.signs("Sign it", "a wrong passphrase")
        text = lin.sees("The passphrase does not open the key", "a wrong passphrase is told")
        self.world.check(QUESTION in text and "Nothing was signed" in text,
                         "nothing was done, and the question is still there", text)
        self.world.check(lin.do("run", "document.querySelector('[type=password]').value") == "",
                         "the passphrase is not filled in again")
        lin.looks("ask-refused")
        lin.signs("Sign it")
        lin.sees("A second person must read it", "the question waits for a second person")
        lin.press("Question q1 waits for a second person")
        lin.sees("You wrote it", "lin cannot let it go alone")
        okafor.opens_case(self.name)
        okafor.press("Question q1 waits for a second person")
        okafor.looks("question")
        okafor.signs("Sign it and let it go")
        okafor.sees("goes out with the next mailboxes", "okafor reads it and lets it go")
        okafor.press("Fetch and send")
        okafor.works("Write all mailboxes", "Writing all mailboxes")

    def is_prepared(self):
        lin = self.lin
        lin.opens_case(self.name)
        judging.place_needs_a_reason(self.world, lin)
        lin.press("What each office gets")
        text = lin.sees("the reporter said never", "office C is on the never list, and the page says so")
        self.world.check("the reporter did not agree that this office sees" in text
                         and "goes instead" in text, "and why office B does not get what it does not", text)
        lin.looks("offices-get")
        lin.press("Prepare this")
        text = lin.sees("Prepared. Nothing has been sent.", "it is prepared for two offices")
        self.world.check("Embassy" in text or "office-a" in text, "the approval shows the offices", text)

    def needs_two(self):
        lin, okafor = self.lin, self.okafor
        text = lin.sees("word for word", "lin is shown what would be signed")
        self.world.check("ONE SOURCE ALONE, because (lin): " + judging.PLACE in text,
                         "and why the place goes on one source", text)
        self.world.check(SUMMARY in text and "NON-PUNISHMENT" in text,
                         "the cover sheet and the desk's own text are in it", text)
        lin.looks("approve")
        lin.signs("Sign and approve")
        lin.sees("You have approved it. A second person must", "one person is not enough")
        self.world.check("Send it" not in lin.text(), "and cannot send it")
        okafor.opens_case(self.name)
        okafor.press("Approve and send")
        okafor.sees("Approved by lin", "okafor sees who has approved it")
        self.changes_meanwhile()
        okafor.signs("Sign and approve")
        okafor.sees("Approved by okafor", "okafor approves it")
        okafor.looks("approved")
        text = okafor.works("Send it", "Sending case " + self.name)
        self.world.check("to office-a" in text and "to office-b" in text and "office-c" not in text,
                         "it is sent to A and B", text)

    def changes_meanwhile(self):
        """While okafor reads, lin labels again and prepares again: what okafor read is not signed."""
        lin, okafor = self.lin, self.okafor
        lin.press("Judgement")
        lin.fill("What the desk concludes, in one short line", "very probably held")
        lin.press("Keep this judgement")
        lin.press("What each office gets")
        lin.press("Prepare this")
        lin.signs("Sign and approve")
        okafor.signs("Sign and approve")
        okafor.sees("has changed since this page was shown",
                    "what changed while okafor read it is not signed, but shown again")
        okafor.sees("very probably held", "with what it says now")

    def is_answered(self):
        office = agencies.Office(self.world, self.gateway, "office-a")
        office.fetches()
        office.acknowledges()
        self.lin.press("Fetch and send")
        eventually(lambda: "office-a" in self.lin.works("Fetch now", "Fetching"),
                   "the office's answer at the console", 60)
        self.lin.opens_case(self.name)
        self.lin.sees("opened it", "the office's answer is shown in the case")
        self.lin.looks("answered")
        self.lin.press("Who did what")
        text = self.lin.sees("approved for office-a", "what happened names every step")
        self.world.check("custody log" in text and "okafor" in text,
                         "with the persons, and the custody log's entries", text)
        self.lin.looks("happened")
        self.lin.do("select", "Of what", "Part 2: What happened")
        self.lin.press("Show")
        text = self.lin.sees("released to office-a", "the trail of one part tells where it went")
        self.world.check("judged" not in text, "and nothing of the rest", text)


def play(world, gateway, axe, shots):
    world.step("0  A gateway with fresh keys; a mother sends a report and a photo")
    gateway.ceremony()
    gateway.start_doors()
    gateway.start_desk()
    mother = Reporter(world, gateway, 1)
    mother.submits()
    world.run("sallyport", "add", *mother.door(), "--evidence", mother.photo, lines=[mother.receipt])
    gateway.emptied()
    with Verifier(world, gateway, "lin", axe, shots) as lin, \
            Verifier(world, gateway, "okafor", axe, shots) as okafor:
        world.step("1  Two verifiers open their consoles")
        for person in (lin, okafor):
            person.opens()
            person.sees("Queue", f"{person.person} is in")
        world.step("2  Fetched, read, labelled, judged")
        case = Case(world, gateway, lin, okafor)
        lin.press("Fetch and send")
        lin.looks("fetch")
        case.is_fetched()
        case.is_read()
        case.is_labelled()
        case.is_judged()
        console_deciding.on_the_way(world, lin, okafor, case.name)
        lin.press("Read")
        case.is_summarised()
        world.step("3  A question, signed by two")
        case.is_asked()
        world.step("4  Who gets what, approved by two, and sent")
        case.is_prepared()
        case.needs_two()
        world.step("5  The office answers")
        case.is_answered()
        world.step("6  A case like it")
        console_links.belong_together(world, gateway, lin, okafor, case.name)
        world.step("7  Offices, this desk, locking")
        rest(world, lin)
        world.step("8  Consent that people read, and how a case ends")
        console_endings.all_of_it(world, gateway, lin, okafor)
        world.step("9  Texts that want to be more than text")
        hostile = console_hostile.shown_as_text(world, gateway, lin, okafor)
        console_deciding.is_rejected(world, lin, okafor, hostile)
        world.step("10  Files, looked at with care")
        console_files.looked_at(world, gateway, lin, okafor)
        world.step("11  What is kept, and what is due to go")
        console_keeping.kept_and_due(world, gateway, lin, okafor)
        world.step("12  What was sent is recalled")
        console_recalling.is_recalled(world, gateway, lin, okafor, case.name)
        world.step("13  Others on this machine, and other sites")
        console_attacks.all_refused(world, lin)
        problems = [each for person in (lin, okafor) for each in person.do("problems")
                    if "status of 4" not in each]
        world.check(not problems, "nothing went wrong in either browser", str(problems))
        world.check(not any(secret in world.log(person.name) for person in (lin, okafor)
                            for secret in ("passphrase of this demo", inputs.REPORT["place"]["site"])),
                    "neither terminal shows a passphrase or a word of the report")
        pages = lin.do("looked") + okafor.do("looked")
        world.check(pages > 20, f"{pages} pages looked at, at two widths, light and dark"
                    + (", and axe finds nothing" if axe else ""))
    world.step("14  A console at a desk without a network")
    console_carried.by_folder(world, gateway, axe, shots)


def rest(world, lin):
    lin.press("Offices")
    lin.sees("office-b", "the offices are listed")
    lin.looks("offices")
    lin.press("Its key was lost or stolen…")
    lin.sees("This cannot be undone here", "stopping a key asks once more")
    lin.looks("stop-key")
    lin.press("This desk")
    lin.sees("on the roster", "the state of the desk is shown")
    lin.looks("about")
    lin.press("Lock now")
    lin.sees("Locked", "lin locks the console")
    lin.looks("locked")
    lin.opens()
    lin.sees("Queue", "and comes back with the new address of the terminal")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--axe", help="axe.min.js")
    parser.add_argument("--shots", help="a folder for pictures of every page")
    options = parser.parse_args()
    world = World(options.binaries)
    gateway = Gateway(world)
    started = time.monotonic()
    try:
        play(world, gateway, options.axe, options.shots)
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        for name in ("dispatch", "desk-agent", "console-lin", "console-okafor"):
            print(f"-- {name}:", *world.log(name).splitlines()[-8:], sep="\n   ", file=sys.stderr)
        return 1
    finally:
        world.close()
    print(f"\n{world.held} claims held, in {time.monotonic() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
