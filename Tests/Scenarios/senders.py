"""Troubles of somebody who sends: unknown offices, lost answers, dead keys, full disks."""
import errno
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import inputs
from faulty import FULL, FaultyLine
from gateway import PASSPHRASES, TODAY
from reporter import NEVER, SHARE
from swallowing import SwallowingProxy, send_raw
from world import Broken, CuttingProxy, eventually, get

RECEIPT = re.compile(r"\d{4} \d{4} \d{4} \d{4} \d{4}")
DISK_MIB = 12
RESERVE_MIB = 6


def tip_file(world, name, share=SHARE, never=NEVER):
    path = world.path("sender", name)
    path.write_text(inputs.tip(share, never))
    return path


def submit(world, gateway, tip, *more, to=None, expect=0):
    return world.run(
        "sallyport", "submit", "--to", to or gateway.door, "--root-key", gateway.vkey, "--tip", tip,
        *more, expect=expect)


def pulled(world, gateway, expect=0):
    """The cases that a pull changed after dispatch had taken everything, and what it said."""
    gateway.emptied()
    out, error = gateway.at_desk("pull", expect=expect)
    return set(re.findall(r"case ([0-9a-f]{12})", out)), out + error


# -- an unknown office

def unknown_office(world, gateway):
    proxy = SwallowingProxy(gateway.intake_port, swallow=0)
    shares = [{"office": "office-x", "parts": ["report"]}]
    for name, file in (("share", tip_file(world, "share.json", share=shares)),
                       ("never", tip_file(world, "never.json", never=["office-x"]))):
        out, error = submit(world, gateway, file, to=proxy.url, expect="failure")
        world.check('no office "office-x"; nothing was sent' in error and "office-a" in error,
                    f"an unknown office under “{name}” is named, with the offices there are", error)
        world.check(not RECEIPT.search(out), "and no receipt of an unsent tip is left behind", out)
    world.check(not proxy.requests, "the door was sent nothing")
    proxy.close()


# -- a tip that says nothing

def empty_tip(world, gateway):
    proxy = SwallowingProxy(gateway.intake_port, swallow=0)
    tip = world.path("sender", "empty.json")
    tip.write_text(json.dumps({"language": "en", "report": {"narrative": ""}, "never": ["office-c"]}))
    out, error = submit(world, gateway, tip, to=proxy.url, expect="failure")
    world.check("says nothing yet" in error and "nothing was sent" in error and not out
                and not proxy.requests,
                "a tip in which nothing stands is not sent, and leaves no receipt behind", error)
    proxy.close()


# -- a door that is ill

def ill_door(world, gateway):
    """A door that has trouble is not a full one, and what answers at every café is neither."""
    tip = tip_file(world, "ill.json")
    for kind, waits, ends in (
            (500, "trouble of its own; trying again", "trouble of its own (500). Nothing is lost"),
            (503, "trouble of its own; trying again", "trouble of its own (503). Nothing is lost"),
            (FULL, "server is busy; trying again", "too busy at the moment. Nothing is lost"),
            (429, "server is busy; trying again", "too busy at the moment. Nothing is lost")):
        line = FaultyLine(gateway.intake_port)
        line.fault(kind, "POST /tips")
        _, error = submit(world, gateway, tip, to=f"http://127.0.0.1:{line.port}", expect="failure")
        line.close()
        world.check(waits in error and ends in error and line.met == 4,
                    f"{kind if kind != FULL else 'a full door'} to every tip: it is tried again by"
                    f" itself, and then told as: {ends}", f"{line.met} {error}")
    world.check(not gateway.spooled(), "and nothing was taken")


# -- the same tip again

