#!/usr/bin/env python3
"""What strangers send, through the real sandbox: every file is answered, none gets out, none stops
the others, and nothing of it is left on a disk.

  examination.py [--binaries DIR] [--slow]

Exits 0 when all held, 1 when something did not, 77 when something could not be run here.
"""
import argparse
import io
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import threading
import time

import evidence
import scanner
from world import Broken, World

# In every file whose bytes can hold it: looked for on the disk afterwards.
MARK = "sallyport-plaintext-mark-7f3a"


class Desk:
    """Runs `rig-examine`, which does what the desk does with a file."""

    def __init__(self, world):
        self.world = world
        self.inbox = world.path("inbox", "x").parent
        self.copies = world.path("copies", "x").parent
        self.times = {}

    def examine(self, files, *options):
        """Reports by name, in any order of ending; how long each took is in `times`."""
        paths = []
        for name, content in files.items():
            path = self.inbox / name
            path.write_bytes(content)
            paths.append(path)
        for old in self.copies.iterdir():
            old.unlink()
        out, _ = self.world.run(
            "rig-examine", *options, self.copies, *paths, timeout=1200)
        names, reports, self.order = list(files), {}, []
        for line in out.splitlines():
            number, milliseconds, text = line.split(" ", 2)
            name = names[int(number)]
            self.order.append(name)
            self.times[name] = int(milliseconds) / 1000
            if not text.startswith("{"):
                raise Broken(f"{name}: {text}")
            reports[name] = json.loads(text)
        for path in paths:
            path.unlink()
        if len(reports) != len(files):
            raise Broken(f"{len(reports)} of {len(files)} files were answered")
        return reports

    def copy(self, name):
        """The bytes of a copy, by its file's name."""
        path = self.copies / name
        return path.read_bytes() if path.exists() else None


def gaps(report):
    return {(gap["step"], gap["why"]) for gap in report.get("gaps", [])}


def kinds(report):
    return [copy["kind"] for copy in report.get("copies", [])]


def decoders(report):
    return {accepted["decoder"] for accepted in report.get("accepted", [])}


def tool(*command, data=None):
    return subprocess.run(command, input=data, capture_output=True, timeout=120)


# -- files as people send them


def pictures(world):
    """A photograph in every usual format, with a place and a time in the JPEG."""
    from PIL import Image
    image = Image.linear_gradient("L").resize((800, 600)).convert("RGB")
    files = {}
    for name, form in [("jpg", "JPEG"), ("png", "PNG"), ("gif", "GIF"), ("webp", "WEBP"),
                       ("tif", "TIFF")]:
        whole = io.BytesIO()
        image.save(whole, form)
        files["photo." + name] = whole.getvalue()
    path = world.path("made", "photo.jpg")
    path.write_bytes(files["photo.jpg"])
    done = tool("exiftool", "-q", "-overwrite_original", "-GPSLatitude=16.6863", "-GPSLatitudeRef=N",
                "-GPSLongitude=98.5089", "-GPSLongitudeRef=E",
                "-DateTimeOriginal=2026:10:01 02:03:04", f"-Artist={MARK}", str(path))
    if done.returncode:
        raise Broken(f"exiftool: {done.stderr}")
    files["photo.jpg"] = path.read_bytes()
    # What newer telephones make.
    telephone = path.with_suffix(".heic")
    done = tool("vips", "copy", str(path), str(telephone))
    if done.returncode:
        raise Broken(f"vips: {done.stderr}")
    files["photo.heic"] = telephone.read_bytes()
    path.unlink()
    telephone.unlink()
    return files


def recordings(world):
    files = {}
    for name, options in [
            ("film.mp4", ["-f", "lavfi", "-i", "testsrc2=s=640x360:d=3", "-f", "lavfi", "-i",
                          "sine=d=3", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]),
            ("film.webm", ["-f", "lavfi", "-i", "testsrc2=s=320x180:d=2", "-c:v", "libvpx"]),
            ("voice.mp3", ["-f", "lavfi", "-i", "sine=d=5"]),
            ("voice.ogg", ["-f", "lavfi", "-i", "sine=d=5", "-c:a", "libopus"]),
            ("voice.m4a", ["-f", "lavfi", "-i", "sine=d=5", "-c:a", "aac"])]:
        path = world.path("made", name)
        done = tool("ffmpeg", "-v", "error", *options, "-metadata", f"title={MARK}", str(path))
        if done.returncode:
            raise Broken(f"ffmpeg: {done.stderr}")
        files[name] = path.read_bytes()
        path.unlink()
    return files


