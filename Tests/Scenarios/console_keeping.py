"""Keeping at the console: files looked into, a copy offered and taken back, a legal hold, and what is
due to be destroyed, signed by two."""
import json
import re
import time

from senders import submit
from world import Broken, get

# A day more than what nobody works on is kept.
YEAR = 366
NOTE = "picture without its metadata"


def spaced(name):
    return " ".join(re.findall("....", name))


# -- files

def looked_into(case):
    """Everything that nobody has looked into, by one button of the case's page."""
    world, lin = case.world, case.lin
    lin.opens_case(case.name)
    lin.sees("Nobody has looked into 7 of them yet.", "the case's page says what waits to be examined")
    lin.press("Look into them now")
    lin.waits(f"Examining case {case.name}")
    lin.press("What came of it")
    lin.sees("7 of 7 file(s) examined", "the workers look into every file, and the console says so")
    lin.opens_case(case.name)
    text = lin.text()
    world.check("Look into them now" not in text, "no file waits any more", text)


def again(case):
    """One of them once more, for a scanner that knows more by now."""
    world, lin = case.world, case.lin
    case.opens("note.txt")
    lin.press("Look into it again")
    lin.waits(f"Examining case {case.name}")
    lin.press("Who did what with this file")
    text = lin.text()
    world.check(text.count("was examined") == 2, "looked into again, both times stay written down", text)


def offered(case):
    """A copy may go where the original may not, once somebody has looked at it; until it is taken back."""
    world, lin = case.world, case.lin
    case.opens("gate.jpg")
    lin.do("tick", "who is held (person)", "The copy contains")
    lin.fill("How it was made, in words for the office", NOTE)
    lin.press("Let it go where the original cannot")
    text = lin.sees("Look at all of the copy first", "nobody offers what they have not looked at")
    world.check(lin.do("run", "document.getElementById('contains-person').checked"),
                "and what was ticked is still there", text)
    lin.looks("offer")
    lin.do("tick", "I have looked at all of it")
    lin.press("Let it go where the original cannot")
    text = lin.sees("it contains person, evidence.", "the copy is offered, with what it contains")
    world.check(NOTE in text, "and how it was made", text)
    lin.looks("offered")
    out, _ = case.gateway.at_desk("show", case.name)
    world.check("[derivative] safe copy" in out and NOTE in out, "the commands know it too", out)
    lin.press("Take this copy back")
    lin.sees("it goes nowhere any more", "it is taken back")
    out, _ = case.gateway.at_desk("show", case.name)
    world.check("[derivative]" not in out, "and the commands know that as well", out)


# -- retention

def kept_and_due(world, gateway, lin, okafor):
    name = junk(world, gateway, lin)
    clock = gateway.desk / "clock"
    before = clock.read_text()
    lin.press("Retention")
    lin.sees("Nobody has looked since", "nothing is looked up before somebody asks")
    lin.looks("retention-empty")
    text = looks_up(lin)
    world.check("Nothing is due." in text, "a new case is not due", text)
    try:
        # The desk reckons with the newest hour it has acted in; nobody's clock is touched.
        clock.write_text(time.strftime("%Y-%m-%dT%H", time.gmtime(time.time() + YEAR * 86400 + 7200)))
        held(world, lin, okafor, name)
        by_two(world, lin, okafor, name)
    finally:
        clock.write_text(before)


def junk(world, gateway, lin):
    """Somebody writes a greeting; it is read, and nobody does anything with it."""
    tip = world.path("anybody", "tip.json")
    tip.write_text(json.dumps({"report": {"narrative": "Good evening."}}))
    submit(world, gateway, tip, "--no-receipt")
    gateway.emptied()
    lin.press("Fetch and send")
    names = set(re.findall(r"case ([0-9a-f]{12}): something new", lin.works("Fetch now", "Fetching")))
    if len(names) != 1:
        raise Broken(f"one new case, not {names}")
    name = names.pop()
    lin.opens_case(name)
    lin.sees("Good evening.", "a greeting comes, and is read")
    return name


