"""A tip with its evidence in one go; then what offices answer, and what the reporter sees of it."""
import handling
import inputs
import locked
from agencies import Office, digest
from handling import Answering, Sender

NOTHING = "0" * 64


def sends_all_at_once(world, gateway):
    """Tip and evidence in one invocation; the desk has the originals bit for bit."""
    photo, paper = world.path("mother", "IMG_20231104.jpg"), world.path("mother", "通知.pdf")
    inputs.photo(photo)
    inputs.document(paper)
    originals = [photo, paper]
    wrong_files(world, gateway, photo)
    sender = Sender(world, gateway, "mother", ["office-a", "office-b", locked.OFFICE],
                    handling.CLASSES, originals)
    stored = sender.told.index("Your tip is safely stored.")
    world.check(sender.told.index(sender.receipt) < stored < sender.told.index("Evidence safely")
                and all(f"Evidence safely stored: {path}" in sender.told for path in originals),
                "in one go: the receipt, then the tip, then every file is safely stored",
                sender.told)
    [name] = handling.taken(world, gateway)
    numbers = are_identical(world, gateway, name, originals)
    return sender, handling.examined(world, gateway, name, numbers)


def wrong_files(world, gateway, photo):
    """Files are looked at before anything is sent: no tip without its evidence by mistake."""
    tip = world.path("mother", "first.json")
    tip.write_text(inputs.tip([], []))
    empty = world.path("mother", "empty.jpg")
    empty.write_bytes(b"")
    missing = world.path("mother", "no-such.jpg")
    for file, words in ((empty, "there is nothing in it to send"),
                        (missing, "there is no such file"), (tip.parent, "is not a file")):
        out, error = world.run(
            "sallyport", "submit", "--to", gateway.door, "--root-key", gateway.vkey, "--tip", tip,
            "--evidence", photo, "--evidence", file, expect=1)
        world.check(words in error and str(file) in error and not out,
                    f"a file that cannot be sent ({file.name}) is named before anything is sent",
                    out + error)
    gateway.emptied()
    out, error = gateway.at_desk("pull")
    world.check("nothing new" in error and "case" not in out, "and nothing of it arrived",
                out + error)


def are_identical(world, gateway, name, originals):
    shown, _ = gateway.at_desk("show", name)
    numbers = {line.split("“")[1].split("”")[0]: line.split("]")[0][1:]
               for line in shown.splitlines() if "] evidence “" in line}
    world.check(sorted(numbers) == sorted(path.name for path in originals),
                "the desk lists the files under their own names", shown)
    for original in originals:
        copy = world.root / f"exported-{numbers[original.name]}"
        gateway.at_desk("show", name, "--part", numbers[original.name], "--export-original", copy)
        world.check(f"SHA-256 {digest(original)}" in shown and digest(copy) == digest(original),
                    f"{original.name} is at the desk, bit-identical")
    return numbers.values()


# -- a text that is taken back before anybody signs

def takes_a_text_back(world, case):
    summary = world.path("desk-notes", "summary.txt")
    summary.write_text("A summary that names too much.")
    case.do("derive", "report", "--contains", "none", "--note", "too much", "--text", summary,
            by="lin")
    shown, _ = case.do("show")
    payload = shown.split("[derivative] ")[1].split("payload ")[1].split(":")[0]
    handling.refuses(world, case, "withdraw-derivative", "has no part called deadbeef",
                     "a text that does not exist cannot be taken back", "deadbeef", by="lin")
    case.do("withdraw-derivative", payload, by="lin")
    world.check(payload not in case.do("show")[0], "the desk takes a text of its own back")
    return payload


# -- offices answer