def texts():
    return {
        "note.txt": f"{MARK} ကူညီပါ 救命 help \u202etxet\x1b[2J\n".encode(),
        "letter.docx": evidence.docx(f"{MARK} ကူညီပါ 救命"),
        "letter.odt": evidence.odt(f"{MARK} 救命"),
        "wages.xlsx": evidence.xlsx(f"{MARK} 3000"),
        "letter.rtf": (r"{\rtf1 " + MARK + "}").encode(),
        "paper.pdf": evidence.pdf(3),
    }


def ordinary(world, desk):
    files = {**pictures(world), **recordings(world), **texts()}
    files["all.zip"] = evidence.zipped(
        [("photos/\u202egpj.exe", files["photo.jpg"]), ("note\x07\x1b[2J.txt", files["note.txt"])])
    reports = desk.examine(files)
    expected = {"jpg": "png", "png": "png", "gif": "png", "webp": "png", "tif": "png",
                "heic": "png", "odt": "pdf", "xlsx": "pdf", "mp4": "mp4", "webm": "mp4",
                "mp3": "ogg", "ogg": "ogg", "m4a": "ogg",
                "txt": "txt", "docx": "pdf", "rtf": "pdf", "pdf": "pdf"}
    for number, name in enumerate(files):
        report, ending = reports[name], name.rsplit(".", 1)[1]
        if ending == "zip":
            continue
        copy = desk.copy(f"{number}.{expected[ending]}")
        world.check(
            kinds(report) == [expected[ending]] and copy and not gaps(report),
            f"{name}: a safe copy, in {desk.times[name]:.1f} s", report)
        world.check(ending == "txt" or MARK.encode() not in copy,
                    f"{name}: the copy has no words of the original's", report)
    photo = reports["photo.jpg"]["metadata"]
    world.check(
        any(field["value"].startswith("16.68") for field in photo["places"])
        and any(field["value"] == "2026:10:01 02:03:04" for field in photo["times"])
        and "IFD0:Artist" in photo["names"] and MARK not in json.dumps(photo),
        "place and time of a photograph are reported, of other fields the name", photo)
    world.check(all(len(decoders(reports[name]) - {"archive"}) <= 1 for name in files),
                "none of them passes for two things at once",
                {name: decoders(reports[name]) for name in files})
    check_copies(world, desk, list(files))
    world.check(reports["note.txt"]["scripts"][0] == "Latn"
                and set(reports["letter.docx"]["scripts"]) >= {"Mymr", "Hani"},
                "writing systems are named, also those of a document", reports["letter.docx"])
    note = desk.copy(f"{list(files).index('note.txt')}.txt").decode()
    world.check("\u202e" not in note and "\x1b" not in note and "救命" in note,
                "a text's copy has its words and nothing that acts", note)
    members = reports["all.zip"]["members"]
    world.check([member["name"] for member in members]
                == ["photos/⟨U+202E⟩gpj.exe", "note⟨U+0007⟩⟨U+001B⟩[2J.txt"]
                and [kinds(member) for member in members] == [["png"], ["txt"]],
                "names that would turn round or clear a screen are shown by their codes", members)


def check_copies(world, desk, names):
    """What other people's tools say of the copies."""
    for number, name in enumerate(names):
        for path in desk.copies.glob(f"{number}.*"):
            fields = tool("exiftool", "-a", "-G1", "-s", str(path)).stdout.decode()
            world.check(
                not any(word in fields for word in ("GPS", "Artist", "Title", "2026:10", "Author",
                                                    "Producer")),
                f"exiftool finds no place, name or time in the copy of {name}", fields)
            if path.suffix == ".pdf" and shutil.which("qpdf"):
                world.check(
                    tool("qpdf", "--check", str(path)).returncode == 0
                    and not tool("pdftotext", str(path), "-").stdout.strip(),
                    f"qpdf finds no fault in the copy of {name}, and pdftotext no text")


def fields_of_documents(world, desk):
    core = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>someone'
            "</dc:creator></cp:coreProperties>")
    report = desk.examine({"a.docx": evidence.docx(more=[("docProps/core.xml", core)])})["a.docx"]
    world.check(any(name.endswith(":Creator") for name in report["metadata"]["names"]),
                "a document's own fields are named", report["metadata"])


