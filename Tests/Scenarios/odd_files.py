"""Files that change while they are sealed, that have nothing in them, that come twice, that are too
large, or that are five hundred."""
import os

from faulty import FaultyLine
from visitor import Visitor, words
from world import eventually, get

MANY, SOME = 500, 40
# Keeps every text that says what is going on.
STEPS = """window.steps = new Set();
    new MutationObserver(() => window.steps.add(document.getElementById('step').textContent))
        .observe(document.getElementById('step'), { childList: true })"""


def changes_before(case):
    """Another file is under that name by the time it is sent; the one beside it goes."""
    story, clip, photo = case.story("changed"), case.file("notes.pdf", 5000), case.file("x.jpg", 5000)
    with Visitor(case.gateway.intake_port) as person:
        person.writes(story, [clip, photo])
        digits = person.goes_to_number()
        clip.write_bytes(os.urandom(7000))
        person.confirms(digits)
        person.shows("done")
        is_told(case, person, clip)
    case.sent(story, photo)


def changes_between(case, browser):
    """The first pass has read it, and the second finds other bytes of the same length and date."""
    line, story = FaultyLine(case.gateway.intake_port), case.story(f"between, {browser}")
    clip = case.file(f"clip-{browser}.mp4", 3_000_000)
    line.hold("POST /uploads")
    with Visitor(line.port, browser) as person:
        person.writes(story, [clip])
        digits = person.sends()
        case.check(line.reached.wait(60), f"{browser.title()} has read a file, and asks to send it")
        date = clip.stat().st_mtime_ns
        clip.write_bytes(os.urandom(3_000_000))
        os.utime(clip, ns=(date, date))
        line.goes_on.set()
        person.shows("done")
        is_told(case, person, clip)
        eventually(lambda: is_gone(line), "the door letting go of what nobody can finish")
        case.check(True, "and the door keeps nothing of it")
        person.enters(digits)
        person.chooses("#mailbox", [clip])
        person.do("click", "#add")
        person.until("!document.getElementById('done').hidden"
                     " && !document.getElementById('sending').hidden")
        case.check(not person.troubles(), "chosen again with the number, it is sent as it is now")
    line.close()
    case.sent(story, clip)


def is_gone(line):
    """Whether the upload that was begun is unknown to the door."""
    begun = {asked.split()[1] for asked in line.asked if asked.startswith("HEAD /uploads")}
    version = {"Upload-Draft-Interop-Version": "8"}
    return begun and all(get(line.target, path, "HEAD", headers=version)[0] == 404 for path in begun)


def is_told(case, person, changed):
    told = f"{changed.name}: {words('error.changed')}"
    case.check(person.troubles() == [told] and person.do("text", "#safe") == words("send.safe")
               and person.do("text", "#step") == words("send.missing", n=1),
               f"a file that changed is told as: {told} The text is safe, one file is not sent",
               person.screen())


def empty(case):
    story, nothing = case.story("an empty file"), case.file("nothing.jpg", 0)
    photo = case.file("beside.jpg", 4000)
    with Visitor(case.gateway.intake_port) as person:
        person.writes(story, [nothing, photo])
        told = person.alert()
        case.check(told == words("error.empty", name=nothing.name)
                   and words("files.count", n=1) in person.screen(),
                   f"an empty file is told as: {told}", person.screen())
        person.sends()
        person.shows("done")
    case.sent(story, photo)


def again(case):
    """The same file twice: in one visit it is sent once. Another visit does not know of it, so that
    nobody who has both the number and the file is told whether it was sent."""
    line, story = FaultyLine(case.gateway.intake_port), case.story("twice")
    clip = case.file("twice.mp4", 2_500_000)
    copy = case.file("another-name.mp4", clip.read_bytes())
    with Visitor(line.port) as person:
        person.writes(story)
        digits = person.sends()
        person.shows("done")
        person.enters(digits)
        for file in (clip, copy):
            person.adds([file])
            case.check(not person.troubles(), f"{file.name} is added with the number", person.screen())
            person.do("click", "#sending-back")
            person.shows("mailbox")
    case.check(created(line) == 1, "the second of two files with the same bytes is not sent again",
               line.asked)
    with Visitor(line.port) as person:
        person.enters(digits)
        person.adds([clip])
    case.check(created(line) == 2, "and another visit sends it as if it were the first", line.asked)
    line.close()
    case.sent(story, clip)


def created(line):
    return sum(asked.startswith("POST /uploads") for asked in line.asked)


def too_large(case):
    """More than a report can hold is told when it is chosen; more than this door takes, before it is
    read."""
    story, huge = case.story("too large"), case.world.path("phone", "huge.mp4")
    with open(huge, "wb") as file:
        file.truncate(8 << 30)
    large = case.file("large.mp4", 3 << 20)
    restart(case, uploads={"max-mib": 2})
    with Visitor(case.gateway.intake_port) as person:
        person.writes(story, [huge])
        told = person.alert()
        case.check(told == f"{huge.name}: {words('error.tooLarge')}"
                   and words("files.none") in person.screen(),
                   f"a file of 8 GiB is told when it is chosen: {told}", person.screen())
        person.chooses("#more", [large])
        person.run(STEPS)
        person.sends()
        person.shows("done")
        seen = person.run("[...window.steps]")
        case.check(person.troubles() == [f"{large.name}: {words('error.tooLarge')}"]
                   and not any(step.startswith(words("send.reading")) for step in seen),
                   "what this door does not take is told before it is read", f"{seen}")
    restart(case)
    case.sent(story)


def restart(case, **settings):
    case.world.stop(case.gateway.intake)
    case.gateway.start_intake(**settings)


def many(case):
    """Five hundred files are chosen; she leaves when some are sent, and those are at the desk.

    All of them take minutes, and as long again at the desk.
    """
    story = case.story("five hundred")
    files = [case.file(f"many/{number:03}.jpg", 1500) for number in range(MANY)]
    with Visitor(case.gateway.intake_port) as person:
        person.writes(story, files)
        case.check(words("files.count", n=MANY) in person.screen(), f"{MANY} files are chosen at once")
        person.sends()
        reached = words("send.file", n=SOME + 1, total=MANY, name=files[SOME].name)
        person.until(f"document.getElementById('file-name').textContent === {reached!r}", 240)
        case.check(not person.troubles(),
                   f"{SOME} of them are sent, and it goes on", person.screen())
    case.sent(story, *files[:SOME])