def sent_twice(world, gateway):
    """Returns the name of the case it became."""
    proxy = SwallowingProxy(gateway.intake_port, swallow=1)
    out, _ = submit(world, gateway, tip_file(world, "tip.json"), to=proxy.url)
    world.check(len(proxy.requests) == 2 and proxy.requests[0] == proxy.requests[1],
                "the answer is lost on the way: her program sends the very same bytes again")
    world.check("safely stored" in out and len(RECEIPT.findall(out)) == 1,
                "and gets the ordinary answer, under the one receipt she was shown", out)
    answers = list(proxy.answers)
    request = proxy.requests[0]
    proxy.close()
    answers.append(send_raw(gateway.intake_port, request))
    gateway.emptied()
    answers.append(send_raw(gateway.intake_port, request))
    gateway.emptied()
    world.stop(gateway.intake)
    gateway.start_intake()
    answers.append(send_raw(gateway.intake_port, request))
    cases, told = pulled(world, gateway)
    world.check(len(cases) == 1, "at the desk it is one case", told)
    answers.append(send_raw(gateway.intake_port, request))
    again, told = pulled(world, gateway)
    world.check(not again and "refused" not in told, "nor does it come back once it was taken", told)
    world.check(len(set(answers)) == 1 and answers[0].startswith(b"HTTP/1.1 202"),
                f"all {len(answers)} answers are alike: lost, repeated, after dispatch took it, after"
                " a restart of the door, after the desk took it", str(answers))
    return cases.pop()


# -- a dead desk epoch

def dead_epoch(world, gateway):
    late = tip_file(world, "late.json")
    submit(world, gateway, late)
    gateway.emptied()
    old = world.path("sender", "old-directory.note")
    old.write_bytes(gateway.note.read_bytes())
    kill_epoch(world, gateway)
    proxy = SwallowingProxy(gateway.intake_port, swallow=0)
    _, error = submit(world, gateway, late, "--directory", old, to=proxy.url, expect="failure")
    world.check(proxy.answers and proxy.answers[0].startswith(b"HTTP/1.1 410")
                and b"fetch the directory and seal again" in proxy.answers[0],
                "the door refuses what was sealed to the dead epoch, and says what to do",
                str(proxy.answers))
    world.check("no longer in use" in error and "Fetch the new directory and seal again" in error,
                "so does the program, in plain words", error)
    world.check(not gateway.spooled(), "and nothing of it is kept")
    proxy.close()
    submit(world, gateway, late)
    world.check(True, "with the new directory the program seals to the new epoch by itself")
    cases, told = pulled(world, gateway, expect=1)
    world.check(len(cases) == 1, "the agent, still running, opens it with the new epoch's key", told)
    world.check("waits, and nothing of it was taken" in told and "is dead" in told,
                "what came in time for the dead key waits, and people are told", told)
    (gateway.desk_keys / "epoch-1.age").unlink()
    _, told = pulled(world, gateway)
    world.check("nobody can open it any more" in told and any((gateway.desk / "refused").iterdir()),
                "once that key is destroyed, it is refused in words, and its frame is kept", told)


def kill_epoch(world, gateway):
    """A second epoch's key is made, and the root signs that the first is dead."""
    added, _ = world.run(
        "sallyport-desk", "init", "--keys", gateway.desk_keys, "--epoch", "2", "--opens",
        TODAY.isoformat(), "--closes", (TODAY + timedelta(days=89)).isoformat(),
        lines=[PASSPHRASES["desk"]], user="agent")
    file = gateway.keys / "desk.toml"
    file.write_text(file.read_text().replace("dead = false", "dead = true") + added)
    gateway.sign()
    world.run("sallyport-desk", "directory", "--desk", gateway.desk, gateway.note, gateway.policy)
    world.run("sallyport-dispatch", "adopt-directory", "--config", gateway.dispatch_config(),
              gateway.note)
    note = gateway.note.read_bytes()
    eventually(lambda: get(gateway.intake_port, "/directory")[2] == note,
               "the door giving out the new directory")


# -- a full disk

