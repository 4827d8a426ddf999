"""What people decide beside the judgement: findings, priority, holding, withholding, rejecting; and
what a judgement must be tied to."""
import sqlite3

import handling
from agencies import Office
from desk import PLACE, SENTENCES, Case
from handling import Sender
from world import eventually

WHY = "His cousin says the house is not there."


def play(world, gateway):
    sender = Sender(world, gateway, "doubted", ["office-a", "office-b"], handling.CLASSES)
    [name] = handling.taken(world, gateway)
    case = Case(world, gateway)
    case.name = name
    is_judged(world, case)
    is_found(world, gateway, case)
    is_withheld(world, case)
    is_held(world, gateway, sender, case)
    before = sender.sees_anew()
    is_rejected(world, gateway, case)
    shows_nothing(world, sender, before)
    news_is_seen(world, gateway, sender, case)
    what_waits_is_held(world, gateway)


def is_judged(world, case):
    """Sentences that stand in the case, and the place only with a reason."""
    grades = ["--source", "F", "--information", "6", "--indicators", "isolation"]
    _, error = case.do("assess", *grades, says=["doubtful", "", "", "He is never alone."],
                       by="lin", expect=1)
    world.check("stands in no text of this case" in error and "verdict" not in case.do("show")[0],
                "a judgement with a sentence that stands nowhere is refused", error)
    case.do("label", *handling.TEXTS, "--contains", "none", by="lin")
    words = ["doubtful", "", "", SENTENCES["movement"]]
    case.do("assess", *grades, says=words, by="lin")
    _, error = case.do("prepare", expect=1)
    world.check("office-a would be given the place, and one source alone names it" in error,
                "the place goes to nobody on one source alone", error)
    case.do("assess", *grades, "--acts", "recruitment,transfer", "--purposes", "labour", "--child",
            "--sources", "1", "--notes", says=[*words, "a father in Hunan", "ring again"],
            by="lin")
    shown, _ = case.do("show")
    world.check("isolation: “关在一个园区里，不干活就挨打。” (part 2, report)" in shown
                and "1 other source(s) say the same: a father in Hunan" in shown
                and "under 18, so no means is needed" in shown and "notes: ring again" in shown,
                "the judgement shows the sentence, the sources, the elements and the notes", shown)
    case.do("prepare")
    case.do("assess", *grades, "--place-on-one-source", says=[*words, PLACE], by="lin")
    case.do("prepare")
    out, _ = case.do("approve", by="lin")
    world.check(f"ONE SOURCE ALONE, because (lin): {PLACE}" in out
                and "say the same: 0]" in out.replace("\n    | ", " "),
                "with a reason it is prepared, and whoever approves reads the reason", out)


def line(gateway, case):
    return next(line for line in gateway.at_desk("list")[0].splitlines() if case.name in line)


def is_found(world, gateway, case):
    case.do("priority", "P3", says=["a copy of another"], by="okafor")
    world.check(line(gateway, case).startswith("P3")
                and "P3 by okafor: a copy of another" in line(gateway, case),
                "the list shows who set a priority, and why", line(gateway, case))
    case.do("finding", "says-fine", says=["a cheerful message"], by="lin")
    shown = line(gateway, case)
    world.check(shown.startswith(("P0", "P1")) and "said to be well, which may be forced" in shown,
                "“I am fine” raises the priority, whatever was decided before", shown)
    case.do("finding", "minor-abuse", says=["in her words"], by="lin")
    world.check(line(gateway, case).startswith("P0"), "sexual abuse of a minor makes it P0",
                line(gateway, case))
    case.do("finding", "minor-abuse", "--take-back", says=["misread"], by="okafor")
    handling.refuses(world, case, "finding", "Nobody has found", "what nobody found is not taken back",
                     "torture", "--take-back", says=["no"], by="lin")
    handling.refuses(world, case, "priority", "Say why", "no priority is set without a reason", "P0",
                     says=[" "], by="lin")
    case.do("priority", "computed", says=["by the rules"], by="lin")
    world.check("okafor" not in line(gateway, case), "and the rules decide again",
                line(gateway, case))


