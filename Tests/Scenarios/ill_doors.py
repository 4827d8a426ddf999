"""A door that answers 500, 409, half an answer or nothing, and a full disk behind it: what the person
is told, that what they wrote is still there, and that it goes on when the cause has ended."""
import os

import senders
from faulty import FaultyLine
from visitor import Visitor, words

# What a first text asks for on its way, and what is done once to each.
ONCE = [("half", "GET /a/tip"), ("half", "GET /directory"), ("half", "GET /challenge/tip"),
        ("half", "POST /tips"), (500, "POST /tips"), (500, "GET /directory")]
# A silent door is given up after a minute; see worker/door.js.
SILENT_SECONDS = 90


def once(case):
    for kind, asked in ONCE:
        line, story = FaultyLine(case.gateway.intake_port), case.story(f"{kind} to {asked}, once")
        line.fault(kind, asked, 1)
        with Visitor(line.port) as person:
            person.writes(story)
            person.sends()
            person.shows("done")
        line.close()
        case.sent(story)
        case.check(line.met == 1, f"{kind} to {asked}, once: it is sent all the same, by itself")


def always(case, kind, expected, meanwhile=None):
    """The door answers so to every tip; then it is well again."""
    line, story = FaultyLine(case.gateway.intake_port), case.story(f"{kind} to every tip")
    line.fault(kind, "POST /tips")
    with Visitor(line.port) as person:
        person.writes(story)
        person.sends()
        if meanwhile:
            person.until(f"document.getElementById('step').textContent === {meanwhile!r}")
            case.check(True, f"{kind} is told, while it is tried again, as: {meanwhile}")
        told = person.alert()
        case.check(told == expected, f"{kind} without end is told as: {expected}", told)
        case.check(person.story() == story, "what was written is still there")
        line.heals()
        person.do("click", "#retry")
        person.shows("done")
    line.close()
    case.sent(story)


def silence(case):
    """The door takes the tip and says nothing, ever; then it is well again."""
    line, story = FaultyLine(case.gateway.intake_port), case.story("silence")
    line.fault("silence", "POST /tips")
    with Visitor(line.port) as person:
        person.writes(story)
        person.sends()
        person.until(f"document.getElementById('step').textContent === {words('send.waiting')!r}",
                     SILENT_SECONDS)
        case.check(person.story() == story, f"silence is told as: {words('send.waiting')}"
                   " What was written is still there")
        line.heals()
        person.shows("done", SILENT_SECONDS)
        case.check(line.met <= 2, "once it answers, it goes on by itself", line.met)
    line.close()
    case.sent(story)


def to_a_file(case, kind, expected, most):
    """The text is safe; the door answers so to every piece of the file; then it is well."""
    line, story = FaultyLine(case.gateway.intake_port), case.story(f"{kind} to every piece")
    photo = case.file(f"pieces-{kind if isinstance(kind, (int, str)) else kind[0]}.jpg", 300_000)
    line.fault(kind, "PATCH /uploads")
    with Visitor(line.port) as person:
        person.writes(story, [photo])
        person.sends()
        told = person.alert()
        case.check(told == expected and line.met <= most,
                   f"{kind} to every piece of a file is told after {line.met} of them as: {expected}",
                   f"{line.met} {told}")
        case.check(person.do("text", "#safe") == words("send.safe.files"),
                   "and the text is safe, which stands above it")
        line.heals()
        person.do("click", "#retry")
        person.shows("done")
        case.check(not person.troubles(), "the door is well again: “Try again” sends the file")
    line.close()
    case.sent(story, photo)


def full_disk(case):
    """Returns what could not be run here."""
    world, gateway = case.world, case.gateway
    if os.geteuid() != 0:
        return ["the page at a door whose disk is full (mounting a small disk needs root)"]
    gateway.emptied()
    world.stop(gateway.dispatch)
    senders.mount_small_disk(world, gateway)
    filler = gateway.spool / "filler"
    text_waits(case, filler)
    file_waits(case, filler)
    gateway.start_dispatch()
    gateway.emptied()
    return []


def text_waits(case, filler):
    story = case.story("a full disk")
    senders.fill(filler)
    with Visitor(case.gateway.intake_port) as person:
        person.writes(story)
        person.sends()
        told = person.alert()
        case.check(told == words("error.busy"), f"a full disk at the door is told as: {told}", told)
        case.check(person.story() == story, "what was written is still there")
        filler.unlink()
        person.do("click", "#retry")
        person.shows("done")
    case.sent(story)


def file_waits(case, filler):
    """The disk fills up in the middle of a file."""
    line, story = FaultyLine(case.gateway.intake_port), case.story("a disk that fills up")
    clip = case.file("clip.mp4", 1_200_000)
    line.hold("PATCH /uploads")
    with Visitor(line.port) as person:
        person.writes(story, [clip])
        person.sends()
        case.check(line.reached.wait(120), "a file is on its way", person.screen())
        senders.fill(filler)
        line.goes_on.set()
        told = person.alert()
        case.check(told == words("error.busy"), "the disk fills up in its middle, told alike", told)
        filler.unlink()
        person.do("click", "#retry")
        person.shows("done")
    line.close()
    case.sent(story, clip)
