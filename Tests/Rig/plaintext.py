#!/usr/bin/python3
"""No plaintext is left: a whole case goes through the desk, and every place that could hold a trace of
it is searched for rare words, for pieces of the files, for what people typed, and for pixels.

  plaintext.py [--binaries DIR]

Everything that the desk writes (its folder, the agents' keys, the sockets' folders, /tmp) lies on a
file system in a loop image that writes at once; afterwards it is unmounted and searched byte by byte:
what ever reached the disk shows, removed files too. /dev/shm is searched while the desk works. At the
end the same words are planted and removed again, and must be found.

Does not show: memory itself, and a swap, which the desk's machine must not have (or encrypted).
Exit codes: 0 nothing found, 1 broken, 77 could not run (needs root and loop devices, and no swap).
"""
import argparse
import ctypes
import io
import mmap
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import fuse
from rig import RigGateway
from world import Broken, World

import desk
import evidence
import handling
import inputs
from gateway import PASSPHRASES

NOT_RUN = 77
CLONE_NEWNS = 0x00020000
IMAGE_BYTES = 256 << 20
PIECE = 24
# Rare words, one for each road that a text takes.
WORDS = {name: f"zqx{name}kwv{number}" for number, name in enumerate([
    "narrative", "urgency", "reporter", "site", "exif", "pdf", "docx", "member", "note", "summary",
    "verdict", "reason", "caveat", "question", "answer", "resume"])}


class CannotRun(Exception):
    """This machine does not let the rig run."""


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode != 0:
        raise CannotRun(f"{' '.join(map(str, command))}: {done.stderr.strip()}")


def check_machine():
    if os.geteuid() != 0 or not os.path.exists("/dev/loop-control"):
        raise CannotRun("it must be run as root, with loop devices")
    for tool in ("mkfs.ext4", "mount", "umount"):
        if not shutil.which(tool):
            raise CannotRun(f"{tool} is not installed")
    if len(pathlib.Path("/proc/swaps").read_text().splitlines()) > 1:
        raise CannotRun("there is a swap, which holds what other programs wrote, too")
    # Mounts of this process only: they go with it, even when it is killed.
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) != 0:
        raise CannotRun(f"unshare: {os.strerror(ctypes.get_errno())}")
    run("mount", "--make-rprivate", "/")


