"""Two tabs of one browser, with the same number, at once."""
from faulty import FaultyLine
from visitor import Visitor

# Slow enough that both are on their way together.
BYTES_A_SECOND = 4_000_000
BYTES = 12_000_000


def at_once(case):
    line, story = FaultyLine(case.gateway.intake_port), case.story("two tabs")
    line.rate = BYTES_A_SECOND
    same = case.file("same.mp4", BYTES)
    first, second = case.file("first.mp4", BYTES), case.file("second.mp4", BYTES)
    with Visitor(line.port) as person:
        person.writes(story)
        digits = person.sends()
        person.shows("done")
        person.do("newTab")
        together(case, person, digits, [same], [same], "the same file")
        together(case, person, digits, [first], [second], "different files")
    line.close()
    case.sent(story, same, first, second)


def together(case, person, digits, *files_of_tabs):
    *files_of_tabs, what = files_of_tabs
    for tab, files in enumerate(files_of_tabs):
        person.do("tab", tab)
        person.enters(digits)
        person.chooses("#mailbox", files)
    for tab in range(2):
        person.do("tab", tab)
        person.do("click", "#add")
    overlaps = person.run("document.getElementById('done').hidden")
    person.do("tab", 0)
    overlaps = overlaps and person.run("document.getElementById('done').hidden")
    for tab in range(2):
        person.do("tab", tab)
        person.until("!document.getElementById('done').hidden"
                     " && !document.getElementById('sending').hidden", 120)
        case.check(overlaps and not person.troubles(),
                   f"two tabs send {what} at once: tab {tab + 1} ends well", person.screen())
