"""At the console: what was sent is recalled, by two persons, and the office answers."""
import agencies
from world import eventually

TOLD = "He is to be moved tonight because of it."


def is_recalled(world, gateway, lin, okafor, name):
    prepared(world, lin, name)
    sent(world, okafor, name)
    lin.opens_case(name)
    lin.sees("Recalled from every office", "the case says that it was recalled")
    text = lin.sees("recall of number", "with the recall beside what it recalls")
    world.check("Recall it from offices…" not in text, "and nothing more can be recalled", text)
    lin.looks("recalled")
    answered(world, gateway, lin, name)


def prepared(world, lin, name):
    lin.opens_case(name)
    lin.press("Recall it from offices…")
    text = lin.sees("office-a: number 1, has answered", "the page says what each office has")
    world.check("What an office has fetched cannot be taken" in " ".join(text.split()),
                "and that nothing can be taken from it", text)
    lin.looks("recall")
    lin.do("choose", "Why", "Acting on it would put somebody in danger.")
    lin.fill("What the offices are told besides", TOLD)
    lin.press("Prepare the recall")
    text = lin.sees("RECALL of all that it has of this case", "it is prepared, to be approved")
    world.check(TOLD in text and "SALLYPORT RECALL" in text,
                "and shown as the offices will read it", text)
    lin.looks("recall-approve")
    lin.signs("Sign and approve")
    text = lin.sees("A second person must", "one person recalls nothing")
    world.check("Send it" not in text, "and cannot send it", text)


def sent(world, okafor, name):
    okafor.opens_case(name)
    okafor.press("Approve and send")
    okafor.sees(TOLD, "okafor reads what the offices are told")
    okafor.signs("Sign and approve")
    text = okafor.works("Send it", "Sending case " + name)
    world.check("recalled from office-a" in text and "recalled from office-b" in text,
                "it is sent to both offices", text)


def answered(world, gateway, lin, name):
    office = agencies.Office(world, gateway, "office-a")
    before = set(office.inbox.glob("*.tar"))
    recall = eventually(
        lambda: office.fetch() and next(iter(set(office.inbox.glob("*.tar")) - before), None),
        "the recall at office-a", 60)
    for old in before:
        _, error = office.do("verify", old, expect=1)
        world.check("recalled" in error, "the office's program refuses what was recalled", error)
    office.do("ack", "--from", gateway.partners, "--state", "acted", recall)
    lin.press("Fetch and send")
    eventually(lambda: "office-a: acted" in lin.works("Fetch now", "Fetching"),
               "the office's answer to the recall at the console", 60)
    lin.opens_case(name)
    lin.sees("has acted", "what the office did about the recall is shown in the case")