class Disk:
    """The file system that all of the desk lies on."""

    def __init__(self, world):
        self.world, self.image, self.mounted = world, world.path("disk.image"), world.path("disk")
        self.mounted.mkdir()

    def make(self):
        with open(self.image, "wb") as image:
            image.truncate(IMAGE_BYTES)
        run("mkfs.ext4", "-q", "-F", self.image)
        self.mount()
        for name in ("desk", "desk-keys", "run", "verifiers", "tmp"):
            (self.mounted / name).mkdir()
            if name != "tmp":
                (self.world.root / name).symlink_to(self.mounted / name)

    def mount(self):
        # Everything at once, also what is removed a moment later.
        run("mount", "-o", "loop,sync,nodelalloc", self.image, self.mounted)

    def unmount(self):
        if os.path.ismount("/tmp"):
            subprocess.run(["umount", "/tmp"], check=True, capture_output=True)
        if os.path.ismount(self.mounted):
            subprocess.run(["umount", str(self.mounted)], check=True, capture_output=True)

    def take_over_tmp(self):
        """/tmp lies on the disk too, for this process and those it starts."""
        run("mount", "--bind", self.mounted / "tmp", "/tmp")
        os.chmod("/tmp", 0o1777)

    def holding(self, needles):
        """The names of those that are anywhere on the disk, by its raw bytes."""
        with open(self.image, "rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as all_:
            return sorted(name for name, forms in needles.items()
                          if any(all_.find(form) >= 0 for form in forms))


class Shared:
    """Looks into /dev/shm all the time: what is there for a moment only, too."""

    def __init__(self, needles):
        self.needles, self.found, self.looks, self.ends = needles, set(), 0, False
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def look(self):
        for path in pathlib.Path("/dev/shm").rglob("*"):
            try:
                content = path.read_bytes() if path.is_file() else b""
            except OSError:
                continue
            self.found |= {name for name, forms in self.needles.items()
                           if any(form in content for form in forms)}
        self.looks += 1

    def _run(self):
        while not self.ends:
            self.look()
            time.sleep(0.02)

    def end(self):
        self.ends = True
        self.thread.join()


def forms(text):
    return [text.encode(), text.encode("utf-16-le")]


def pieces(content):
    """Pieces of a file from its beginning, middle and end."""
    places = (len(content) // 8, len(content) // 2, len(content) * 7 // 8)
    return [content[place:place + PIECE] for place in places]


def picture():
    """A JPEG with a word in its metadata, and a PNG whose decoded pixels are a text."""
    from PIL import Image
    whole, pixels = io.BytesIO(), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = WORDS["exif"]
    noise = Image.effect_noise((320, 240), 90).convert("RGB")
    noise.save(whole, "JPEG", exif=exif)
    row = (b"zqx-these-are-pixels-kwv-" * 40)[:900]
    Image.frombytes("RGB", (300, 60), row * 60).save(pixels, "PNG")
    return whole.getvalue(), pixels.getvalue(), row


def originals(world):
    """The files of evidence, and what to look for because of them."""
    jpeg, png, row = picture()
    paper = evidence.pdf(2, content=b"BT (" + WORDS["pdf"].encode() + b") Tj ET 0 0 90 90 re f")
    files = {
        "photo.jpg": jpeg, "pixels.png": png, "paper.pdf": paper,
        "letter.docx": evidence.docx(f"{WORDS['docx']} " + os.urandom(600).hex()),
        "note.txt": f"{WORDS['note']} 救命 {os.urandom(30).hex()}\n".encode(),
        "all.zip": evidence.zipped([("a.txt", WORDS["member"] + os.urandom(900).hex())])}
    needles = {f"pieces of {name}": pieces(content) for name, content in files.items()}
    # Three bytes a pixel: a decoder that turns colours round would show it otherwise.
    needles["decoded pixels"] = [row[3:51], bytes(b for i in range(3, 51, 3)
                                                  for b in reversed(row[i:i + 3]))]
    paths = []
    for name, content in files.items():
        path = world.path("mother", name)
        path.write_bytes(content)
        paths.append(path)
    return paths, needles


def everything(needles):
    """Words, files, and passphrases."""
    found = {f"the word of {name}": forms(word) for name, word in WORDS.items()}
    found |= {f"the passphrase of {name}": forms(PASSPHRASES[name])
              for name in ("desk", "lin", "okafor")}
    return found | needles


class Mother(handling.Sender):
    """A reporter whose tip has a rare word in every text."""

    def sends(self, paths):
        share = [{"office": "office-a", "parts": handling.CLASSES}]
        text = inputs.tip(share, ["office-c"], handling.WORD)
        for old, name in (("我是河北人", "narrative"), ("他们说月底", "urgency"),
                          ("只用这个网站", "reporter"), ("KK园区", "site")):
            if old not in text:
                raise Broken(f"the tip has no {old} any more")
            text = text.replace(old, WORDS[name] + old, 1)
        self.tip.write_text(text)
        files = [word for path in paths for word in ("--evidence", path)]
        self.told, _ = self.do("submit", "--tip", self.tip, *files)
        self.receipt = handling.RECEIPT.search(self.told).group()


def case_of(world, gateway, paths):
    """A tip with all files arrives."""
    mother = Mother.__new__(Mother)
    mother.world, mother.gateway, mother.tip = world, gateway, world.path("mother", "tip.json")
    mother.sends(paths)
    [name] = handling.taken(world, gateway)
    case = desk.Case(world, gateway)
    case.name = name
    return mother, case


def whole_case(world, gateway, paths):
    """Everything that people do at the desk; returns what was shown, to see that it was no other."""
    mother, case = case_of(world, gateway, paths)
    listed = re.findall(r"\[(\d+)\] evidence “([^”]+)”", case.do("show")[0])
    examined, _ = case.do("examine", *(number for number, _ in listed))
    case.do("assess", "--source", "C", "--information", "3", "--indicators", "movement",
            "--place-on-one-source", by="lin",
            says=[*(WORDS[name] for name in ("verdict", "reason", "caveat")),
                  desk.SENTENCES["movement"], desk.PLACE])
    case.do("label", *handling.TEXTS, *(number for number, _ in listed), "--contains", "none",
            by="lin")
    summary = world.path("notes", "summary.txt")
    summary.write_text(WORDS["summary"])
    case.do("derive", "report", "--contains", "person", "--language", "en", "--note", "short",
            "--text", summary, by="lin")
    case.do("ask", "--language", "en", says=[WORDS["question"]], by="lin")
    case.do("approve-question", "q1", by="okafor")
    gateway.at_desk("publish-mailbox")
    answers(world, gateway, mother, case)
    handling.approved(case, "office-a")
    released, _ = case.do("release")
    mother.withdraws(word=handling.WORD)
    handling.pulled(gateway)
    case.do("resume", by="lin", says=[WORDS["resume"]])
    gateway.at_desk("list")
    return examined + case.do("show")[0] + released, case, dict(
        (name, number) for number, name in listed)


def answers(world, gateway, mother, case):
    mother.sees(WORDS["question"], "the question in her mailbox")
    mother.do("answer", "--question", "q1", lines=[mother.receipt, WORDS["answer"]])
    handling.pulled(gateway)
    case.do("label", "answer", "--contains", "none", by="lin")


def copies(world, case, numbers):
    """Pieces of the safe copies: what the workers made, which nobody else has seen."""
    needles = {}
    for name in ("photo.jpg", "paper.pdf", "letter.docx"):
        path = world.path("copies", name + ".copy")
        case.do("show", "--part", numbers[name], "--export-copy", path)
        needles[f"pieces of the safe copy of {name}"] = pieces(path.read_bytes())
    return needles


def interrupted_export(world, gateway, case, number):
    """An export that a signal ends leaves nothing; one that is killed leaves what SECURITY.md says."""
    target = world.path("exports", "photo.bin")
    # That somebody saved it is written down once a day: after that the first step is the export's own.
    case.do("show", "--part", number, "--export-original", target)
    target.unlink()
    spark = fuse.Fuse(world, "export")
    # Once it goes on, the signal and the rest of a small export run side by side: one that was done
    # before the signal came was not ended, and shows nothing.
    for _ in range(20):
        begun, code = ended_export(world, gateway, case, number, target, spark)
        if code != 0:
            break
        target.unlink()
    if not begun or os.listdir(target.parent) or code != 128 + signal.SIGTERM:
        raise Broken(f"an export that was ended: {begun}, then {os.listdir(target.parent)}, {code}")


def ended_export(world, gateway, case, number, target, spark):
    """Ends an export at its first step; what lay there then, and its exit code."""
    spark.arm(1, signal.SIGSTOP)
    with spark.in_programs():
        command = world.command("sallyport-desk", [
            "show", "--desk", gateway.desk, case.name, "--part", number, "--export-original", target])
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(200):
        if pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T":
            break
        time.sleep(0.05)
    begun = os.listdir(target.parent)
    process.terminate()
    process.send_signal(signal.SIGCONT)
    process.communicate(timeout=30)
    return begun, process.returncode


def play(world, disk):
    gateway = RigGateway(world)
    disk.make()
    disk.take_over_tmp()
    gateway.ceremony()
    gateway.start_dispatch()
    gateway.begin_intake()
    gateway.start_desk()
    paths, needles = originals(world)
    needles = everything(needles)
    shared = Shared(needles)
    told, case, numbers = whole_case(world, gateway, paths)
    missing = [name for name in ("narrative", "site", "verdict", "question", "answer")
               if WORDS[name] not in told]
    if missing or told.count("safe copy: ") < 4 or "released" not in told:
        raise Broken(f"the case was not what it should be: {missing}\n{told}")
    needles |= copies(world, case, numbers)
    interrupted_export(world, gateway, case, numbers["photo.jpg"])
    for process in world.processes:
        world.stop(process)
    shared.end()
    return needles, shared


def search(world, disk):
    """What was found, and whether the search can find anything."""
    needles, shared = play(world, disk)
    disk.unmount()
    found = disk.holding(needles)
    faults = [f"on the disk: {name}" for name in found]
    faults += [f"in /dev/shm: {name}" for name in sorted(shared.found)]
    blind = set(needles) - set(planted(disk, needles)) | set(needles) - planted_in_memory(needles)
    faults += [f"the search does not find, though it was there: {name}" for name in sorted(blind)]
    print(f"{len(needles)} words and files looked for in {IMAGE_BYTES >> 20} MiB of disk, and"
          f" {shared.looks} times in /dev/shm: {len(found) + len(shared.found)} found;"
          f" planted and removed, {len(needles) - len(blind)} of {len(needles)} were")
    return faults


def planted(disk, needles):
    """The same search, after each was in a file for a moment."""
    disk.mount()
    for number, forms_ in enumerate(needles.values()):
        path = disk.mounted / "tmp" / f"planted-{number}"
        path.write_bytes(b"." * 100 + forms_[-1])
    os.sync()
    for path in (disk.mounted / "tmp").glob("planted-*"):
        path.unlink()
    disk.unmount()
    return disk.holding(needles)


def planted_in_memory(needles):
    shared = Shared(needles)
    with tempfile.NamedTemporaryFile(dir="/dev/shm") as file:
        file.write(b".".join(form for forms_ in needles.values() for form in forms_))
        file.flush()
        shared.look()
    shared.end()
    return shared.found


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", default=".build/debug")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    # Not /tmp: what reporters have in the clear does not lie where the desk's traces are looked for.
    tempfile.tempdir = "/var/tmp"
    world = World(arguments.binaries, quiet=True, separate=False)
    disk = Disk(world)
    try:
        check_machine()
        if not fuse.can_build(world):
            raise CannotRun("there is no C compiler")
        faults = search(world, disk)
    except CannotRun as why:
        print(f"SEARCH FOR PLAINTEXT NOT RUN: {why}", file=sys.stderr)
        return NOT_RUN
    except (Broken, OSError) as broken:
        faults = [str(broken)]
    finally:
        for process in world.processes:
            world.stop(process, signal.SIGKILL)
        disk.unmount()
        world.close()
    for fault in faults:
        print(f"BROKEN: {fault}")
    print(f"no plaintext left: {'BROKEN' if faults else 'held'} ({time.monotonic() - began:.0f} s)")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
