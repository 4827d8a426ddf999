"""What a verifier decides at the console beside the judgement: findings, priority, holding,
withholding, and rejecting, which takes two."""
from world import eventually


def queue(person, fits):
    """The queue, once it is read and `fits` what it shows."""
    def read():
        person.press("Queue")
        text = person.text()
        return text if "Look again" not in text and fits(text) else None
    return eventually(read, f"the queue of {person.person} as it should be", 60)


def on_the_way(world, lin, okafor, name):
    """In the mother's case, before anything of it is prepared."""
    lin.press("Decisions")
    lin.looks("decisions")
    is_found(world, lin)
    is_set(world, lin, name)
    is_held(world, lin, okafor, name)
    is_withheld(world, lin)


def is_found(world, lin):
    lin.do("select", "I found that it", "shows torture")
    lin.fill("What shows it", "   ")
    lin.press("Write it down")
    lin.sees("Say why, in a few words.", "a finding needs words")
    lin.looks("decisions-refused")
    lin.fill("What shows it", "Burns on both arms.")
    lin.press("Write it down")
    text = lin.sees("Burns on both arms.", "what was found is shown")
    world.check("found: shows torture · lin" in text, "with who found it", text)
    lin.fill("Why it is taken back", "An old scar.")
    lin.press("Take it back")
    lin.sees("It is taken back.", "and can be taken back")
    world.check("Burns on both arms." not in lin.text(), "and is shown no more")


def is_set(world, lin, name):
    lin.do("select", "The priority shall be", "P0: within a day")
    lin.fill("Why this priority", "She rang today.")
    lin.press("Set the priority")
    lin.looks("decisions-made")
    queue(lin, lambda text: "P0 by lin: She rang today." in text)
    world.check(True, "the queue shows who set a priority, and why")
    lin.opens_case(name)
    lin.sees("the priority is P0", "and so does the case")


def is_held(world, lin, okafor, name):
    lin.press("Decisions")
    lin.fill("Why it is held", "It may be planted.")
    lin.press("Hold it")
    lin.sees("dispatch holds it, too", "a case is held, at dispatch as well")
    lin.press("What each office gets")
    lin.press("Prepare this")
    lin.sees("The case is frozen: held by lin: It may be planted.", "and nothing of it is prepared")
    okafor.opens_case(name)
    okafor.press("Look into it, and let it go on")
    okafor.sees("held by lin: It may be planted.", "a colleague sees why")
    okafor.looks("held")
    okafor.fill("Why it goes on", "It is not.")
    okafor.press("Let it go on")
    okafor.sees("The case goes on.", "and lets it go on")
    lin.press("Decisions")


def is_withheld(world, lin):
    option = lin.do("run", "[...document.getElementById('withhold-office').options]"
                           ".find(each => each.value === 'office-b').textContent")
    lin.do("select", "Keep it from", option)
    lin.fill("Why this office gets nothing", "Its officer is named.")
    lin.press("Keep it from this office")
    lin.press("What each office gets")
    lin.sees("the desk withholds it (lin: Its officer is named.)", "an office is kept from it, and why")
    lin.press("Decisions")
    lin.fill("Why it may get something again", "Another officer.")
    lin.press("Let it get something again")
    lin.sees("The office may get something of it again.", "and may have it again")


def is_rejected(world, lin, okafor, name):
    """A case of which nothing was sent."""
    lin.opens_case(name)
    lin.press("Decisions")
    lin.press("Reject this case…")
    lin.looks("reject")
    lin.fill("Why it is rejected", "Nothing in it is true.")
    lin.signs("Sign that it be rejected")
    lin.sees("Signed. A second person must sign too.", "one person rejects nothing")
    okafor.opens_case(name)
    okafor.press("Decisions")
    okafor.press("Reject this case…")
    okafor.sees("Nothing in it is true.", "the second person sees who signed, and why")
    okafor.fill("Why it is rejected", "I looked, too.")
    okafor.signs("Sign that it be rejected")
    okafor.sees("The case is rejected.", "and with their signature it is rejected")
    okafor.looks("rejected")
    case = "Case " + " ".join(name[at:at + 4] for at in (0, 4, 8))
    queue(okafor, lambda text: case not in text)
    world.check(True, "it has left the queue")
    okafor.do("select", "State", "Rejected")
    okafor.press("Show")
    okafor.sees(case, "where it can be found by its state")
