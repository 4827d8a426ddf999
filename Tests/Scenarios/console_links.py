"""Cases that belong together, at the console: proposed, linked with a reason, and undone."""
import json
import re

from senders import submit

REASON = "one young man, in two spellings"


def spaced(name):
    return " ".join(re.findall("....", name))


def arrives(world, gateway, person):
    """An aunt tells of the mother's son; she knows nothing of the mother's report."""
    tip = world.path("aunt", "tip.json")
    tip.write_text(json.dumps({
        "report": {"narrative": "My nephew went to work and does not come back."},
        "person": {"people": [{"names": ["Xiaoming Wang"]}]}, "place": {"site": "K.K. Park"}}))
    submit(world, gateway, tip, "--no-receipt")
    gateway.emptied()
    person.press("Fetch and send")
    text = person.works("Fetch now", "Fetching")
    names = set(re.findall(r"case ([0-9a-f]{12}): something new", text))
    world.check(len(names) == 1, "an aunt's tip is a case of its own", text)
    return names.pop()


def belong_together(world, gateway, lin, okafor, first):
    second = arrives(world, gateway, lin)
    lin.opens_case(first)
    lin.press("Cases like this one")
    text = lin.sees("names that sound alike", "the page says why two cases may belong together")
    world.check(f"Case {spaced(second)}" in text and "Xiaoming Wang" in text
                and "a place that both may mean" in text, "with both names, and the place", text)
    lin.looks("alike")
    lin.press(f"Link it, with a reason: {spaced(second)}")
    lin.looks("link")
    lin.fill("Why they belong together", "   ")
    lin.press("Link them")
    lin.sees("Say why", "a link needs a reason")
    lin.fill("Why they belong together", REASON)
    lin.press("Link them")
    text = lin.sees(f"Linked to case {spaced(second)}.", "lin links them")
    world.check("names that sound alike" not in text and REASON in text,
                "and it is not proposed any more", text)
    lin.press("Judgement")
    lin.sees("Linked to this case: 1.", "who judges is told of it, and asked whether it is another source")
    okafor.opens_case(second)
    text = okafor.sees(REASON, "okafor sees the link in the other case")
    world.check("Linked to 1 other case(s)" in text and "lin" in text, "with who made it", text)
    okafor.looks("linked")
    okafor.press(f"Look at this link, or undo it: {spaced(first)}")
    okafor.looks("linked-one")
    okafor.fill("Why they do not belong together", "only a namesake")
    okafor.press("Undo this link")
    okafor.sees(f"No longer linked to case {spaced(first)}.", "okafor undoes it")
    lin.opens_case(first)
    world.check(REASON not in lin.text(), "and the first case shows no link either")
    lin.press("Who did what")
    lin.sees("only a namesake", "but what happened stays written down")