# -- files that are made to harm


def malware(world, desk):
    clamd = scanner.Scanner(world, "clamd")
    where = ("--socket", clamd.socket)
    photo = pictures(world)["photo.jpg"]
    locked = locked_zip(world)
    reports = desk.examine({
        "clean.txt": b"nothing\n", "eicar.txt": evidence.EICAR,
        "eicar.zip": evidence.zipped([("a.txt", evidence.EICAR), ("photo.jpg", photo)]),
        "eicar.docx": evidence.docx(more=[("word/embedded.txt", evidence.EICAR.decode())]),
        "locked.zip": locked, "large.bin": os.urandom(41 << 20),
    }, *where)
    scans = {name: report["scan"] for name, report in reports.items()}
    today = time.strftime("%Y-%m-%d", time.gmtime())
    world.check(scans["clean.txt"]["outcome"] == "clean" and scans["clean.txt"]["day"] == today,
                "a harmless file is clean, with the scanner's version and the day of its signatures",
                scans["clean.txt"])
    for name in ("eicar.txt", "eicar.zip", "eicar.docx"):
        world.check(scans[name]["outcome"] == "found", f"{name}: found", scans[name])
    world.check(not kinds(reports["eicar.docx"])
                and ("copy", "malware-found") in gaps(reports["eicar.docx"]),
                "no decoder is let near a file in which something was found", reports["eicar.docx"])
    inner = reports["eicar.zip"]["members"]
    world.check([member["scan"]["outcome"] for member in inner] == ["found", "clean"]
                and [kinds(member) for member in inner] == [[], ["png"]],
                "the harmless photograph beside it in an archive still gets its copy", inner)
    world.check(scans["locked.zip"]["why"] == "encrypted"
                and ("members", "encrypted") in gaps(reports["locked.zip"]),
                "a locked archive could not be scanned, which is not clean", reports["locked.zip"])
    world.check(scans["large.bin"]["outcome"] == "could-not-scan",
                "nor is what is larger than the scanner takes", scans["large.bin"])
    clamd.close(world)
    for name, age, dated, why in [
            ("clamd-old", 20, True, "old-database"), ("clamd-plain", 0, False, "unknown-database")]:
        clamd = scanner.Scanner(world, name, days_old=age, dated=dated)
        scan = desk.examine({"a.txt": b"nothing\n"}, "--socket", clamd.socket)["a.txt"]["scan"]
        world.check(scan["outcome"] == "could-not-scan" and scan["why"] == why,
                    f"with signatures of {'20 days ago' if dated else 'no date'} nothing is clean",
                    scan)
        clamd.close(world)
    scan = desk.examine({"a.txt": b"nothing\n"}, "--socket", "/nonexistent")["a.txt"]["scan"]
    world.check(scan["why"] == "unreachable", "nor without a scanner", scan)


def locked_zip(world):
    """An archive with a password; Debian's bsdtar makes one."""
    folder = world.path("made", "locked", "x").parent
    (folder / "secret.txt").write_text("secret\n")
    done = tool("bsdtar", "-C", str(folder), "--format", "zip", "--options",
                "zip:encryption=aes256", "--passphrase", "x", "-cf", str(folder / "a.zip"),
                "secret.txt")
    if done.returncode:
        raise Broken(f"bsdtar: {done.stderr}")
    return (folder / "a.zip").read_bytes()


