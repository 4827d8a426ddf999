"""A verifier at the console: the real program, a real browser, and a keyboard."""
import json
import pathlib
import re
import subprocess

from gateway import PASSPHRASES
from world import Broken, eventually

DRIVER = pathlib.Path(__file__).resolve().parents[2] / "Tests/Browser/console.mjs"
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/enter/[0-9a-f]{32}")


class Verifier:
    """One person, their console and their browser; closed at the end of `with`."""

    def __init__(self, world, gateway, person, axe=None, shots=None, carry=None):
        self.world, self.gateway, self.person = world, gateway, person
        self.name = f"console-{person}" + ("-carried" if carry else "")
        options = ["--carry", carry] if carry else []
        self.program = world.start(
            self.name, "sallyport-desk", "console", "--desk", gateway.desk, "--signer",
            gateway.signer(person), *options, user=person,
            ready=lambda: ADDRESS.search(world.log(self.name)))
        self.browser = subprocess.Popen(
            ["node", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.do("open", {"axe": axe and str(axe), "shots": shots and f"{shots}/{person}"})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.browser.stdin.close()
        try:
            self.browser.wait(30)
        except subprocess.TimeoutExpired:
            self.browser.kill()
        self.world.stop(self.program)

    @property
    def address(self):
        """The newest address that the terminal shows."""
        return list(ADDRESS.finditer(self.world.log(self.name)))[-1].group()

    @property
    def port(self):
        return int(ADDRESS.search(self.address).group(1))

    def do(self, action, *values):
        self.browser.stdin.write(json.dumps([action, *values]) + "\n")
        self.browser.stdin.flush()
        answer = json.loads(self.browser.stdout.readline() or '{"error": "the browser is gone"}')
        if "error" in answer:
            shown = "" if action == "text" else self.do("text")[:3000]
            raise Broken(f"{self.person}: {action} {str(values)[:200]}: {answer['error']}\n{shown}")
        return answer["ok"]

    # -- what they see

    def text(self):
        return self.do("text")

    def sees(self, words, claim):
        text = self.text()
        self.world.check(words in text, claim, f"not there: {words}\n{text}")
        return text

    def looks(self, name):
        """Nothing too wide, nothing that axe finds, nothing that runs."""
        found = self.do("look", name)
        if found:
            raise Broken(f"{self.person} looks at {name}:\n" + "\n".join(found))

    # -- what they do, by keyboard

    def opens(self):
        self.do("goto", self.address)
        self.press("Open the console")

    def press(self, label, group=None):
        self.do("press", label, group)

    def fill(self, label, text):
        self.do("fill", label, text)

    def signs(self, button, passphrase=None):
        self.fill(f"Passphrase of {self.person}’s key", passphrase or PASSPHRASES[self.person])
        self.press(button)

    def opens_case(self, name):
        """From the queue, by the case's first digits."""
        case = "Case " + " ".join(re.findall("....", name))
        self.press("Queue")

        def listed():
            if case in self.text():
                return True
            # It is still being read.
            self.press("Look again")
            return False
        eventually(listed, f"{case} in the queue of {self.person}", 60)
        self.press(case)

    def works(self, button, title):
        """Something that is done in the background, until it has ended; returns what came of it."""
        self.press(button)
        return self.waits(title)

    def waits(self, title):
        def ended():
            text = self.text()
            if "Look again" in text:
                self.press("Look again")
            return text if f"{title}: done." in text or "Not done." in text else None
        return eventually(ended, f"{title} at the console", 90)
