"""Texts that are long, run from right to left, or are pictures."""
from visitor import STORY, Visitor, words

EMOJI = "🆘 👨‍👩‍👧 🇲🇲 ✊🏿 he is on floor 3️⃣ 🏢"
# 100,000 characters, twice as many bytes: more than one text may have.
LINE = "وہ مجھے مارتے ہیں، مدد کریں۔ "
LONG = (LINE * (100_000 // len(LINE) + 1))[:100_000]
SHORTER = LONG[:20_000].strip()


def emoji(case):
    story = case.story(EMOJI)
    with Visitor(case.gateway.intake_port) as person:
        person.writes(story)
        person.sends()
        person.shows("done")
    case.sent(story)


def from_right_to_left(case):
    """Too long is told before anything is sent; shortened it goes, and the whole goes as a file."""
    whole = case.file("whole.txt", LONG.encode())
    # Chromium itself takes most of a minute to paste as much from right to left.
    with Visitor(case.gateway.intake_port, "firefox") as person:
        person.writes(LONG, [whole])
        person.sends()
        told = person.alert()
        case.check(told == words("error.tooLong"), f"100,000 characters are told as: {told}")
        case.check(person.run(f"document.querySelector('{STORY}').value.length") == len(LONG)
                   and person.run("document.getElementById('retry').hidden"),
                   "all of them are still there, and nobody is asked to try the same again")
        person.do("click", "#sending-back")
        person.do("type", STORY, SHORTER)
        person.sends()
        person.shows("done")
    case.sent(SHORTER, whole)
