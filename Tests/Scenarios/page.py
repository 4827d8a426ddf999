#!/usr/bin/env python3
"""The reporter's page in a real browser, from the first screen to the office's opened copy.

  page.py --binaries DIR [--megabytes N] [--slow] [--shots DIR]

The page is made for this run's root, with Deploy/page.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import time

import agencies
import browsers
import desk
import inputs
import reporter
from gateway import Gateway
from world import Broken, CuttingProxy, DroppingProxy, HoldingProxy, SlowProxy, World, eventually

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
BROWSER = REPOSITORY / "Tests/Browser/reporter.mjs"
# Most bytes that may come over the wire until the first text is safe, answers' headers included.
BUDGET = 60_000
# Chromium speaks to its maker of its own accord, whatever page is open.
MAKERS = (".googleapis.com", ".google.com", ".gvt1.com")


# What every frame begins with; see Sources/Tips/FrameHead.swift.
MAGIC = b"sallyport.frame/1\n"
WORDS = json.loads((REPOSITORY / "Sources/Intake/Page/languages/zh-Hans.json").read_text())["strings"]
TEXTS = {text: key.removeprefix("courier.") for key, text in WORDS.items() if "courier." in key}
SAVED = "写好了，先存着，等有网再发。"
# The smallest report.
SHORT = {"site": "", "danger": ["life"], "story": "救命"}


class Phone(reporter.Reporter):
    """The mother again, with the page instead of a command line."""

    def __init__(self, world, gateway, megabytes, shots):
        super().__init__(world, gateway, megabytes)
        self.shots = shots
        self.numbers = {}
        # Bytes that the dearest first text took.
        self.cost = 0

    def browse(self, command, port, browser="chromium", meanwhile=None, **plan):
        """One visit; `meanwhile` is done while the browser holds still."""
        if self.shots:
            plan["shots"] = str(self.shots)
        log = self.world.path("browser", "net.json")
        log.write_text("")
        if browser == "chromium":
            plan["options"] = [f"--log-net-log={log}", *plan.get("options", [])]
        visit = subprocess.Popen(
            ["node", BROWSER, f"http://127.0.0.1:{port}", command, "--browser", browser], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        visit.stdin.write(json.dumps({"language": "zh-Hans", **plan}))
        visit.stdin.close()
        visit.stdin = None
        if meanwhile:
            meanwhile(visit)
        out, error = visit.communicate()
        if visit.returncode:
            raise Broken(f"the browser: {command}\n{error}")
        text = log.read_text(errors="replace")
        # Firefox keeps no such log; what its page asks for is in the traces.
        self.spoke_to = (set(re.findall(r'"url":"https?://([^/":]+)', text))
                         if browser == "chromium" else {"127.0.0.1"})
        self.routes = re.findall(r'"((?:POST|PATCH) /[a-z]+)', text)
        self.asked = re.findall(r'"(?:PATCH|HEAD|POST|PUT) /[a-z]+|HTTP/1.1 \d+', text)
        return json.loads(out.splitlines()[-1])

    def plan(self, files, **more):
        report = inputs.REPORT
        return {
            "site": report["place"]["site"], "danger": ["ransom"],
            "story": report["report"]["narrative"], "place": {"building": "B区7栋", "floor": "三楼"},
            "day": inputs.DEADLINE, "amount": "250000",
            "share": ["office-a"], "never": ["office-c"], "placeToo": True, "word": reporter.WORD,
            "files": [str(path) for path in files], "tell": True, **more,
        }

    def sends_a_text(self, language):
        """The smallest report, through a proxy that counts every byte."""
        proxy = CuttingProxy(self.gateway.intake_port, 1 << 62)
        seen = self.browse("send", proxy.port, **SHORT, language=language)
        proxy.close()
        self.world.say(f"{language}: {proxy.received:,} bytes came and {proxy.sent:,} went; "
                       f"{seen['seconds']:.1f} s from the last tap to “safe”")
        self.leaves_nothing(seen, language)
        self.cost = max(self.cost, proxy.received)

    def has_no_wasm(self):
        """The same module as JavaScript, in a browser without wasm and without a compiler: the
        slowest there is, as careful people set it up."""
        seen = self.browse("send", self.gateway.intake_port, **SHORT, patience=300_000,
                           options=["--js-flags=--jitless"])
        self.leaves_nothing(seen)
        self.world.check(len(seen["digits"]) == 24 and not seen["wasm"],
                         "without wasm and compiler the text goes out as well: "
                         f"{seen['seconds']:.0f} s after the last tap", str(seen))

    def has_a_bad_line(self):
        proxy = SlowProxy(self.gateway.intake_port)
        seen = self.browse("send", proxy.port, **SHORT)
        proxy.close()
        self.world.say(f"at 50 kB/s and 400 ms: to be read after {seen['ready']:.1f} s, "
                       f"safe {seen['seconds']:.1f} s after the last tap")
        self.world.check(len(seen["digits"]) == 24, "on a bad line the text goes out as well")

    def is_cheap(self):
        self.world.check(self.cost <= BUDGET,
                         f"a first text takes at most {BUDGET:,} bytes of page and answers",
                         f"{self.cost:,} bytes came")

    def leaves_nothing(self, seen, language="zh-Hans"):
        left = seen["traces"]
        clean = (left["storage"], left["cookies"], left["databases"], left["caches"]) == (0, "", 0, 0)
        self.world.check(clean and left["history"] == 2 and left["address"] == f"/{language}/",
                         "nothing is stored, and the history has one entry", str(left))
        strangers = {host for host in self.spoke_to if not host.endswith(MAKERS)}
        self.world.check(strangers == {"127.0.0.1"} and left["asked"] > 3 and not left["strangers"]
                         and not left["problems"],
                         "it spoke to nobody else, and nothing went wrong in it",
                         f"{strangers} {left}")

    def saves_without_a_server(self, name, original):
        """A report with a file, saved sealed while no server is there."""
        proxy = CuttingProxy(self.gateway.intake_port, 1 << 62)
        hold = self.world.path("browser", "hold")
        target = self.world.path("saved", name, "x").parent

        def meanwhile(visit):
            eventually(lambda: hold.exists() or visit.poll() is not None, "the files chosen", 120)
            eventually(lambda: is_quiet(proxy), "what files need, loaded", 60)
            self.world.stop(self.gateway.intake)
            proxy.close()
            hold.unlink()

        seen = self.browse("save", proxy.port, meanwhile=meanwhile, story=SAVED, files=[str(original)],
                           target=str(target), hold=str(hold))
        self.leaves_nothing(seen)
        saved = pathlib.Path(seen["file"])
        frames = saved.read_bytes()
        self.world.check(frames.startswith(MAGIC) and frames.count(MAGIC) == 2,
                         f"without a server a report with {original.name} is saved: "
                         f"{len(frames):,} bytes")
        self.world.check(not any(secret.encode() in frames for secret in
                                 (SAVED, original.name, seen["digits"])),
                         "nothing in the file can be read")
        self.numbers[name] = seen["digits"]
        return saved

    def carries(self, files, port=None):
        """A courier's browser; what the page says of each file, by the keys of its texts."""
        seen = self.browse("carry", port or self.gateway.intake_port,
                           files=[str(path) for path in files])
        self.leaves_nothing(seen)
        return [TEXTS.get(state, state) for state in seen["states"]]

    def submits(self):
        half = self.video.stat().st_size // 2
        proxy = HoldingProxy(self.gateway.intake_port, half)
        seen = self.browse("send", proxy.port, last=self.video.name, cut=0.35,
                           **self.plan(self.originals))
        proxy.close()
        self.receipt = seen["digits"]
        self.world.check(len(self.receipt) == 24, "the page shows a number of 20 digits")
        self.world.check(seen.get("killed"), "her text and two files are safe; the browser is "
                         f"killed in the middle of a file of {2 * half >> 20} MiB")

    def is_cut_off_and_resumes(self):
        second = CuttingProxy(self.gateway.intake_port, 1 << 62)
        seen = self.browse("add", second.port, digits=self.receipt, files=[str(self.video)])
        second.close()
        self.leaves_nothing(seen)
        self.world.check(not seen["trouble"], "another browser takes the number and the same file",
                         str(seen))
        self.world.check(
            second.sent < self.video.stat().st_size * 3 // 4,
            f"the upload goes on where it ended: only {second.sent >> 20} MiB were sent again",
            f"{seen} {self.asked}")

    def answers(self, question):
        self.browse("answer", self.gateway.intake_port, digits=self.receipt,
                    text="上个月，打过一次电话，旁边有人。")

    def mailbox_agrees(self, words):
        seen = self.browse("mailbox", self.gateway.intake_port, digits=self.receipt)
        self.world.check(words in seen["state"], f"the page's mailbox says so as well: {words}",
                         str(seen))
        made_up = self.browse("mailbox", self.gateway.intake_port, digits="1234 5678 9012 3456 7890")
        self.world.check(made_up["pictures"] != seen["pictures"] and not made_up["questions"],
                         "a made-up number opens a mailbox too, without an answer", str(made_up))

    def withdraws(self):
        self.browse("withdraw", self.gateway.intake_port, digits=self.receipt, word=reporter.WORD)


