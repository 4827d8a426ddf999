"""A reporter withdraws with a wrong word, which freezes the case until people have looked."""
import handling
import locked
from agencies import Office
from handling import NOBODY
from world import eventually

FROZEN = "The case is frozen: withdrawn without the right code word. Nothing goes out."
STOPPED = "Your tip has been stopped: nothing more of it is passed on."
STORED = "Your wish is safely stored."
UNKNOWN = "ffffffffffff"


def wrong_receipts(world, sender):
    """Wrong input is told on the device; a made-up receipt changes nothing at the desk."""
    for lines, words, claim in (
            (["1234 5678 9012 3456 789"], "there were 19", "a receipt with a digit too few"),
            (["1234 5678 9012 3456 789x"], "only digits", "a receipt with a letter"),
            ([""], "No passphrase was given", "no receipt at all"),
            ([sender.receipt, "   "], "spaces alone protects nothing", "a word of spaces")):
        out, error = sender.do("withdraw", lines=lines, expect=1)
        world.check(words in error and not out, f"{claim} is refused in words", out + error)
    told, _ = sender.withdraws("--no-word", receipt=NOBODY)
    out, error = handling.pulled(sender.gateway)
    world.check(STORED in told and "case" not in out and "refused" not in out,
                "a withdrawal under a made-up receipt is taken like any, and changes no case",
                told + out + error)
    return told


def freezes(world, gateway, sender, name, told_nobody):
    """Three releases are on their way when somebody withdraws with a wrong word."""
    case = handling.examined(world, gateway, name)
    handling.approved(case, "office-a")
    handling.released(world, case)
    handling.approved(case, locked.OFFICE)
    told, _ = sender.withdraws(word="a wrong word")
    world.check(told == told_nobody, "a withdrawal is answered alike, whoever sends it",
                told + told_nobody)
    gateway.emptied()
    offices = [Office(world, gateway, "office-a"),
               locked.LockedOffice(world, gateway, locked.OFFICE)]
    for office in offices:
        office.inbox = world.root / "offices" / f"{office.name}-held"
    before_the_desk_knows(world, case, offices)
    handling.approved(case, "office-b")
    out, _ = sender.withdraws(word="another wrong word")
    world.check(out == told, "she withdraws a second time and is told the same", out)
    world.check(handling.taken(world, gateway) == [case.name], "the desk learns of both")
    shown = is_frozen(world, sender, case, offices)
    world.check(case.do("show")[0] == shown, "and nothing that was refused has changed the case")
    goes_on(world, sender, case, offices)


def before_the_desk_knows(world, case, offices):
    """The desk has not pulled yet: what it still sends waits at dispatch as well."""
    _, error = case.do("resume", says=["unseen"], by="lin", expect=1)
    world.check("newer that the desk has not pulled" in error,
                "a case cannot go on while something has arrived that the desk has not seen", error)
    out = handling.released(world, case)
    world.check(f"to {locked.OFFICE}" in out, "a release that crosses with it is taken by dispatch",
                out)
    nobody_gets(world, offices, "the release from before")


def nobody_gets(world, offices, what):
    for office in offices:
        told = "".join(office.fetch())
        world.check(f"Nothing waits for {office.name}" in told and not any(office.inbox.glob("*")),
                    f"{office.name} does not get {what}", told)


def is_frozen(world, sender, case, offices):
    shown, _ = case.do("show")
    world.check("state: frozen: withdrawn without the right code word" in shown
                and "may destroy" not in shown, "the desk sees that it was withdrawn, and how",
                shown)
    for command, by in (("prepare", None), ("approve", "lin"), ("release", None)):
        handling.refuses(world, case, command, FROZEN, f"in a frozen case {command} is refused",
                         by=by)
    handling.refuses(world, case, "destroy", "Only a case withdrawn with the right code word",
                     "without the right word nobody may destroy it", by="okafor")
    nobody_gets(world, offices, "anything of a frozen case")
    text = sender.sees_anew()
    world.check(STOPPED in text and "office" not in text,
                "the mailbox says that the tip has been stopped", text)
    return shown


def goes_on(world, sender, case, offices):
    """Somebody has looked into it: what was signed before goes, what was only approved does not."""
    handling.refuses(world, case, "resume", "Say why the case goes on", "nobody goes on without a"
                     " reason", says=[""], by="lin")
    case.do("resume", says=["the withdrawal was forced"], by="lin")
    for office in offices:
        eventually(lambda: office.fetch() and any(office.inbox.glob("*.tar")),
                   f"a bundle for {office.name}", 30)
    world.check(True, "once a person lets the case go on, what dispatch held is handed out")
    out, error = case.do("release", expect=1)
    world.check("a second person must approve the same release" in error and not out,
                "approvals from before the freeze count no more", out + error)
    text = sender.sees_anew()
    world.check(STOPPED not in text and "Passed on to: 2 organisations." in text,
                "and the mailbox says again that the tip is passed on", text)


def unknown_cases(world, gateway):
    """A mistyped case: each command says so and does nothing."""
    for command, arguments, by in (
            ("destroy", [], "lin"), ("resume", [], "lin"), ("show", [], None),
            ("prepare", [], None), ("approve", [], "lin"), ("release", [], None),
            ("withdraw-derivative", ["deadbeef"], "lin")):
        out, error = gateway.at_desk(command, UNKNOWN, *arguments, by=by, expect=1)
        world.check(f"There is no case called {UNKNOWN}" in error and not out,
                    f"{command} of a case that does not exist says so", out + error)