def bombs(world, desk, slow):
    """All at once, with small texts behind them; the slow ones take minutes to be stopped."""
    files = {"forms.pdf": evidence.pdf_bomb(), "pages.pdf": evidence.pdf(100_000)} if slow else {}
    files |= {
        "entities.docx": evidence.docx(text="&a10;", head=evidence.xml_bomb()),
        "zeros.zip": evidence.zip_bomb(1024), "zeros.gz": evidence.gzip_bomb(1024),
        "plain.png": evidence.png(30000, 30000), "many.zip": evidence.zipped(
            [(f"{number}.txt", b"") for number in range(600)]),
        "deep.zip": evidence.nested(100), "vast.pdf": evidence.pdf(media="0 0 9999999 9999999"),
        "long.mp4": long_film(world),
        "entities.xml": (evidence.xml_bomb() + "<x>&a10;</x>").encode(),
    }
    files.update({f"after-{number}.txt": b"after\n" for number in range(6)})
    reports = desk.examine(files)
    for name, report in reports.items():
        world.say(f"{name}: {desk.times[name]:.1f} s, {kinds(report)} {sorted(gaps(report))}")
    world.check(all(kinds(reports[f"after-{number}.txt"]) == ["txt"] for number in range(6))
                and max(desk.times[f"after-{number}.txt"] for number in range(6)) < 10,
                "files behind the bombs are examined as always", desk.times)
    slowest = max(desk.times, key=lambda name: desk.times[name])
    world.check(desk.order.index("after-5.txt") < desk.order.index(slowest) or not slow,
                "and do not wait for the slowest", desk.order)
    if slow:
        endless(world, reports)
    world.check(not kinds(reports["entities.docx"]) or desk.times["entities.docx"] < 30,
                "a document of entities in entities is stopped", reports["entities.docx"])
    for name in ("zeros.zip", "zeros.gz"):
        world.check(("members", "bomb") in gaps(reports[name]),
                    f"{name}: a thousand to one is a bomb", reports[name])
    many = reports["many.zip"]
    world.check(("members", "too-many") in gaps(many)
                and len(many.get("members", [])) + many.get("omitted", 0) == 500,
                "of 600 files in an archive 500 are looked at", gaps(many))
    depth, inner = 0, reports["deep.zip"]
    while inner.get("members"):
        depth, inner = depth + 1, inner["members"][0]
    world.check(depth == 4 and ("members", "too-deep") in gaps(inner),
                "of archives in archives four are opened", inner)
    world.check(not gaps(reports["vast.pdf"]) or not kinds(reports["vast.pdf"]),
                "a page as large as a field is a page, or is refused", reports["vast.pdf"])
    world.check(kinds(reports["entities.xml"]) == ["txt"],
                "entities in a text file are text", reports["entities.xml"])
    world.check(reports["long.mp4"]["copies"][0]["partial"],
                "a film of a day is cut, and the report says so", reports["long.mp4"])


def endless(world, reports):
    """What ends only at its limit of time."""
    forms, pages = reports["forms.pdf"], reports["pages.pdf"]
    world.check(not kinds(forms) and gaps(forms),
                "a PDF of thousands of millions of drawings is stopped", forms)
    partial = [copy["partial"] for copy in pages.get("copies", [])]
    world.check(pages["pages"] == 100_000
                and (partial == [True] or ("copy", "time-limit") in gaps(pages)),
                "of 100,000 pages some are copied or none, and the report says so", pages)


def long_film(world):
    """A day of one grey picture a minute, in a few kilobytes."""
    path = world.path("made", "long.mp4")
    done = tool("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=gray:s=64x64:r=1/60:d=86400",
                "-c:v", "libx264", "-preset", "ultrafast", str(path))
    if done.returncode:
        raise Broken(f"ffmpeg: {done.stderr}")
    return path.read_bytes()


def polyglots(world, desk):
    made = pictures(world)
    gif, jpeg, pdf = made["photo.gif"], made["photo.jpg"], evidence.pdf()
    archive = evidence.zipped([("inner.txt", b"inner\n")])
    reports = desk.examine({
        "gif-pdf": gif + pdf, "jpeg-html": jpeg + b"<html><script>alert(1)</script></html>",
        "pdf-zip": pdf + archive, "jpeg-zip": jpeg + archive,
    })
    for name, expected in [
            ("gif-pdf", {"picture", "pdf"}), ("jpeg-html", {"picture", "page"}),
            ("pdf-zip", {"pdf", "archive"}), ("jpeg-zip", {"picture", "archive"})]:
        world.check(decoders(reports[name]) == expected,
                    f"{name}: named as both", reports[name])
    for path in sorted(desk.copies.iterdir()):
        content = path.read_bytes()
        world.check(b"<script>" not in content and b"PK\3\4" not in content
                    and content.count(b"%PDF") == (path.suffix == ".pdf"),
                    f"a copy ({path.suffix[1:]}) is one thing only")