def saved_and_carried(world, gateway, mother, page):
    """Three families save; couriers take their files, and some that are not as they should be."""
    saved = {}
    for name, original in (("photo", mother.photo), ("paper", mother.document),
                           ("video", mother.video)):
        saved[name] = mother.saves_without_a_server(name, original)
        gateway.start_intake(page=page)
    cut, longer = world.path("saved", "cut.dat"), world.path("saved", "longer.dat")
    cut.write_bytes(saved["photo"].read_bytes()[:-1])
    longer.write_bytes(saved["paper"].read_bytes() + b"end")
    told = mother.carries([cut, saved["photo"], longer, mother.photo])
    world.check(told == ["cut", "sent", "behind", "none"],
                "the courier's page says what became of each file", str(told))
    world.check({"POST /tips", "POST /supplements", "POST /uploads"} <= set(mother.routes),
                "small frames go in one request, large ones in pieces", str(mother.routes))
    told = mother.carries([saved["paper"], saved["photo"]])
    world.check(told == ["sent", "sent"], "sent once more, it is answered alike", str(told))
    proxy = DroppingProxy(gateway.intake_port, saved["video"].stat().st_size // 2)
    told = mother.carries([saved["video"]], proxy.port)
    proxy.close()
    world.check(told == ["sent"] and proxy.sent < saved["video"].stat().st_size * 3 // 2,
                "a line that breaks in the middle of a large one goes on from there: "
                f"{proxy.sent >> 20} MiB went", f"{told} {proxy.sent}")
    seen = set()

    def arrived():
        seen.update(re.findall(r"case ([0-9a-f]{12})", gateway.at_desk("pull")[0]))
        return len(seen) == 3 and all("evidence" in gateway.at_desk("show", name)[0] for name in seen)

    eventually(arrived, "the reports and their files at the desk", 60)
    for name in seen:
        holds_the_original(world, gateway, mother, name)
    world.stop(gateway.intake)
    epoch_ends(world, gateway)
    # A door that has just started does not remember what it took.
    gateway.start_intake(page=page)
    told = mother.carries([saved["paper"], saved["photo"]])
    world.check(told == ["old", "old"], "when the desk's key is gone, the courier is told", str(told))


def epoch_ends(world, gateway):
    """The root says that the desk's first key is dead, and names a second one."""
    _, told = world.run("sallyport", "keygen", "-o", world.path("desk-notes", "second.key"))
    recipient = told.split("Public key: ")[1].split()[0]
    file = gateway.keys / "desk.toml"
    text = file.read_text().rstrip()
    days = "\n".join(re.findall(r'^(?:opens|closes) = .*$', text, re.M))
    file.write_text(text.replace("dead = false", "dead = true") + "\n\n[[epoch]]\nnumber = 2\n"
                    f'recipient = "{recipient}"\n{days}\ndead = false\n')
    gateway.sign()
    world.run("sallyport-dispatch", "adopt-directory", "--config", gateway.dispatch_config(),
              gateway.note)


def holds_the_original(world, gateway, mother, name):
    """A case at the desk has one of the originals, bit by bit."""
    shown, _ = gateway.at_desk("show", name)
    number, file = re.search(r"\[(\d+)\] evidence “([^”]+)”", shown).groups()
    original = next(path for path in mother.originals if path.name == file)
    copy = world.root / f"exported-{name}"
    gateway.at_desk("show", name, "--part", number, "--export-original", copy)
    world.check(copy.read_bytes() == original.read_bytes(),
                f"{file} arrived at the desk bit-identical")


def is_quiet(proxy):
    """Whether nothing came through for a second."""
    before = proxy.received
    time.sleep(1)
    return proxy.received == before


def languages(page):
    """The languages of a made page, the one whose text weighs most first."""
    sizes = {path.parent.name: path.stat().st_size for path in page.glob("*/index.html.br")}
    return sorted(sizes, key=sizes.get, reverse=True)


def play(world, gateway, options):
    world.step("0  Fresh keys, and a page that trusts them")
    gateway.ceremony(with_page=True)
    gateway.start_dispatch()
    page = gateway.made_page()
    gateway.start_intake(page=page)
    gateway.start_desk()
    world.say(f"the page: {gateway.door}/")
    mother = Phone(world, gateway, options.megabytes, options.shots)
    world.step("1  A first text")
    for language in languages(page)[:None if options.every_language else 1]:
        mother.sends_a_text(language)
    if options.slow:
        mother.has_no_wasm()
    mother.has_a_bad_line()
    world.step("   The same in Firefox and in private windows; what the browsers keep")
    browsers.first_texts(mother)
    browsers.ends_early(mother)
    world.step("   Files from Firefox")
    browsers.files(mother, 40)
    world.step("2  A report with files; the browser dies; she comes back with her number")
    mother.submits()
    mother.is_cut_off_and_resumes()
    world.step("3  The desk reads it, and asks")
    case = desk.Case(world, gateway)
    case.arrives()
    case.is_examined(("movement", "debt"))
    case.asks(mother)
    world.step("4  Two persons release it; the office opens it")
    case.is_labelled()
    world.say(case.is_prepared())
    case.do("approve", by="lin")
    case.do("approve", by="okafor")
    case.do("release")
    first = agencies.Office(world, gateway, "office-a")
    first.opens_everything(mother)
    first.is_interrupted_at_once()
    first.acknowledges()
    case.passes_on()
    mother.sees_confirmation()
    mother.mailbox_agrees("1")
    world.step("5  She withdraws with her word")
    mother.withdraws()
    eventually(lambda: case.name in gateway.at_desk("pull")[0], "the withdrawal at the desk")
    world.check("withdraw" in case.do("show")[0], "the withdrawal reaches the desk")
    world.step("6  Reports are saved where there is no connection, and couriers send them")
    saved_and_carried(world, gateway, mother, page)
    world.step("7  What the first text took")
    mother.is_cheap()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--megabytes", type=int, default=300, help="size of the large file")
    parser.add_argument("--slow", action="store_true", help="with the slowest browser as well")
    parser.add_argument("--every-language", action="store_true",
                        help="measure a first text in each, not only in the dearest")
    parser.add_argument("--shots", help="a folder for pictures of every step")
    options = parser.parse_args()
    world = World(options.binaries)
    started = time.monotonic()
    try:
        play(world, Gateway(world), options)
        print(f"\n{world.held} claims held, in {time.monotonic() - started:.0f} s.", flush=True)
        return 0
    except Broken as broken:
        print(f"\n✗ {broken}", file=sys.stderr)
        return 1
    finally:
        world.close()


if __name__ == "__main__":
    sys.exit(main())