def full_disk(world, gateway):
    if os.geteuid() != 0:
        return ["a full disk at intake (mounting a small disk needs root)"]
    mount_small_disk(world, gateway)
    # Nothing leaves the spool: the disk fills as it would when dispatch is away.
    world.stop(gateway.dispatch)
    tip = tip_file(world, "full.json")
    out, _ = submit(world, gateway, tip)
    receipt = RECEIPT.search(out).group()
    first, second = evidence(world, "first.bin", 3), evidence(world, "second.bin", 4)
    add(world, gateway, receipt, first)
    _, error = add(world, gateway, receipt, second, expect="failure")
    world.check("too busy" in error and "Nothing is lost" in error,
                "when evidence has filled its share, more of it is asked to come later", error)
    submit(world, gateway, tip)
    world.check(True, "texts still go")
    cut_off(world, gateway, receipt, evidence(world, "third.bin", 2))
    filler = gateway.spool / "filler"
    fill(filler)
    nothing_goes(world, gateway, receipt, tip)
    world.stop(gateway.intake)
    start_intake(gateway)
    world.check(True, "intake starts on a full disk, and takes up what was begun")
    filler.unlink()
    submit(world, gateway, tip)
    world.check(len(gateway.spooled()) == 4, "with room again, the same tip is accepted")
    add(world, gateway, receipt, world.root / "sender/third.bin")
    world.check(len(gateway.spooled()) == 5, "and the upload goes on to its end")
    gateway.start_dispatch()
    cases, told = pulled(world, gateway)
    world.check(len(cases) == 3 and "refused" not in told, "everything that was accepted is at the"
                " desk: three tips, and two files", told)
    return []


def fill(path):
    """Writes until not one byte more fits."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        while os.write(file, bytes(4096)):
            pass
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
    finally:
        os.close(file)


def nothing_goes(world, gateway, receipt, tip):
    """On a full disk a tip and an upload are refused, kindly and without a trace."""
    before, offset = gateway.spooled(), held_bytes(gateway)
    with ThreadPoolExecutor() as pool:
        sends = pool.submit(submit, world, gateway, tip, expect="failure")
        adds = pool.submit(
            add, world, gateway, receipt, world.root / "sender/third.bin", expect="failure")
        (out, error), (_, other) = sends.result(), adds.result()
    world.check("too busy" in error and "Nothing is lost" in error and "in a while" in error,
                "on a full disk the sender is told kindly to try again later", error)
    world.check(RECEIPT.search(out) and "new receipt" in error,
                "and that the receipt she was shown is not the one to keep", out + error)
    world.check("too busy" in other, "so is somebody whose upload was under way", other)
    world.check(gateway.intake.poll() is None and get(gateway.intake_port, "/health")[0] == 200,
                "intake stays alive")
    world.check(gateway.spooled() == before and not any((gateway.spool / "tmp").iterdir())
                and held_bytes(gateway) == offset, "nothing half written remains")


def held_bytes(gateway):
    return sum(path.stat().st_size for path in gateway.spool.glob("uploads/*/frame"))


def cut_off(world, gateway, receipt, file):
    """An upload that stands half-way."""
    proxy = CuttingProxy(gateway.intake_port, file.stat().st_size * 3 // 4)
    sender = subprocess.Popen(
        [world.program("sallyport"), "add", "--to", f"http://127.0.0.1:{proxy.port}", "--root-key",
         str(gateway.vkey), "--evidence", str(file)], stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    sender.stdin.write((receipt + "\n").encode())
    sender.stdin.close()
    cut = proxy.cut.wait(60)
    sender.kill()
    sender.wait()
    if not cut:
        raise Broken("the upload was not cut off")
    eventually(lambda: held_bytes(gateway) > 0, "an upload that stands half-way")


def add(world, gateway, receipt, file, expect=0):
    return world.run(
        "sallyport", "add", "--to", gateway.door, "--root-key", gateway.vkey, "--evidence", file,
        lines=[receipt], expect=expect)


def evidence(world, name, mebibytes):
    path = world.path("sender", name)
    inputs.video(path, mebibytes)
    return path


def start_intake(gateway):
    gateway.start_intake(uploads={"reserve-mib": RESERVE_MIB})


def mount_small_disk(world, gateway):
    """Puts the spool on a small disk of its own, with what is there already."""
    world.stop(gateway.intake)
    kept = world.root / "spool-kept"
    subprocess.run(["cp", "-a", gateway.spool, kept], check=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m,mode=755", "tmpfs", str(gateway.spool)],
        check=True)
    subprocess.run(["cp", "-a", f"{kept}/.", str(gateway.spool)], check=True)
    start_intake(gateway)


def unmount(gateway):
    if os.path.ismount(gateway.spool):
        subprocess.run(["umount", "-l", str(gateway.spool)], check=False)