def curious(world, desk):
    """A document that wants the network and this machine's files."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)

        def listen():
            try:
                while True:
                    heard.append(listener.accept())
            except OSError:
                pass
        threading.Thread(target=listen, daemon=True).start()
        port = listener.getsockname()[1]
        reports = desk.examine({
            "curious.docx": evidence.curious_docx(port),
            "curious.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:{port}/x"/></svg>'.encode(),
            "list.m3u8": f"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{port}/x.ts\n".encode(),
            "concat.txt": b"ffconcat version 1.0\nfile /etc/passwd\n",
        })
    world.check(not heard, "a document that calls its sender is not heard by anyone")
    world.check(kinds(reports["curious.svg"]) == []
                and ("copy", "no-copy-of-type") in gaps(reports["curious.svg"]),
                "a drawing that can hold programs is not copied", reports["curious.svg"])
    world.check(all("recording" not in decoders(reports[name])
                    for name in ("list.m3u8", "concat.txt")),
                "a playlist is no recording", reports)


def links(world, desk):
    reports = desk.examine({"links.tar": evidence.tar_of_links()})
    members = reports["links.tar"].get("members", [])
    world.check(("members", "not-a-file") in gaps(reports["links.tar"])
                and all("root:" not in json.dumps(member) for member in members),
                "links and devices in an archive are named and not followed", reports)
    world.check(not pathlib.Path("/tmp/sallyport-escaped").exists(),
                "a member called ../../../tmp/x is text, and goes nowhere")


def broken(world, desk):
    """The first half of each, and each with noise in its middle."""
    files = {**pictures(world), **recordings(world), **texts(),
             "a.zip": evidence.zipped([("x.txt", b"x" * 5000), ("y.txt", b"y" * 5000)])}
    damaged = {"empty": b""}
    for name, content in files.items():
        middle = len(content) // 2
        damaged["half-" + name] = content[:middle]
        damaged["noise-" + name] = content[:middle] + os.urandom(64) + content[middle + 64:]
    reports = desk.examine(damaged)
    world.check(len(reports) == len(damaged),
                f"{len(damaged)} broken files are all answered")
    world.check(all(report.get("copies") or report.get("gaps") or report.get("members")
                    for report in reports.values()),
                "and each has a copy or a reason", reports)


def never_rendered(world, desk):
    files = {"photo.jpg": pictures(world)["photo.jpg"], "a.zip": evidence.nested(2)}
    reports = desk.examine(files, "--never-render")
    for name, report in reports.items():
        world.check(not kinds(report) and "accepted" not in report and "metadata" not in report
                    and "members" not in report and ("copy", "never-rendered") in gaps(report),
                    f"{name}: with --never-render no decoder is started", report)


def traces(world, began):
    """Files on this machine's disks, made since, that hold the plaintext's mark."""
    for top in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/home"):
        for folder, _, names in os.walk(top):
            for path in (pathlib.Path(folder, name) for name in names):
                try:
                    if (world.root in path.parents or path.is_symlink() or not path.is_file()
                            or path.stat().st_mtime < began or path.stat().st_size > 1 << 28):
                        continue
                    if MARK.encode() in path.read_bytes():
                        yield path
                except OSError:
                    continue


def workers():
    """Processes that a worker has left behind."""
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"/proc/self/fd/0" in path.read_bytes():
                yield path
        except OSError:
            continue


def play(world, slow):
    desk, began = Desk(world), time.time()
    world.step("1  Files as people send them")
    ordinary(world, desk)
    fields_of_documents(world, desk)
    world.step("2  Malware, and a scanner that cannot scan")
    malware(world, desk)
    world.step("3  Two things at once")
    polyglots(world, desk)
    world.step("4  Files that want out")
    curious(world, desk)
    links(world, desk)
    world.step("5  Broken files of each type")
    broken(world, desk)
    world.step("6  What nobody may render")
    never_rendered(world, desk)
    world.step("7  Bombs")
    bombs(world, desk, slow)
    world.step("8  Afterwards")
    left = list(traces(world, began))
    world.check(not left, "no plaintext is left in a temporary folder", left)
    world.check(not list(workers()), "and no worker")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--slow", action="store_true", help="bombs that take minutes, too")
    options = parser.parse_args()
    if tool("unshare", "--user", "true").returncode:
        print("!! NOT RUN on this machine: there are no user namespaces", file=sys.stderr)
        return 77
    if not scanner.is_installed():
        print("!! NOT RUN on this machine: there is no clamd", file=sys.stderr)
        return 77
    world = World(options.binaries)
    started = time.monotonic()
    try:
        play(world, options.slow)
    except Broken as broken_claim:
        print(f"\n✗ {broken_claim}", file=sys.stderr)
        return 1
    finally:
        world.close()
    print(f"\n{world.held} claims held, in {time.monotonic() - started:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