def is_withheld(world, case):
    case.do("withhold", "office-b", says=["Its officer is named."], by="lin")
    out, _ = case.do("prepare", "--without", "urgency", says=["It names the day."])
    world.check("the desk withholds it (lin: Its officer is named.)" in out
                and "left out by the desk: It names the day." in out
                and "for office-a" in out and "for office-b" not in out,
                "an office and a part are withheld, each with its reason", out)
    case.do("withhold", "office-b", "--take-back", says=["Another officer."], by="okafor")
    world.check("for office-b" in case.do("prepare")[0], "the office may have it again")


def is_held(world, gateway, sender, case):
    for person in ("lin", "okafor"):
        case.do("approve", by=person)
    out, _ = case.do("hold", says=["It may be planted"], by="lin")
    world.check(out.strip() == "held; dispatch holds it, too"
                and state(world, gateway, case) == "held", "a case is held, at dispatch as well", out)
    words = "The case is frozen: held by lin: It may be planted. Nothing goes out."
    for command, by in (("prepare", None), ("approve", "okafor"), ("release", None)):
        handling.refuses(world, case, command, words, f"in a held case {command} is refused", by=by)
    case.do("resume", says=["A second look."], by="okafor")
    world.check(state(world, gateway, case) == "examining", "it goes on, at dispatch as well")
    handling.refuses(world, case, "release", "a second person must approve the same release",
                     "but what was approved before counts no more")


def is_rejected(world, gateway, case):
    out, _ = case.do("reject", says=[WHY], by="lin")
    world.check("signed; a second person must sign too" in out and case.name in line(gateway, case),
                "one person rejects nothing", out)
    handling.refuses(world, case, "reject", "lin has signed already; it takes another person",
                     "the same person cannot sign twice", says=[WHY], by="lin")
    handling.refuses(world, case, "reject", "Say why, in a few words",
                     "nobody rejects without a reason", says=[""], by="okafor")
    out, _ = case.do("reject", says=["He made it up."], by="okafor")
    world.check(out.strip() == "rejected" and state(world, gateway, case) == "rejected",
                "the second person's signature rejects it, at dispatch as well", out)
    closed = "rejected by two persons. Nothing goes out."
    for command, by in (("prepare", None), ("approve", "lin"), ("release", None)):
        handling.refuses(world, case, command, closed, f"in a rejected case {command} is refused",
                         by=by)
    handling.refuses(world, case, "resume", "it cannot go on", "nor does it go on",
                     says=["please"], by="lin")
    world.check(case.name not in gateway.at_desk("list")[0]
                and case.name in gateway.at_desk("list", "--rejected")[0],
                "it leaves the queue, and can be found")
    shown, _ = case.do("show")
    world.check("state: rejected" in shown and WHY in shown and "He made it up." in shown,
                "with both reasons", shown)


def shows_nothing(world, sender, before):
    text = sender.sees_anew()
    def plain(shown):
        return [line for line in shown.splitlines() if "number" not in line.lower()]
    world.check(plain(text) == plain(before), "the reporter's mailbox is as it was", before + text)


def news_is_seen(world, gateway, sender, case):
    sender.withdraws("--no-word")
    handling.taken(world, gateway)
    world.check("rejected, but something new came" in line(gateway, case),
                "what comes to a rejected case is seen", line(gateway, case))


def what_waits_is_held(world, gateway):
    """A case is held after its release, before the office has fetched it."""
    Sender(world, gateway, "doubted-late", ["office-b"])
    [name] = handling.taken(world, gateway)
    case = handling.examined(world, gateway, name)
    handling.approved(case, "office-b")
    digest = handling.bundles(handling.released(world, case))["office-b"]
    case.do("hold", says=["Her brother rang."], by="lin")
    office = Office(world, gateway, "office-b")
    world.check(not handling.gets(office, digest), "what waits at dispatch is held with its case")
    handling.refuses(world, case, "reject", "Hold it instead", "what was released cannot be rejected",
                     says=["no"], by="lin")
    case.do("resume", says=["He was wrong."], by="okafor")
    eventually(lambda: handling.gets(office, digest), "the bundle after the case goes on", 30)
    world.check(True, "and is handed out once it goes on")


def state(world, gateway, case):
    """Where dispatch has the tip."""
    tip = next(path.name for path in (gateway.desk / "cases").iterdir()
               if path.name.startswith(case.name))
    database = sqlite3.connect(f"file:{world.root}/dispatch/dispatch.sqlite?mode=ro", uri=True)
    ((found,),) = database.execute("SELECT state FROM tip WHERE id = ?", [bytes.fromhex(tip)])
    database.close()
    return found
