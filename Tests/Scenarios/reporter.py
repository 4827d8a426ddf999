"""The mother: what she sends, and what she can see of it."""
import re
import signal
import subprocess

import inputs
from world import CuttingProxy, eventually, get

WORD = "回家的路"
SHARE = [
    {"office": "office-a", "parts": [
        "urgency", "report", "reporter", "person", "place", "perpetrators", "compelled",
        "evidence", "answer"]},
    {"office": "office-b", "parts": ["urgency", "report", "person", "perpetrators", "evidence"]},
]
NEVER = ["office-c"]


class Reporter:
    """Her files, and the receipt once she has it."""

    def __init__(self, world, gateway, megabytes):
        self.world, self.gateway = world, gateway
        self.tip = world.path("mother", "tip.json")
        self.tip.write_text(inputs.tip(SHARE, NEVER, WORD))
        self.photo = world.path("mother", "IMG_20231104.jpg")
        self.document = world.path("mother", "通知.pdf")
        self.video = world.path("mother", "video.mp4")
        inputs.photo(self.photo)
        inputs.document(self.document)
        inputs.video(self.video, megabytes)
        self.receipt = None

    @property
    def originals(self):
        return [self.photo, self.document, self.video]

    @property
    def secrets(self):
        """Texts that no door may hold: her words, her number, her files' names."""
        report = inputs.REPORT
        return [
            report["report"]["narrative"][10:30], report["place"]["site"],
            report["reporter"]["contact"], report["person"]["people"][0]["names"][1],
            report["perpetrators"]["accounts"][0], WORD, self.receipt,
            self.receipt.replace(" ", ""), *(path.name for path in self.originals),
        ]

    def door(self, url=None):
        return ["--to", url or self.gateway.door, "--root-key", self.gateway.vkey]

    def submits(self):
        """The text is safe at once, before any file starts."""
        out, _ = self.world.run("sallyport", "submit", *self.door(), "--tip", self.tip)
        found = re.search(r"\d{4} \d{4} \d{4} \d{4} \d{4}", out)
        self.world.check(found, "she is shown her receipt, 20 digits with a picture", out)
        self.receipt = found.group()
        self.world.check("safely stored" in out, "her text is accepted at once", out)
        again = self.world.path("mother", "typo.json")
        again.write_text(inputs.tip(SHARE, ["ofice-c"], WORD))
        _, error = self.world.run(
            "sallyport", "submit", *self.door(), "--tip", again, expect="failure")
        self.world.check("ofice-c" in error, "a misspelt office is noticed before anything is sent",
                         error)

    def is_cut_off_and_resumes(self):
        """Two small files, then a large one whose connection is cut and whose sender is killed."""
        self.world.run(
            "sallyport", "add", *self.door(), "--evidence", self.photo, "--evidence",
            self.document, lines=[self.receipt])
        half = self.video.stat().st_size // 2
        proxy = CuttingProxy(self.gateway.intake_port, half)
        sender = subprocess.Popen(
            [self.world.program("sallyport"), "add",
             *map(str, self.door(f"http://127.0.0.1:{proxy.port}")), "--evidence",
             str(self.video)],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sender.stdin.write((self.receipt + "\n").encode())
        sender.stdin.close()
        if not proxy.cut.wait(120):
            sender.kill()
        self.world.check(proxy.cut.is_set(), f"the line is cut after {half >> 20} MiB")
        sender.send_signal(signal.SIGKILL)
        sender.wait()
        self.world.say("the sender's process is killed; she comes back with her receipt")
        second = CuttingProxy(self.gateway.intake_port, 1 << 62)
        out, error = self.world.run(
            "sallyport", "add", *self.door(f"http://127.0.0.1:{second.port}"), "--evidence",
            self.video, lines=[self.receipt])
        second.close()
        self.world.check(
            second.sent < self.video.stat().st_size * 3 // 4,
            f"the upload goes on where it ended: only {second.sent >> 20} MiB were sent again",
            out + error)

    def status(self, receipt=None):
        out, _ = self.world.run(
            "sallyport", "status", *self.door(), lines=[receipt or self.receipt])
        return out

    def sees(self, words, what, seconds=30):
        return eventually(lambda: (text := self.status()) and words in text and text, what, seconds)

    def answers(self, question):
        self.world.run(
            "sallyport", "answer", *self.door(), "--question", question,
            lines=[self.receipt, "上个月，打过一次电话，旁边有人。"])

    def sees_confirmation(self):
        text = self.sees("has confirmed", "the confirmation in her mailbox")
        self.world.check("1 organisation has confirmed" in text,
                         "her mailbox says that one organisation has confirmed", text)
        self.world.say(text)

    def cannot_be_told_from_a_stranger(self):
        """A made-up number gets an answer of the same shape."""
        out = self.status("1234 5678 9012 3456 7890")
        self.world.check("There is no message" in out, "a made-up receipt finds an empty mailbox")
        answers = []
        for address in [self.mailbox_address(), "0f" * 32]:
            status, headers, body = get(self.gateway.intake_port, f"/mailbox/{address}")
            headers.pop("Date", None)
            answers.append((status, headers, len(body)))
        self.world.check(
            answers[0] == answers[1] and answers[0][0] == 200,
            "at the door both have the same status, the same headers and the same size",
            str(answers))

    def mailbox_address(self):
        """An address that exists: any slot that dispatch has published."""
        folder = self.world.root / "public" / "mailbox"
        newest = max(folder.iterdir(), key=lambda path: (len(path.name), path.name))
        return sorted(path.name for path in newest.iterdir())[0]
