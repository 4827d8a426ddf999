"""What scenarios do at the desk again and again: a tip becomes a case, and a case is released."""
import re

import inputs
from agencies import Office
from desk import PLACE, SENTENCES, Case
from world import Broken, eventually

TEXTS = ["urgency", "report", "reporter", "person", "place", "perpetrators", "compelled"]
CLASSES = [*TEXTS, "evidence", "answer"]
# What those share whose parts do not matter: each part costs time in every release.
FEW = ["urgency", "report"]
WORD = "回家的路"
RECEIPT = re.compile(r"\d{4} \d{4} \d{4} \d{4} \d{4}")
NOBODY = "1234 5678 9012 3456 7890"
# What releases said whose connection to dispatch broke though dispatch was up.
BROKEN_OFF = []


class Sender:
    """Somebody who sends one tip, and comes back with the receipt."""

    def __init__(self, world, gateway, name, offices, parts=FEW, evidence=()):
        self.world, self.gateway = world, gateway
        self.tip = world.path(name, "tip.json")
        share = [{"office": office, "parts": parts} for office in offices]
        self.tip.write_text(inputs.tip(share, ["office-c"], WORD))
        files = [word for file in evidence for word in ("--evidence", file)]
        self.told, _ = self.do("submit", "--tip", self.tip, *files)
        self.receipt = RECEIPT.search(self.told).group()

    def do(self, command, *arguments, lines=(), expect=0):
        return self.world.run(
            "sallyport", command, "--to", self.gateway.door, "--root-key", self.gateway.vkey,
            *arguments, lines=lines, expect=expect)

    def withdraws(self, *options, word=None, receipt=None, expect=0):
        lines = [receipt or self.receipt, *([word] if word else [])]
        return self.do("withdraw", *options, lines=lines, expect=expect)

    def sees(self, words, what, receipt=None):
        """Her mailbox, once it shows `words`."""
        def looked():
            out, _ = self.do("status", lines=[receipt or self.receipt])
            return words in out and out
        return eventually(looked, what, 30)


    def sees_anew(self, receipt=None):
        """Her mailbox after the desk has written all of them anew."""
        number = self.gateway.at_desk("publish-mailbox")[0].split(":")[0].split()[1]
        return self.sees(f"Message number {number},", f"message {number} in her mailbox", receipt)


class Answering(Office):
    """An office that says what it does about its bundle."""

    def says(self, state, reason=""):
        return self.do("ack", "--from", self.gateway.partners, "--state", state, "--reason", reason,
                       self.bundle)[0]


def taken(world, gateway, count=1):
    """The cases that a pull changed, after dispatch has taken everything; so many there must be."""
    out, error = pulled(gateway)
    found = set(re.findall(r"^case ([0-9a-f]{12}): something new$", out, re.M))
    world.check(len(found) == count and "refused" not in out,
                "the desk pulls it as one case" if count == 1 else f"the desk pulls {count} cases",
                out + error)
    return sorted(found)


def pulled(gateway):
    gateway.emptied()
    return gateway.at_desk("pull")


def examined(world, gateway, name, evidence=()):
    """The case, assessed and labelled: the parts contain nothing but their own class."""
    case = Case(world, gateway)
    case.name = name
    case.do("assess", "--source", "C", "--information", "3",
            "--indicators", "movement", "--place-on-one-source",
            says=["probably held", "", "", SENTENCES["movement"], PLACE], by="lin")
    case.do("label", *TEXTS, *evidence, "--contains", "none", by="lin")
    return case


def approved(case, *offices):
    """Prepares for these offices, and both persons approve."""
    out, _ = case.do("prepare", *(word for office in offices for word in ("--office", office)))
    for person in ("lin", "okafor"):
        case.do("approve", by=person)
    return out


def released(world, case):
    """Sends what is approved. A connection to dispatch that breaks is noted, and the command given
    again, as it says itself: the last step demands that none broke."""
    try:
        return case.do("release")[0]
    except Broken as broken:
        if "Dispatch could not be reached" not in str(broken):
            raise
        BROKEN_OFF.append(str(broken).splitlines()[1])
        world.say(BROKEN_OFF[-1])
        return case.do("release")[0]


def refuses(world, case, command, words, claim, *arguments, says=(), by=None):
    """The desk's program refuses, says `words` and nothing else."""
    out, error = case.do(command, *arguments, says=says, by=by, expect=1)
    world.check(words in error and not out, claim, out + error)


def gets(office, digest):
    """Whether the office has the bundle of this digest after it has asked."""
    office.fetch()
    return (office.inbox / f"{digest[:16]}.bundle.tar").exists()


def bundles(released):
    """The digests of what was released, by office."""
    return {office: digest for digest, office in re.findall(
        r"^released ([0-9a-f]{64}) to (\S+)$", released, re.M)}
