"""Texts that want to be more than text: whatever a reporter or a colleague writes is shown, not run."""
import json
import re

import inputs
from reporter import SHARE
from world import Broken

MARKUP = ("</textarea></title><script>document.title='owned'</script>"
          "<img src=x onerror=\"document.title='owned'\">\"'>&lt;b&gt;")
TRICKS = "a\u202egnp.exe\u200b\u0007"
HOSTILE = MARKUP + TRICKS
SHOWN = "a⟨U+202E⟩gnp.exe⟨U+200B⟩⟨U+0007⟩"


def everywhere(value):
    """A report with the hostile text in every text there is."""
    if isinstance(value, dict):
        return {key: everywhere(each) for key, each in value.items()}
    if isinstance(value, list):
        return [everywhere(each) for each in value]
    return HOSTILE if isinstance(value, str) else value


def report():
    """Words of a list (dangers, days, tags) stay what they are; everything else is hostile."""
    made = everywhere(inputs.REPORT)
    made["language"] = "en"
    made["urgency"]["danger"], made["urgency"]["deadline"] = ["life"], inputs.DEADLINE
    for part, key in (("place", "asOf"), ("perpetrators", "demand"), ("reporter", "safeToReply")):
        made[part][key] = inputs.REPORT[part][key]
    return json.dumps(dict(made, share=SHARE, never=[]), ensure_ascii=False)


def shown_as_text(world, gateway, lin, okafor):
    name = arrives(world, gateway, lin)
    # Listed for certain: on a busy machine the queue is shown before a new case is read.
    lin.opens_case(name)
    lin.press("Queue")
    inert(world, lin, "the queue")
    lin.opens_case(name)
    text = inert(world, lin, "the case")
    world.check(text.count(SHOWN) >= 8, "every field shows it, with a code for what deceives the eye",
                f"{text.count(SHOWN)}\n{text}")
    lin.looks("hostile-case")
    judged(world, lin)
    asked(world, lin)
    derived(world, lin)
    released(world, lin, okafor, name)
    return name


def arrives(world, gateway, lin):
    tip = world.path("stranger", "tip.json")
    tip.write_text(report())
    photo = world.path("stranger", "x\"><img src=x onerror=alert(1)>.jpg")
    inputs.photo(photo)
    door = ["--to", gateway.door, "--root-key", gateway.vkey]
    out, _ = world.run("sallyport", "submit", *door, "--tip", tip)
    receipt = re.search(r"\d{4}( \d{4}){4}", out).group()
    world.run("sallyport", "add", *door, "--evidence", photo, lines=[receipt])
    gateway.emptied()
    lin.press("Fetch and send")
    text = lin.works("Fetch now", "Fetching")
    names = set(re.findall(r"case ([0-9a-f]{12}): something new", text))
    if len(names) != 1:
        raise Broken(f"one new case, not {names}\n{text}")
    return names.pop()


def inert(world, person, where):
    """The page shows the markup as text, and nothing of it did anything."""
    text = person.text()
    world.check("<script>document.title='owned'</script>" in text
                and "owned" not in person.do("title"), f"{where} shows markup as text", text)
    return text


def judged(world, lin):
    lin.press("Labels")
    lin.do("unfold", "Read it here")
    inert(world, lin, "the labels' page")
    groups = lin.do("run", "[...document.querySelectorAll('legend')].map(each => each.textContent)")
    for group in groups:
        lin.do("tick", "I have read it. Beside what it is, it contains:", group)
    lin.press("Keep these labels")
    lin.press("Judgement")
    lin.do("choose", "How reliable is the source?", "F: reliability cannot be judged")
    lin.do("choose", "How credible is the information?", "6: truth cannot be judged")
    for label in ("What the desk concludes, in one short line", "Why, in words for the office",
                  "Further words on how to handle it", "Which they are, and what they say",
                  "Why the place may go to offices on this source alone",
                  "Notes, which stay at the desk"):
        lin.fill(label, MARKUP)
    lin.press("Keep this judgement")
    inert(world, lin, "the judgement")
    lin.press("Judgement")
    world.check(lin.do("run", "document.getElementById('reason').value") == MARKUP
                and lin.do("run", "document.getElementById('verdict').value") == MARKUP,
                "the form is filled in again with exactly what was typed")


def asked(world, lin):
    lin.press("Ask")
    lin.fill("The question, in the reporter’s language", HOSTILE)
    lin.fill("Its language", "en")
    lin.press("Look at it once more")
    text = inert(world, lin, "the question to sign")
    world.check(SHOWN in text, "with its tricks shown", text)
    lin.signs("Sign it")
    inert(world, lin, "the question in the case")


def derived(world, lin):
    lin.press("Make a summary, redaction or translation of part 2")
    lin.do("choose", "What it is", "Summary: a new text that says less")
    lin.fill("The new text", HOSTILE)
    lin.fill("How it was made, in words for the office", MARKUP)
    lin.press("Keep this text")
    lin.press("The summary beside it")
    inert(world, lin, "the derivative beside its original")


def released(world, lin, okafor, name):
    lin.press("What each office gets")
    lin.looks("hostile-offices")
    lin.press("Prepare this")
    inert(world, lin, "what would be signed")
    lin.looks("hostile-approve")
    okafor.opens_case(name)
    inert(world, okafor, "the colleague's page")
    okafor.press("Who did what")
    inert(world, okafor, "who did what")