def are_given(world, gateway, sender, case, payload):
    """One office declines, another needs more and then accepts; the first changes its mind. The
    third has not fetched its bundle yet: step 5 takes it away."""
    third = Office(world, gateway, "office-b")
    told = "".join(third.fetch())
    world.check("Nothing waits for office-b" in told, "an office asks before anything is released",
                told)
    told = handling.approved(case, "office-a", "office-b", locked.OFFICE)
    world.check(payload not in told and "too much" not in told,
                "what was taken back is in no decision about a release", told)
    bundles = handling.bundles(handling.released(world, case))
    first = Answering(world, gateway, "office-a")
    first.fetches()
    office = locked.LockedOffice(world, gateway, locked.OFFICE)
    opened = locked.fetches(world, office)
    files = {digest(path) for path in opened.rglob("*") if path.is_file()}
    world.check(digest(world.path("mother", "IMG_20231104.jpg")) in files,
                f"with the right one {office.name} opens its bundle, the photo bit-identical")
    wrong_answers(world, first, office)
    answer(world, gateway, case, first, "declined", "Not in our district.")
    sees(world, sender, 0, "an office that declined is not told of as help")
    answer(world, gateway, case, office, "needs-more", "Which building?")
    sees(world, sender, 1, "an office that needs more has confirmed")
    answer(world, gateway, case, office, "accepted", "We look for him.")
    answer(world, gateway, case, first, "accepted", "We were wrong.")
    sees(world, sender, 2, "an office that changed its mind has confirmed as well")
    _, error = first.do("ack", "--from", gateway.partners, "--state", "opened", first.bundle,
                        expect=1)
    world.check("has this already, or something newer" in error,
                "an office cannot go back to less than it said", error)
    return first, office, bundles["office-b"]


def wrong_answers(world, first, office):
    """Every wrong answer is refused by its own words, and none reaches the desk."""
    partners = ["--from", first.gateway.partners]
    theirs = office.do("verify", office.bundle)[0].split("bundle:")[1].split()[0]
    for words, claim, arguments in (
            ("maybe is no answer", "an answer that there is not",
             [*partners, "--state", "maybe", first.bundle]),
            ("need a reason", "declining without a reason",
             [*partners, "--state", "declined", first.bundle]),
            ("need a reason", "needing more without saying what",
             [*partners, "--state", "needs-more", first.bundle]),
            ("Say where dispatch is", "an answer to nobody", ["--state", "accepted", first.bundle]),
            ("nothing of that kind", "an answer about a bundle that does not exist",
             [*partners, "--state", "accepted", NOTHING]),
            ("no such file", "an answer about a file that is not there",
             [*partners, "--state", "accepted", "no-such.tar"])):
        _, error = first.do("ack", *arguments, expect=1)
        world.check(words in error, f"{claim} is refused in words", error)
    _, error = first.do("ack", *partners, "--state", "accepted", theirs, expect=1)
    world.check("nothing of that kind" in error, "so is an answer about another office's bundle",
                error)
    out, _ = handling.pulled(first.gateway)
    world.check("office-" not in out, "and none of these answers reaches the desk", out)


def answer(world, gateway, case, office, state, reason):
    told = office.says(state, reason)
    out, error = gateway.at_desk("pull")
    rows = [row for row in case.do("show")[0].splitlines()
            if row.startswith(f"{office.name}: {state} at ")]
    world.check(f"{case.name}: {office.name}: {state}" in out and f": {state}" in told
                and len(rows) == 1 and rows[0].endswith(f": {reason}"),
                f"{office.name} answers “{state}”; its case at the desk says so, and why",
                told + out + error + "\n".join(rows))


def sees(world, sender, confirmed, claim):
    """What the mailbox says once the desk has written it anew."""
    text = sender.sees_anew()
    have = {0: "Your tip has been passed on.\n",
            1: "1 organisation has confirmed that they have it",
            2: "2 organisations have confirmed that they have it"}[confirmed]
    told = [word for word in ("office-", "accept", "declin", "needs", "district") if word in text]
    world.check(have in text and "Passed on to: 3 organisations." in text
                and ("confirmed" in text) == (confirmed > 0) and not told,
                f"{claim}; her mailbox names no office and no answer", text)
