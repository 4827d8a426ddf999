"""At the console: consent read in a dropped text, a frozen case that goes on, and one that ends."""
import re
import subprocess

from handling import WORD, Sender
from world import Broken, eventually, get

MARKER = "===== 8< ====="
LINES = "May have it: office-a, but not who I am\nNever: office-c\n"
STORY = "My cousin is on the third floor."


def all_of_it(world, gateway, lin, okafor):
    consent_is_read(world, gateway, lin, okafor)
    withdrawals(world, gateway, lin, okafor)


def fetched(world, gateway, lin):
    """The one case that a fetch at the console changes."""
    gateway.emptied()
    lin.press("Fetch and send")
    text = lin.works("Fetch now", "Fetching")
    names = set(re.findall(r"case ([0-9a-f]{12}): something new", text))
    if len(names) != 1:
        raise Broken(f"one case is fetched\n{text}")
    return names.pop()


def consent_is_read(world, gateway, lin, okafor):
    """What stands above the mark in a text that was sealed without the page."""
    drops(world, gateway)
    name = fetched(world, gateway, lin)
    reads(lin, name)
    text = lin.sees(LINES.splitlines()[0], "the lines above the mark are shown to who reads consent")
    world.check(STORY not in text, "and not the story", text)
    lin.looks("consent")
    lin.press("Look at it once more")
    lin.sees("Nothing is ticked for any office.", "an empty reading is told")
    ticks(lin)
    text = lin.sees("may have report, person", "the page shows exactly what lin read")
    world.check("office-c never anything" in text.replace("\n", " "), "with who must never have it", text)
    lin.looks("consent-sign")
    lin.signs("Sign it")
    lin.sees("What you read is written down.", "lin signs the reading")
    lin.sees("this is not", "one person's reading is not consent yet")
    reads(okafor, name)
    ticks(okafor)
    okafor.signs("Sign it")
    text = okafor.sees("What you read is written down.", "okafor reads the same, alone")
    world.check("this is not" not in text and "never office-c" in text.replace("\n", " "),
                "what two persons read alike is consent, and the case shows it", text)


def reads(person, name):
    person.opens_case(name)
    person.press("Consent")


def ticks(person):
    group = person.do(
        "run", "[...document.querySelectorAll('legend')].map(each => each.textContent)"
               ".find(each => each.includes('(office-a)'))")
    never = person.do(
        "run", "[...document.querySelectorAll('legend')].map(each => each.textContent)"
               ".find(each => each.includes('(office-c)'))")
    for box in ("the story (report)", "who is held (person)"):
        person.do("tick", box, group)
    person.do("tick", "never anything", never)
    person.press("Look at it once more")


def drops(world, gateway):
    """With Debian's age, and a form's request."""
    folder = world.path("dropped", "text.txt").parent
    (folder / "text.txt").write_text(LINES + MARKER + "\n" + STORY + "\n")
    (folder / "key").write_bytes(get(gateway.intake_port, "/recipient/x25519")[2])
    subprocess.run(["age", "-R", folder / "key", "-o", folder / "text.age", folder / "text.txt"],
                   check=True)
    boundary = "the-only-part-of-the-form"
    body = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="text.age"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n").encode()
    body += (folder / "text.age").read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    status, _, _ = get(gateway.intake_port, "/drop/en", "POST", body,
                       {"Content-Type": f"multipart/form-data; boundary={boundary}"})
    if status not in (200, 202, 303):
        raise Broken(f"the sealed text is taken, and not answered with {status}")


def withdrawals(world, gateway, lin, okafor):
    """Without the word a case freezes, and goes on once somebody says why; with it two persons end it."""
    sender = Sender(world, gateway, "who withdraws", ["office-a"])
    name = fetched(world, gateway, lin)
    sender.withdraws("--no-word")
    if fetched(world, gateway, lin) != name:
        raise Broken("the withdrawal belongs to the same case")
    lin.opens_case(name)
    text = lin.sees("Look into it, and let it go on", "a withdrawn case is frozen")
    world.check("destroy it" not in text, "and without the right word nobody may destroy it", text)
    lin.press("Look into it, and let it go on")
    lin.looks("resume")
    lin.fill("Why it goes on", "She wrote again: she was forced.")
    lin.press("Let it go on")
    lin.sees("The case goes on.", "with a reason it goes on")
    sender.withdraws(word=WORD)
    fetched(world, gateway, lin)
    lin.opens_case(name)
    lin.press("Withdrawn with the right code word: destroy it")
    lin.sees("Nobody can bring it back", "what destroying means is said before anybody signs")
    lin.looks("destroy")
    lin.signs("Sign that it be destroyed")
    lin.sees("A second person must sign too.", "one signature destroys nothing")
    okafor.opens_case(name)
    okafor.press("Withdrawn with the right code word: destroy it")
    okafor.sees("Signed by lin.", "the second person sees who has signed")
    okafor.signs("Sign that it be destroyed")
    gone = "Case " + " ".join(re.findall("....", name))
    okafor.sees(f"{gone} is destroyed.", "the second signature does")
    lin.press("Queue")
    eventually(lambda: gone not in lin.text() or lin.press("Look again"), "the case is gone", 60)
    world.check(gone not in lin.text(), "and the queue does not have it any more")
