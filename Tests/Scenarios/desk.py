"""The desk: one case, from its arrival to a release that two persons signed."""
import re

import inputs
from world import Broken, eventually

# What shows each indicator, word for word; the second stands in the part about who is held.
SENTENCES = {"movement": "关在一个园区里，不干活就挨打。", "documents": "护照被收走",
             "debt": "对方要25万元才放人"}
# The mother alone names the place; this is why it may go all the same.
PLACE = "He named the place himself, on the telephone."
SUMMARY = ("A young man from Hebei is held in a compound abroad; ransom 250,000 yuan, due"
           f" {inputs.DUE_WORDS}.")


class Case:
    """One case at the desk, named by its first digits."""

    def __init__(self, world, gateway):
        self.world, self.gateway, self.name = world, gateway, None

    def do(self, command, *arguments, by=None, says=(), expect=0):
        return self.gateway.at_desk(
            command, self.name, *arguments, by=by, says=says, expect=expect)

    def arrives(self):
        self.gateway.emptied()
        out, error = self.gateway.at_desk("pull")
        names = set(re.findall(r"case ([0-9a-f]{12})", out))
        self.world.check(len(names) == 1 and "refused" not in out,
                         "the report and its three files arrive as one case", out + error)
        self.name = names.pop()
        out, _ = self.gateway.at_desk("list")
        self.world.check("ransom" in out and inputs.DEADLINE in out,
                         "the queue shows why it is urgent", out)
        self.world.say(out)

    def is_examined(self, indicators=tuple(SENTENCES)):
        """Read, and judged with these indicators, whose sentences stand in the report."""
        out, _ = self.do("show")
        self.world.say(out)
        out, _ = self.do("show", "--part", "report")
        self.world.check("2023年2月" in out, "the report is shown as it was written", out)
        self.do("assess", "--source", "C", "--information", "3",
                "--indicators", ",".join(indicators), "--civilians", "--place-on-one-source",
                says=["probably held", "Consistent, one source.", "",
                      *(SENTENCES[name] for name in indicators), PLACE],
                by="lin")
        self.world.check("probably held" in self.do("show")[0], "the desk's judgement is written down")

    def asks(self, mother):
        out, _ = self.do("ask", "--language", "zh-Hans", says=["上次联系是什么时候？"], by="lin")
        question = out.split()[0]
        _, error = self.do("approve-question", question, by="lin", expect=1)
        self.world.check("lin has signed already; it takes another person" in error,
                         "the person who wrote a question cannot approve it", error)
        self.do("approve-question", question, by="okafor")
        self.publish()
        text = mother.sees("上次联系", "the question in her mailbox")
        self.world.check(question in text, "the mother's mailbox shows the question", text)
        mother.answers(question)
        self.world.check(True, "she answers it")
        # A large file may come between.
        eventually(lambda: self.gateway.at_desk("pull") and "] answer" in self.do("show")[0],
                   "her answer at the desk", 60)
        self.world.check("旁边有人" in self.do("show", "--part", "answer")[0],
                         "the desk reads her answer")

    def publish(self):
        self.gateway.at_desk("publish-mailbox")

    def is_labelled(self):
        """What parts really contain; the photo carries coordinates, so it contains the place."""
        evidence = re.findall(r"\[(\d+)\] evidence “([^”]+)”", self.do("show")[0])
        if len(evidence) != 3:
            raise Broken("three originals are listed\n" + self.do("show")[0])
        self.do("label", "report", "--contains", "place,person,perpetrators", by="lin")
        self.do("label", "urgency", "person", "place", "reporter", "perpetrators", "compelled",
                "answer", "--contains", "none", by="lin")
        for number, name in evidence:
            carries = "none" if name.endswith(".pdf") else "place"
            self.do("label", number, "--contains", carries, by="lin")
        summary = self.world.path("desk-notes", "summary.txt")
        summary.write_text(SUMMARY)
        self.do("derive", "report", "--contains", "person", "--language", "en", "--note",
                "summary without the place", "--text", summary, by="lin")
        self.world.check(True, "parts are labelled; a summary without the place is added")

    def evidence_is_looked_into(self):
        """By workers in a sandbox; a document has a safe copy afterwards, and a place is named."""
        listed = dict((name, number) for number, name in re.findall(
            r"\[(\d+)\] evidence “([^”]+)”", self.do("show")[0]))
        wanted = [number for name, number in listed.items() if not name.endswith(".mp4")]
        out, _ = self.do("examine", *wanted)
        self.world.say(out)
        self.world.check(out.count("safe copy: ") >= 2, "workers make safe copies of what was sent", out)
        self.world.check("could not be scanned: the scanner does not answer" in out,
                         "without a scanner nothing is called clean", out)
        copy = self.world.root / "safe-copy"
        self.do("show", "--part", wanted[0], "--export-copy", copy)
        self.world.check(copy.stat().st_size > 100, "a safe copy can be looked at")

    def is_prepared(self):
        out, _ = self.do("prepare")
        self.world.say(out)
        return out

    def routing_holds(self, decisions):
        blocks = {office: block for office, block in re.findall(
            r"^(office-[abc])\b(.*?)(?=^office-|\Z)", decisions, re.M | re.S)}
        if len(blocks) < 3:
            raise Broken("decisions for three offices are printed\n" + decisions)
        check = self.world.check
        parts = [line for line in blocks["office-a"].splitlines()[1:] if "summary" not in line]
        check(len(parts) == 11 and all("released" in line for line in parts),
              "office A may see every part", blocks["office-a"])
        for words in ("place", "reporter"):
            check(re.search(rf"withheld.*{words}", blocks["office-b"]),
                  f"office B does not get the {words}, and the desk is told why",
                  blocks["office-b"])
        check("summary" in blocks["office-b"], "office B gets the summary instead of the report",
              blocks["office-b"])
        check("never" in blocks["office-c"], "office C is on her never list", blocks["office-c"])

    def needs_two(self, mother):
        world = self.world
        self.lacks_a_person("nothing is released without approvals")
        self.do("approve", by="lin")
        self.lacks_a_person("one approval is not enough")
        _, error = self.do("approve", by="lin", expect=1)
        world.check("lin has signed already; it takes another person" in error,
                    "the same person cannot approve twice", error)
        world.say(error)
        self.do("approve", by="okafor")
        out, _ = self.do("release")
        world.check("office-a" in out and "office-b" in out and "office-c" not in out,
                    "with the second person's approval it is released to A and B", out)
        world.say(out)

    def lacks_a_person(self, claim):
        """A release is refused for want of a second person, and for no other reason."""
        out, error = self.do("release", expect=1)
        self.world.check("a second person must approve the same release" in error and not out,
                         claim, out + error)
        self.world.say(error)

    def passes_on(self):
        eventually(lambda: self.name in (seen := "".join(self.gateway.at_desk("pull"))) or
                   "office-a" in seen, "the office's answer at the desk")
        self.publish()
        self.world.check(True, "the desk has the office's answer, and writes all mailboxes anew")