def looks_up(person):
    person.press("Retention")
    person.works("Look for what is due", "Looking for what is due")
    return person.text()


def held(world, lin, okafor, name):
    """Due after a year; a court asks for it, and then does not any more."""
    text = looks_up(lin)
    world.check(f"Case {spaced(name)}: nobody has worked on it for 365 days, no sign of danger" in text
                and text.count("nobody has worked on it for 365 days, no sign of danger") == 1,
                "a year later it is due, and nothing else is; having read it is no work", text)
    lin.looks("retention-due")
    lin.press(f"Keep case {spaced(name)} from retention")
    lin.sees("It is due to be destroyed: nobody has worked on it", "the case's own page says so too")
    lin.looks("legal-hold")
    lin.fill("Why it is kept", "   ")
    lin.press("Keep it")
    lin.sees("Say why", "a legal hold needs a reason")
    lin.fill("Why it is kept", "A court asked <b>for it</b>.")
    lin.press("Keep it")
    lin.sees("A court asked <b>for it</b>.", "it is kept, and the reason is a text")
    lin.looks("legal-hold-kept")
    text = looks_up(okafor)
    world.check("Nothing is due." in text and "A court asked <b>for it</b>." in text,
                "at okafor's console it is not due, and why stands there", text)
    okafor.looks("retention-held")
    okafor.press(f"Case {spaced(name)}")
    okafor.fill("Why it is not kept any more", "The court has what it needs.")
    okafor.press("Lift the legal hold")
    okafor.sees("It is not kept from retention any more.", "okafor lifts it, with a reason")
    okafor.press("Who did what")
    text = okafor.sees("kept from retention: A court asked", "both stay written down")
    world.check("not kept from retention any more: The court has what it needs." in text,
                "with what lifted it", text)


def by_two(world, lin, okafor, name):
    case = f"Case {spaced(name)}"
    looks_up(lin)
    lin.signs("Sign for the ticked cases")
    lin.sees("No case is ticked: nothing was signed.", "nothing ticked, nothing signed")
    lin.do("tick", f"{case}: nobody*")
    lin.signs("Sign for the ticked cases", "a wrong passphrase")
    text = lin.sees("The passphrase does not open the key", "a wrong passphrase signs nothing")
    world.check(lin.do("run", "document.querySelector('[type=checkbox]').checked"),
                "and what was ticked is still ticked", text)
    lin.signs("Sign for the ticked cases")
    text = lin.sees("signed; a second person must sign too", "one person's signature destroys nothing")
    world.check("signed by lin" in text and lin.do("run", "document.querySelectorAll('[type=checkbox]').length") == 0,
                "and lin cannot sign it twice", text)
    lin.looks("retention-signed")
    reading_changes_nothing(world, okafor, name)
    text = looks_up(okafor)
    world.check("signed by lin" in text, "okafor sees who has signed", text)
    okafor.do("tick", f"{case}: nobody*")
    okafor.signs("Sign for the ticked cases")
    text = okafor.sees(f"{case[5:]}: destroyed", "the second person's signature destroys it")
    world.check("Nothing is due." in text, "and nothing more is due", text)
    okafor.looks("retention-destroyed")
    okafor.press("Queue")
    while "still being read" in okafor.text():
        okafor.press("Look again")
    world.check(case not in okafor.text(), "the queue does not have it any more")


def reading_changes_nothing(world, person, name):
    """An address that says `sign`, and a form without the session's token."""
    address = re.match(r"http://127\.0\.0\.1:(\d+)/([0-9a-f]{32})", person.do("address"))
    port, prefix = int(address.group(1)), address.group(2)
    cookie = next(each for each in person.do("cookies") if each["name"] == "desk")
    fields = {"Cookie": f"desk={cookie['value']}"}
    status, _, _ = get(port, f"/{prefix}/retention?step=sign&case={name}", headers=fields)
    world.check(status == 200, "an address that says sign is only read")
    status, _, body = get(port, f"/{prefix}/retention", "POST", f"step=sign&case={name}", {
        **fields, "Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded"})
    world.check((status, body) == (403, b""), "a form without the token is refused, without a word")
