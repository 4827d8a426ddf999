"""Somebody at the page, led step by step: what they do, and what they are told."""
import json
import os
import pathlib
import re
import subprocess

from world import Broken

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
VISIT = REPOSITORY / "Tests/Browser/visit.mjs"
WORDS = json.loads((REPOSITORY / "Sources/Intake/Page/languages/en.json").read_text())["strings"]
STORY = '[name="report.narrative"]'


def words(key, **values):
    """A text of the English catalogue, as the page fills it in."""
    text = WORDS[key]
    for name, value in values.items():
        text = text.replace("{" + name + "}", f"\u2068{value}\u2069" if name == "name" else str(value))
    return text


def shown(element):
    """Whether it is there, and shown."""
    return f"(each => Boolean(each && !each.hidden))(document.getElementById('{element}'))"


class Visitor:
    """One browser at the door on `port`, for at most so many seconds; closed at the end of `with`."""

    def __init__(self, port, browser="chromium", environment=None, seconds=900, **options):
        self.page = f"http://127.0.0.1:{port}/en/"
        self.process = subprocess.Popen(
            ["node", VISIT, "--browser", browser, "--seconds", str(seconds)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **(environment or {})})
        self.do("open", options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def do(self, action, *values):
        self.process.stdin.write(json.dumps([action, *values]) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"error": "the browser is gone"}')
        if "error" in answer:
            raise Broken(f"the browser: {action} {str(values)[:200]}: {answer['error']}")
        return answer["ok"]

    # -- what they see

    def run(self, expression):
        return self.do("run", expression)

    def until(self, expression, seconds=60):
        """Waits, and if it is in vain says what was on the screen instead."""
        limit = f"Date.now() + {seconds * 1000}"
        seen = self.run(
            f"(async () => {{ for (const end = {limit}; Date.now() < end;"
            f" await new Promise(done => setTimeout(done, 100))) if ({expression}) return true; }})()")
        if not seen:
            raise Broken(f"never: {expression}\n{self.screen()}")

    def screen(self):
        return self.run("document.querySelector('section:not([hidden])').innerText")

    def shows(self, element, seconds=60):
        self.until(shown(element), seconds)

    def alert(self, seconds=90):
        """What is said in the section that is shown, once something is."""
        place = "document.querySelector('section:not([hidden]) [role=alert]:not(:empty):not(.wait)')"
        self.until(place, seconds)
        return self.run(f"{place}.firstChild.textContent")

    def story(self):
        return self.run(f"document.querySelector('{STORY}').value")

    # -- what they do

    def opens(self):
        self.do("goto", self.page)
        self.shows("ways")

    def goes(self, section):
        self.do("click", f"section:not([hidden]) [data-go={section}]")
        # What few need comes when it is first needed.
        self.shows(section)

    def writes(self, story, files=()):
        self.opens()
        self.goes("quick")
        self.do("type", STORY, story)
        if files:
            self.goes("more")
            self.chooses("#more", files)

    def chooses(self, section, files):
        self.run(f"document.querySelectorAll('{section} details').forEach(each => {{ each.open = true; }})")
        self.do("files", f"{section} .files input", [str(path) for path in files])

    def goes_to_number(self):
        """The number, once it is shown."""
        if self.run(shown("more")):
            self.do("click", "#more [data-go=quick]")
        self.do("click", "#quick [data-go=number]")
        self.shows("number-ready")
        return self.do("text", "#digits").strip()

    def confirms(self, digits):
        group = int(re.search("[1-5]", self.do("text", "#confirm-label")).group())
        self.do("type", "#confirm", digits.split()[group - 1])
        self.do("click", "#send-now")

    def sends(self):
        digits = self.goes_to_number()
        self.confirms(digits)
        return digits

    def enters(self, digits):
        self.opens()
        self.goes("login")
        self.do("type", "#typed", digits)
        self.do("click", "#check")
        self.shows("known")
        self.do("click", "#open")
        self.until("document.getElementById('state').textContent")

    def adds(self, files):
        """With the number: files, until they are sent."""
        self.chooses("#mailbox", files)
        self.do("click", "#add")
        self.until("!document.getElementById('done').hidden"
                   " && !document.getElementById('sending').hidden", 120)

    def troubles(self):
        """What is said about files that were left out."""
        return self.run("[...document.querySelectorAll('#trouble li')].map(each => each.textContent)")
