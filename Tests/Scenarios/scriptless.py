#!/usr/bin/env python3
"""Without JavaScript: a text sealed with Debian's age, from a form to an office's opened copy; and what
an open file, an altered page and another key come to.

  scriptless.py --binaries DIR [--shots DIR]
"""
import argparse
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import time

import agencies
import inputs
from desk import PLACE
from gateway import Gateway
from liar import Liar
from world import Broken, World, get

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
VISIT = REPOSITORY / "Tests/Browser/scriptless.mjs"
LANGUAGE = "zh-Hans"
MARKER = "===== 8< ====="
STORY = inputs.REPORT["report"]["narrative"]


def words(key, language=LANGUAGE):
    path = REPOSITORY / f"Sources/Intake/Page/languages/{language}.json"
    return json.loads(path.read_text())["strings"][key]


class Writer:
    """Somebody who has no JavaScript, and Debian's age."""

    def __init__(self, world, gateway, shots):
        self.world, self.gateway, self.shots = world, gateway, shots
        self.text = world.path("writer", "notes.txt")
        self.sealed = world.path("writer", "sealed.age")

    def visits(self, file, language=LANGUAGE):
        done = subprocess.run(
            ["node", VISIT, self.gateway.door, language, file, *([self.shots] if self.shots else [])],
            capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise Broken(f"the browser\n{done.stderr}")
        return json.loads(done.stdout)

    def fetch(self, path):
        status, _, body = get(self.gateway.intake_port, path)
        if status != 200:
            raise Broken(f"{path} is answered with {status}")
        return body

    def checks_the_key(self):
        for path, start in (("/recipient", "age1pq1"), ("/recipient/x25519", "age1")):
            lines = self.fetch(path).decode().splitlines()
            print_ = hashlib.sha256(lines[2].encode()).hexdigest()
            self.world.check(lines[2].startswith(start) and lines[1] == f"# SHA-256 {print_}",
                             f"the desk's key at {path} comes with its fingerprint", "\n".join(lines))
        offices = self.fetch(f"/offices/{LANGUAGE}").decode()
        self.world.check(all(f"{name}: " in offices for name in ("office-a", "office-b", "office-c")),
                         "the offices that can be chosen are there in words", offices)

    def writes(self, template):
        """Fills in the template as a person would: two lines of consent, and the story."""
        blank = self.fetch(template).decode("utf-8-sig")
        self.world.check(blank.count(MARKER) == 1, "the text has the line between consent and report")
        may, never = (f"{words(key)} / {words(key, 'en')}:" for key in ("share.may", "share.never"))
        filled = blank.replace(may, f"{may} office-a，除了我是谁").replace(never, f"{never} office-c")
        filled = filled.replace(words("story.label"), f"{words('story.label')}\r\n{STORY}")
        self.text.write_text(filled, newline="")

    def seals(self):
        key = self.world.path("writer", "key.txt")
        key.write_bytes(self.fetch("/recipient/x25519"))
        subprocess.run(["age", "-R", key, "-o", self.sealed, self.text], check=True)
        self.world.check(True, "Debian's age seals it to the desk")

    def reads_and_sends(self):
        seen = self.visits(self.sealed)
        check = self.world.check
        check(not seen["runs"] and words("home.noscript") in seen["home"]
              and words("home.money") in seen["home"] and words("home.next.text") in seen["home"],
              "without script the page says what it is, and what it cannot do", seen["home"])
        check(words("sealed.limits") in seen["sealed"] and not seen["wide"],
              "how to seal with another program fits on the phone", seen["sealed"])
        check(words("drop.taken.help") in seen["answer"], "the sealed text is taken", seen["answer"])
        check(not seen["strangers"] and not seen["problems"], "no stranger was spoken to", str(seen))
        return seen["links"]

    def sends_an_open_photo(self, photo):
        before = files(self.gateway)
        seen = self.visits(photo)
        self.world.check(words("drop.unsealed.help") in seen["answer"],
                         "an open photo is recognised, and she is told that it left her phone",
                         seen["answer"])
        self.world.check(files(self.gateway) == before, "nothing of it is kept")

    def looks_at_every_language(self):
        """Each language's pages, with a file that is no good."""
        damaged = self.world.path("writer", "damaged.age")
        damaged.write_bytes(self.sealed.read_bytes()[:150])
        languages = sorted(path.stem for path in (REPOSITORY / "Sources/Intake/Page/languages").iterdir())
        for language in languages:
            seen = self.visits(damaged, language)
            if words("drop.damaged.help", language) not in seen["answer"] or seen["wide"]:
                raise Broken(f"{language}: {seen}")
        self.world.check(len(languages) == 10, "in all ten languages a damaged file is told from others")


def files(gateway):
    return sorted(str(path) for path in gateway.spool.rglob("*") if path.is_file())


def desk_decides(world, gateway, writer):
    out, error = gateway.at_desk("pull")
    names = set(re.findall(r"case ([0-9a-f]{12})", out))
    world.check(len(names) == 1 and "refused" not in out, "it arrives at the desk as one case",
                out + error)
    name = names.pop()
    out, _ = gateway.at_desk("show", name)
    world.check("sealed without the page; UTF-8" in out and STORY[:20] in out,
                "the desk reads it as it was written", out)
    _, error = gateway.at_desk("transcribe", name, by="lin")
    world.check("office-a，除了我是谁" in error and STORY[:20] not in error,
                "the lines above the mark are shown to who writes down the consent", error)
    classes = "office-a=urgency,report,person,place,perpetrators"
    gateway.at_desk("transcribe", name, "--may", classes, "--never", "office-c", by="lin")
    label(gateway, name)
    _, error = gateway.at_desk("prepare", name, expect=1)
    world.check("did not agree" in error, "what one person has read is no consent", error)
    out, _ = gateway.at_desk("transcribe", name, "--may", classes, by="okafor")
    world.check("consent: office-a may have urgency, report" in out and "never: office-c" in out,
                "what two persons have read alike is", out)
    out, _ = gateway.at_desk("prepare", name)
    world.say(out)
    gateway.at_desk("approve", name, by="lin")
    gateway.at_desk("approve", name, by="okafor")
    gateway.at_desk("release", name)


def label(gateway, name):
    gateway.at_desk("assess", name, "--source", "C", "--information", "3",
                    "--place-on-one-source", says=["probably held", "One source.", "", PLACE],
                    by="lin")
    gateway.at_desk("label", name, "report", "--contains", "place,person,perpetrators", by="lin")


def office_opens(world, gateway, writer):
    office = agencies.Office(world, gateway, "office-a")
    office.fetches()
    opened = world.root / "offices" / "office-a-opened"
    office.do("open", "-o", opened, office.bundle)
    texts = list(opened.glob("parts/*-report.txt"))
    world.check(len(texts) == 1 and texts[0].read_bytes() == writer.text.read_bytes(),
                "office A has the text, byte for byte as it was sealed")
    cover = (opened / "cover.txt").read_text()
    world.check("lin, okafor" in cover and "sealed a text file" in cover,
                "the cover sheet says who wrote down the consent", cover)
    other = agencies.Office(world, gateway, "office-c")
    other.fetch()
    world.check(not any(other.inbox.glob("*.tar")), "office C gets nothing")


def page_is_compared(world, gateway):
    """The server as it is; then one that changes a single thing."""
    manifest = gateway.page / "manifest.json"

    def verify(port, expect):
        return world.run("sallyport", "verify-page", f"http://127.0.0.1:{port}", "--manifest", manifest,
                         "--root-key", gateway.vkey, expect=expect)

    out, _ = verify(gateway.intake_port, 0)
    world.check("are those of the manifest" in out, "verify-page finds the page and the keys right", out)
    for lie, words_ in Liar.LIES.items():
        liar = Liar(gateway.intake_port, lie)
        out, error = verify(liar.port, 1)
        liar.close()
        world.check(words_ in out and "does not serve this page" in error,
                    f"a server with {lie} is found out", out + error)
    other = world.path("writer", "other.vkey")
    out, _ = world.run("sallyport", "root", "init", "--out", world.path("writer", "other.key"),
                       lines=["another passphrase"])
    other.write_text(out)
    _, error = world.run("sallyport", "verify-page", gateway.door, "--manifest", manifest,
                         "--root-key", other, expect=1)
    world.check("believes another root key" in error, "a page that believes another root is named", error)


def play(world, gateway, shots):
    world.step("0  Fresh keys, and a page that trusts them")
    gateway.ceremony(with_page=True)
    gateway.start_dispatch()
    gateway.start_intake(page=gateway.made_page())
    gateway.start_desk()
    writer = Writer(world, gateway, shots)
    world.step("1  A text is written, sealed with stock age, and sent without script")
    writer.checks_the_key()
    template = re.search(r'/a/notes-zh-hans[^"]*', writer.fetch(f"/{LANGUAGE}/sealed/").decode())[0]
    writer.writes(template)
    writer.seals()
    links = writer.reads_and_sends()
    world.check(template in links and "/recipient" in links, "the page leads to text and key", str(links))
    gateway.emptied()
    photo = world.path("writer", "photo.jpg")
    inputs.photo(photo)
    writer.sends_an_open_photo(photo)
    writer.looks_at_every_language()
    world.step("2  Two persons write down the consent that stands in it")
    desk_decides(world, gateway, writer)
    world.step("3  The office opens it")
    office_opens(world, gateway, writer)
    world.step("4  Anybody can compare the page with its sources")
    page_is_compared(world, gateway)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--shots", help="a folder for pictures of every page")
    options = parser.parse_args()
    world = World(options.binaries)
    started = time.monotonic()
    try:
        play(world, Gateway(world), options.shots)
        print(f"\n{world.held} claims held, in {time.monotonic() - started:.0f} s.", flush=True)
        return 0
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        return 1
    finally:
        world.close()


if __name__ == "__main__":
    sys.exit(main())
