"""What was examined, at the console: text first, pictures blurred until asked for, each part's own
page; nothing of what must not be shown, and nothing to whoever has no session."""
import io
import json
import re
import subprocess
import urllib.parse

import console_beside
import console_keeping
import console_looking
import evidence
import inputs
from handling import RECEIPT
from reporter import SHARE
from world import Broken, get

WORDS = "They moved us on the second night. ကူညီပါ 救命"
NOTE = f"{WORDS} \u202etxet\x1b[2J<img src=x onerror=\"document.title='owned'\">\n"
LABEL = "Look at part "


def photo(world):
    """A JPEG with shapes one can tell apart, a place 0.06 km from one list's KK Park, and a time."""
    from PIL import Image, ImageDraw
    image = Image.linear_gradient("L").resize((800, 600)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((80, 300, 360, 560), fill=(150, 60, 40))
    draw.polygon([(60, 300), (220, 180), (380, 300)], fill=(40, 70, 120))
    for window in range(4):
        draw.rectangle((110 + window * 60, 340, 140 + window * 60, 390), fill=(250, 240, 160))
    path = world.path("mother", "gate.jpg")
    image.save(path, "JPEG", quality=90)
    tagged(path, "-GPSLatitude=16.6476", "-GPSLatitudeRef=N", "-GPSLongitude=98.5205",
           "-GPSLongitudeRef=E", "-DateTimeOriginal=2026:10:01 02:03:04")
    return path


def tagged(path, *fields):
    done = subprocess.run(["exiftool", "-q", "-overwrite_original", *fields, str(path)],
                          capture_output=True, timeout=60)
    if done.returncode:
        raise Broken(f"exiftool: {done.stderr}")


def recording(world, name, *options):
    path = world.path("mother", name)
    done = subprocess.run(["ffmpeg", "-v", "error", "-y", *options, str(path)], capture_output=True,
                          timeout=120)
    if done.returncode:
        raise Broken(f"ffmpeg: {done.stderr}")
    return path


def files(world):
    """One of each kind, in the order in which they are sent."""
    made = [photo(world)]
    paper = world.path("mother", "paper.pdf")
    paper.write_bytes(evidence.pdf(3, "0 0 595 842", b"72 600 200 40 re f 72 500 320 20 re f"))
    note = world.path("mother", "note.txt")
    note.write_text(NOTE)
    both = world.path("mother", "all.zip")
    small = io.BytesIO()
    from PIL import Image
    Image.new("RGB", (40, 30), (200, 30, 30)).save(small, "PNG")
    both.write_bytes(evidence.zipped([("in/\u202egnp.exe", small.getvalue()), ("in/a.txt", NOTE)]))
    sheet = world.path("mother", "sheet.bin")
    sheet.write_bytes(bytes(range(256)) * 8)
    made += [
        paper, note,
        recording(world, "film.mp4", "-f", "lavfi", "-i", "testsrc2=s=320x240:d=2", "-f", "lavfi",
                  "-i", "sine=d=2", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"),
        recording(world, "voice.ogg", "-f", "lavfi", "-i", "sine=d=2", "-c:a", "libopus"),
        both, sheet]
    return made


class Files:
    """A case with one file of each kind, examined, at one verifier's console."""

    def __init__(self, world, gateway, lin):
        self.world, self.gateway, self.lin = world, gateway, lin
        self.name = self.arrives()
        out, _ = gateway.at_desk("show", self.name)
        self.numbers = {name: number for number, name in
                        re.findall(r"\[(\d+)\] evidence “([^”]+)”", out)}

    def arrives(self):
        world, gateway, lin = self.world, self.gateway, self.lin
        tip = world.path("mother", "files-tip.json")
        report = dict(inputs.REPORT, share=SHARE, never=[])
        report["perpetrators"] = dict(report["perpetrators"], accounts=["Telegram @laosi_demo"])
        tip.write_text(json.dumps(report, ensure_ascii=False))
        door = ["--to", gateway.door, "--root-key", gateway.vkey]
        out, _ = world.run("sallyport", "submit", *door, "--tip", tip)
        chosen = [word for file in files(world) for word in ("--evidence", file)]
        world.run("sallyport", "add", *door, *chosen, lines=[RECEIPT.search(out).group()])
        gateway.emptied()
        lin.press("Fetch and send")
        text = lin.works("Fetch now", "Fetching")
        names = set(re.findall(r"case ([0-9a-f]{12}): something new", text))
        if len(names) != 1:
            raise Broken(f"one new case, not {names}\n{text}")
        return names.pop()

    @property
    def session(self):
        """Port, prefix and cookie of the browser's session."""
        address = urllib.parse.urlparse(self.lin.do("address"))
        cookie = next(each for each in self.lin.do("cookies") if each["name"] == "desk")
        return address.port, address.path.split("/")[1], cookie["value"]

    def asks(self, rest, **fields):
        """What the session is answered under the case's path."""
        port, prefix, cookie = self.session
        case = re.search(r"/case/([0-9a-f]{64})", self.lin.do("address")).group(1)
        return get(port, f"/{prefix}/case/{case}{rest}",
                   headers={"Cookie": f"desk={cookie}", **fields})

    def opens(self, file):
        self.lin.opens_case(self.name)
        self.lin.press(LABEL + self.numbers[file])

    def requested(self):
        """What of copies the browser has asked for since the last time."""
        paths = [re.sub(r".*/copy/", "", each) for each in self.lin.do("requests")
                 if "/copy/" in each]
        new, self.seen = paths[getattr(self, "seen", 0):], len(paths)
        return new


def looked_at(world, gateway, lin, okafor):
    case = Files(world, gateway, lin)
    before_it_is_examined(case)
    console_keeping.looked_into(case)
    out, error = gateway.at_desk("show", case.name)
    made = re.findall(r"^ +copy (\d+): (\w+)", out, re.M)
    world.check(sorted(made) == [("1", "mp4"), ("1", "ogg"), ("1", "pdf"), ("1", "png"), ("1", "png"),
                                 ("1", "txt"), ("2", "txt")],
                "the workers make a safe copy of every file but one", f"{made}\n{error}")
    picture(case)
    served(case)
    pages(case)
    recordings(case)
    texts(case)
    archive(case)
    console_looking.written_down(case)
    console_keeping.again(case)
    console_keeping.offered(case)
    console_beside.shown(case)
    never(case, okafor)


def before_it_is_examined(case):
    world, lin = case.world, case.lin
    case.opens("gate.jpg")
    text = lin.sees("Nobody has looked into it yet", "before it is examined there is nothing to see")
    world.check("Look into it now" in text and not case.requested(),
                "and the page says what to do", text)
    status, _, body = case.asks(f"/copy/{case.numbers['gate.jpg']}/1")
    world.check((status, body) == (404, b""), "nor is anything sent")


def picture(case):
    world, lin, part = case.world, case.lin, case.numbers["gate.jpg"]
    case.opens("gate.jpg")
    text = lin.text()
    world.check(text.index("What was found in it") < text.index("It may be hard to see")
                < text.index("Blurred: these are 16 pixels across")
                and "GPSLatitude = 16.6476" in text,
                "what was found comes first, then a warning, then the blurred picture", text)
    world.check(case.requested() == [f"{part}/1/coarse"],
                "the sharp picture was not sent to the browser")
    world.check(width(lin) == 16, "what was sent is 16 pixels wide", width(lin))
    lin.looks("file-covered")
    lin.press("Show it small and grey")
    world.check(case.requested() == [f"{part}/1"] and width(lin) == 800,
                "asked for, it is there, all of its 800 pixels")
    style = lin.do("run", "(each => [getComputedStyle(each).filter, each.width])"
                          "(document.querySelector('img'))")
    world.check(style[0] == "grayscale(1)" and style[1] <= 384, "small and grey", style)
    alt = lin.do("run", "document.querySelector('img').alt")
    world.check("800 × 600 pixels" in alt and "Nobody has described" in alt,
                "its text says what is known and invents nothing", alt)
    lin.looks("file-grey")
    lin.press("Show it large, in colour")
    world.check(lin.do("run", "getComputedStyle(document.querySelector('img')).filter") == "none",
                "it can be large and in colour")
    lin.looks("file-large")
    lin.press("Cover it again")
    world.check(width(lin) == 16, "and covered again")
    case.requested()


def width(lin):
    return lin.do("run", "document.querySelector('img').naturalWidth")


def served(case):
    """The copy itself: what it is said to be, and who gets it."""
    world, part = case.world, case.numbers["gate.jpg"]
    copy = f"/copy/{part}/1"
    status, headers, body = case.asks(copy)
    fields = {name.lower(): value for name, value in dict(headers).items()}
    world.check(status == 200 and body.startswith(b"\x89PNG") and fields["content-type"] == "image/png",
                "the copy is the PNG that was written here", fields)
    expected = {"x-content-type-options": "nosniff", "cache-control": "no-store",
                "cross-origin-resource-policy": "same-origin",
                "content-disposition": f'inline; filename="case-{case.name}-part-{part}-copy-1.png"'}
    world.check(all(fields.get(name) == value for name, value in expected.items())
                and "sandbox" in fields["content-security-policy"]
                and "default-src 'none'" in fields["content-security-policy"],
                "with a policy of its own, and nothing is stored or guessed", fields)
    for what, rest, more in [
            ("another site", copy, {"Sec-Fetch-Site": "cross-site"}),
            ("another session", copy, {"Cookie": "desk=" + "0" * 64})]:
        status, _, body = case.asks(rest, **more)
        world.check(status == 403 and b"PNG" not in body, f"{what} gets nothing of it")
    for what, rest in [("the original", f"/original/{part}"), ("a text", "/copy/1/1"),
                       ("a copy that is not there", f"/copy/{part}/2"),
                       ("a page of a picture", f"/copy/{part}/1/page/1"),
                       ("what has no copy", f"/copy/{case.numbers['sheet.bin']}/1")]:
        status, _, body = case.asks(rest)
        world.check((status, body) == (404, b""), f"{what}: not found, without a word", status)


def pages(case):
    world, lin, part = case.world, case.lin, case.numbers["paper.pdf"]
    case.opens("paper.pdf")
    lin.sees("Page 1 of 3", "a document is shown page by page")
    world.check(case.requested() == [f"{part}/1/page/1/coarse"], "blurred like pictures")
    lin.press("Next page")
    lin.press("Show it large, in colour")
    lin.sees("Page 2 of safe copy 1", "a page is shown when it is asked for")
    world.check(width(lin) > 1000, "sharp enough to be read", width(lin))
    lin.looks("file-page")
    status, headers, body = case.asks(f"/copy/{part}/1")
    world.check(status == 200 and body.startswith(b"%PDF-1.4")
                and dict(headers)["Content-Disposition"].startswith("attachment"),
                "the whole document can only be saved, and the page warns of that", headers)
    world.check("nothing seals it" in lin.do("run", "document.body.textContent"), "in words")
    status, _, body = case.asks(f"/copy/{part}/1/page/4")
    world.check((status, body) == (404, b""), "there is no page after the last")


def recordings(case):
    world, lin = case.world, case.lin
    for file, tag, what in [("film.mp4", "video", "A film, 2 s long"),
                            ("voice.ogg", "audio", "A sound recording, 2 s long")]:
        case.requested()
        case.opens(file)
        lin.sees(f"{what}. Not shown.", f"{file}: covered, with how long it is")
        world.check(not case.requested(), "nothing of it was sent")
        lin.press("Show it small and grey")
        state = lin.do("run", f"(each => [each.controls, each.muted, each.paused, each.autoplay,"
                              f" each.preload])(document.querySelector('{tag}'))")
        world.check(state == [True, True, True, False, "none"] and not case.requested(),
                    "then it has controls, makes no sound, and waits", state)
        lin.looks("file-" + tag)
        played = lin.do("run", f"""(async each => {{
            for (const end = Date.now() + 15000; Date.now() < end && each.currentTime < 0.5;
                 await new Promise(done => setTimeout(done, 100)))
              if (each.paused && !each.ended) await each.play();
            return [each.currentTime, each.error && each.error.message]; }})
            (document.querySelector('{tag}'))""")
        world.check(played[0] >= 0.5 and not played[1], "and it plays", played)
        case.requested()


def texts(case):
    world, lin = case.world, case.lin
    case.opens("note.txt")
    text = lin.sees(WORDS, "a text is shown as text")
    world.check("<img src=x onerror" in text and "owned" not in lin.do("title")
                and "\u202e" not in text, "whatever it wants to be", text)
    lin.looks("file-text")
    case.opens("sheet.bin")
    lin.sees("There is no safe copy of it", "what no decoder takes is not shown")


def archive(case):
    world, lin = case.world, case.lin
    case.opens("all.zip")
    text = lin.sees("2 copies were made", "the copies of what is in an archive can be chosen")
    world.check("in/⟨U+202E⟩gnp.exe" in text, "by names that do not deceive", text)
    lin.looks("file-archive")
    lin.press("2: a text*")
    lin.sees(WORDS, "each of them")


def never(case, okafor):
    """One of them may show the sexual abuse of a minor."""
    world, lin, part = case.world, case.lin, case.numbers["gate.jpg"]
    okafor.opens_case(case.name)
    okafor.press(LABEL + part)
    case.opens("gate.jpg")
    lin.looks("never")
    lin.press("Never show it again")
    lin.sees("shown to nobody any more", "one step, and it is shown to nobody")
    lin.sees("frozen", "and the case is frozen")
    for rest in (f"/copy/{part}/1", f"/copy/{part}/1/coarse"):
        status, _, body = case.asks(rest)
        world.check((status, body) == (404, b""), f"{rest}: nothing is sent any more")
    okafor.press("Show it small and grey")
    text = okafor.sees("it is shown to nobody", "a colleague who had it open is shown nothing either")
    world.check("Never show it again" not in text
                and okafor.do("run", "document.querySelectorAll('img').length") == 0,
                "not even blurred", text)
    okafor.looks("never-shown")
    lin.press(LABEL + case.numbers["note.txt"])
    lin.sees(WORDS, "the other files of the case can still be read")
    lin.press("Who did what with this file")
    lin.sees("was examined", "and who did what with each of them")
