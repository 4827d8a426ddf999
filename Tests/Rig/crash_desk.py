#!/usr/bin/python3
"""The desk under kill -9: every command of a whole case is ended at each of its durable steps, one by
one, and given again, as a person would; then the desk agent is ended at each of its own.

  crash_desk.py [--binaries DIR] [--stride N | --full]

Before each trial the desk and dispatch are put back as they were. After it nothing may be lost,
nothing half done, nothing released twice, and no unfinished file left. By default every 17th step is
tried; --full tries all. At the end two verifiers work on one case at once, and one of them dies.

Exit codes: 0 held, 1 broken, 77 could not run (no C compiler).
"""
import argparse
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import time

import fuse
from rig import RigGateway
from world import Broken, World, eventually

import desk as desk_words
import handling
import inputs
from gateway import PASSPHRASES

# More than an hour, after which what was begun and not finished is taken for left behind.
LONG_AGO = 2 * 3600
OFFICES = ["office-a", "office-b"]


class Act:
    """One command that a person gives, and what it may say when it had been done before."""

    def __init__(self, command, *arguments, by=None, says=(), already=(), remote=False,
                 of_case=True, agent=False):
        self.command, self.arguments, self.by, self.says = command, arguments, by, says
        self.already, self.remote, self.of_case, self.agent = already, remote, of_case, agent

    def __str__(self):
        return f"{self.command} by {self.by}" if self.by else self.command


class Desk:
    """A gateway whose desk can be put back as it was, and whose programs have fuses."""

    def __init__(self, world):
        self.world, self.gateway = world, RigGateway(world)
        self.fuse, self.agent_fuse = fuse.Fuse(world, "desk"), fuse.Fuse(world, "agent")
        self.name = None

    def begin(self):
        self.gateway.ceremony()
        self.gateway.start_dispatch()
        self.gateway.begin_intake()
        with self.agent_fuse.in_programs():
            self.gateway.start_desk()

    def restart_agent(self):
        gateway = self.gateway
        self.world.stop(gateway.agents["agent"], signal.SIGKILL)
        gateway.agent_socket.unlink(missing_ok=True)
        self.agent_fuse.arm()
        with self.agent_fuse.in_programs():
            gateway.agents["agent"] = self.world.start(
                "desk-agent", "sallyport-desk", "agent", "--socket", gateway.agent_socket, "--keys",
                gateway.desk_keys, lines=[PASSPHRASES["desk"]], ready=gateway.agent_socket.exists)

    # -- giving commands

    def words(self, act):
        signer = ["--signer", self.gateway.signer(act.by)] if act.by else []
        case = [self.name] if act.of_case else []
        return [act.command, "--desk", self.gateway.desk, *signer, *case, *act.arguments]

    def start(self, act, step=0, how=signal.SIGKILL):
        """Begins a command that ends at a step."""
        self.fuse.arm(step, how)
        with self.fuse.in_programs():
            command = self.world.command("sallyport-desk", self.words(act))
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            cwd=self.world.root)
        typed = [*act.says, *([PASSPHRASES[act.by]] if act.by else [])]
        process.stdin.write("".join(line + "\n" for line in typed).encode())
        process.stdin.close()
        process.stdin = None
        self.world.processes.append(process)
        return process

    def give(self, act, step=0):
        """The command's exit code, and what it said."""
        process = self.start(act, step)
        out, error = process.communicate(timeout=240)
        self.world.processes.remove(process)
        return process.returncode, out.decode(errors="replace"), error.decode(errors="replace")

    # -- putting back

    def folders(self, act):
        root = self.world.root
        far = [root / "dispatch", root / "public"] if act.remote else []
        return [self.gateway.desk, self.gateway.desk_keys, *far]

    def copy(self, act, back):
        """Keeps everything as it is, or puts it `back`."""
        if act.remote:
            self.world.stop(self.gateway.dispatch, signal.SIGKILL)
        for folder in self.folders(act):
            kept = self.world.path("kept", folder.name)
            source, target = (kept, folder) if back else (folder, kept)
            subprocess.run(["rm", "-rf", target], check=True)
            subprocess.run(["cp", "-a", source, target], check=True)
        if act.remote:
            self.gateway.begin_dispatch()

    # -- looking

    def leftovers(self):
        """What was begun and not finished, in the desk's folder and the agent's."""
        folders = (self.gateway.desk, self.gateway.desk_keys)
        return [path for folder in folders for path in folder.rglob(".*.tmp")]

    def case_folders(self):
        return list((self.gateway.desk / "cases").glob(f"{self.name}*"))

    def age_leftovers(self):
        """As if the program that was ended had been so long ago that they are nobody's any more."""
        for path in self.leftovers():
            os.utime(path, (time.time() - LONG_AGO,) * 2)

    def shown(self):
        """What the case says, but for what differs each time."""
        code, out, error = self.give(Act("show"))
        if code and "There is no case" not in error:
            raise Broken(f"the case cannot be shown\n{error}")
        text = re.sub(r"\b[0-9a-f]{12,64}\b", "…", out or "gone")
        text = re.sub(r"\d{4}-\d\d-\d\dT\d\d", "hour", re.sub(r"\bq\d+\b", "q", text))
        # Given twice, a command may be there twice.
        return set(text.splitlines())

    def bundles(self):
        database = sqlite3.connect(self.world.root / "dispatch/dispatch.sqlite", timeout=10)
        rows = database.execute("SELECT office, count(*) FROM bundle GROUP BY office").fetchall()
        database.close()
        return dict(rows)


class Trials:
    """Every command in turn, ended at its steps."""

    def __init__(self, desk, stride):
        self.desk, self.stride = desk, stride
        self.steps = self.tried = self.swept = 0
        self.found = []

    def go(self, act):
        """Counts the steps of a command, ends it at those that are to be tried, and has it done."""
        desk = self.desk
        desk.copy(act, back=False)
        desk.agent_fuse.arm()
        outcome = desk.give(act)
        desk_steps, agent_steps = desk.fuse.count, desk.agent_fuse.count
        after = desk.shown(), desk.bundles()
        self.must(outcome[0] == 0, f"{act}: {outcome}")
        for step in self.chosen(desk_steps):
            self.trial(act, step, after, desk.fuse)
        for step in self.chosen(agent_steps if act.agent else 0):
            self.trial(act, step, after, desk.agent_fuse)
        desk.copy(act, back=True)
        self.must(desk.give(act)[0] == 0, f"{act}: does not end as it did before")
        print(f"{act}: {desk_steps} steps, {agent_steps if act.agent else 0} of the agent's",
              flush=True)

    def chosen(self, count):
        numbers = range(self.steps + 1, self.steps + count + 1)
        self.steps += count
        return [number - numbers[0] + 1 for number in numbers if number % self.stride == 0]

    def trial(self, act, step, after, which):
        desk, self.tried = self.desk, self.tried + 1
        where = f"{act}, step {step}{' of the agent' if which is desk.agent_fuse else ''}"
        desk.copy(act, back=True)
        if which is desk.fuse:
            code, out, error = desk.give(act, step)
            self.must(code == -signal.SIGKILL, f"{where}: was not ended: {code} {out}{error}")
        else:
            self.agent_dies(act, step, where)
        desk.age_leftovers()
        self.again(act, where)
        self.compare(act, where, after)

    def agent_dies(self, act, step, where):
        """The agent ends; the command must end too, and say so, unless nothing more was needed."""
        desk = self.desk
        desk.agent_fuse.arm(step)
        code, out, error = desk.give(act)
        ended = eventually(lambda: desk.gateway.agents["agent"].poll() is not None,
                           f"{where}: the agent ending")
        self.must(ended and (code == 0 or code == 1 and "agent" in error),
                  f"{where}: {code} {out}{error}")
        desk.age_leftovers()
        desk.restart_agent()

    def again(self, act, where):
        code, out, error = self.desk.give(act)
        done_before = code == 1 and any(words in error for words in act.already)
        self.must(code == 0 or done_before, f"{where}, given again: {code} {out}{error}")

    def compare(self, act, where, after):
        desk = self.desk
        shown, bundles = desk.shown(), desk.bundles()
        self.must(shown == after[0], f"{where}: the case differs: {sorted(shown ^ after[0])}")
        self.must(bundles == after[1], f"{where}: dispatch has {bundles}, not {after[1]}")
        code, out, error = desk.give(Act("list", of_case=False))
        self.must(code == 0 and "CANNOT" not in out, f"{where}: list: {out}{error}")
        if desk.leftovers():
            # What lies in no case is swept by a pull, what lies in one by the next change to it.
            desk.give(Act("pull", of_case=False))
            desk.give(Act("label", "urgency", "--contains", "none", by="lin"))
        self.must(not desk.leftovers(), f"{where}: left behind: {desk.leftovers()}")
        if "gone" in shown and desk.case_folders():
            desk.give(Act("pull", of_case=False))
        self.must(bool(desk.case_folders()) != ("gone" in shown),
                  f"{where}: the case's folder: {desk.case_folders()}")

    def must(self, holds, words):
        if not holds:
            self.found.append(words)
            print(f"BROKEN: {words}", flush=True)
            if len(self.found) > 60:
                raise Broken("too many to go on")


def arrives(trials, world):
    """A tip with a photograph comes to the desk."""
    desk = trials.desk
    photo = world.path("mother", "photo.jpg")
    inputs.photo(photo)
    mother = handling.Sender(world, desk.gateway, "mother", OFFICES, parts=handling.CLASSES,
                             evidence=[photo])
    desk.gateway.emptied()
    # Its name is known only once it is there.
    first = Act("pull", of_case=False, remote=True, agent=True)
    desk.copy(first, back=False)
    _, out, _ = desk.give(first)
    desk.name = re.search(r"case ([0-9a-f]{12})", out).group(1)
    desk.copy(first, back=True)
    trials.go(first)
    return mother


def before_release(world):
    summary = world.path("notes", "summary.txt")
    summary.write_text(desk_words.SUMMARY)
    signed = ("has signed already",)
    return [
        Act("examine", "8"),
        # Who looks is written down first.
        Act("show", by="lin"),
        Act("label", *handling.TEXTS, "evidence", "--contains", "none", by="lin"),
        Act("derive", "report", "--contains", "person", "--language", "en", "--note", "summary",
            "--text", summary, by="lin"),
        Act("assess", "--source", "C", "--information", "3", "--indicators", "movement",
            "--place-on-one-source", by="lin",
            says=["probably held", "", "", desk_words.SENTENCES["movement"], desk_words.PLACE]),
        Act("ask", "--language", "zh-Hans", by="lin", says=["上次联系是什么时候？"]),
        Act("approve-question", "q1", by="okafor", already=signed),
        Act("publish-mailbox", of_case=False, remote=True),
        Act("prepare", agent=True),
        Act("approve", by="lin", already=signed),
        Act("approve", by="okafor", already=signed),
        release(),
    ]


def release():
    return Act("release", remote=True, agent=True, already=("Nothing is waiting to be released",))


def recalled():
    """Out of the frozen case."""
    signed = ("has signed already",)
    return [
        Act("pull", of_case=False, remote=True, agent=True),
        Act("recall", "--reason", "withdrawn", says=["Tell us what you did."], agent=True),
        Act("approve", by="lin", already=signed),
        Act("approve", by="okafor", already=signed),
        release(),
    ]


def ended():
    gone = ("There is no case called",)
    return [
        Act("resume", by="lin", says=["looked into"], remote=True),
        Act("destroy", by="lin", remote=True, already=("has signed already",)),
        Act("destroy", by="okafor", remote=True, agent=True, already=gone),
    ]


def stands_still(process):
    def is_still():
        state = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state in "tT"
    eventually(is_still, "a command standing still")


def two_at_once(trials, act, other):
    """One verifier's command stands still at a step of its own; the other's is told so. Then it is
    killed, and the other's goes on."""
    desk = trials.desk
    desk.copy(act, back=False)
    desk.give(act)
    steps, told = desk.fuse.count, 0
    for step in range(1, steps + 1, max(1, steps // 3)):
        desk.copy(act, back=True)
        process = desk.start(act, step, signal.SIGSTOP)
        stands_still(process)
        code, out, error = desk.give(other)
        is_told = "Another program works on this case now; nothing was done" in error
        told += is_told
        # Some steps come before the case is looked at, and keep nobody away.
        trials.must(code == (1 if is_told else 0),
                    f"{other} while {act} stands at step {step}: {code} {out}{error}")
        trials.desk.world.stop(process, signal.SIGKILL)
        code, out, error = desk.give(other)
        trials.must(code == 0, f"{other} after {act} was killed at {step}: {code} {out}{error}")
    desk.copy(act, back=True)
    trials.must(told > 0, f"{other} was never kept away from {act}")
    print(f"{other} while {act} stands still, and after it was killed: {steps} steps", flush=True)


def play(world, trials):
    desk = trials.desk
    desk.begin()
    mother = arrives(trials, world)
    acts = before_release(world)
    for act in acts[:-1]:
        trials.go(act)
    two_at_once(trials, acts[-1], acts[-1])
    two_at_once(trials, Act("prepare"), Act("label", "report", "--contains", "none", by="okafor"))
    trials.go(acts[-1])
    trials.must(desk.bundles() == dict.fromkeys(OFFICES, 1), f"released: {desk.bundles()}")
    mother.withdraws(word=handling.WORD)
    desk.gateway.emptied()
    for act in recalled():
        trials.go(act)
    trials.must(desk.bundles() == dict.fromkeys(OFFICES, 2), f"recalled: {desk.bundles()}")
    for act in ended():
        trials.go(act)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", default=".build/debug")
    parser.add_argument("--stride", type=int, default=17, help="try every Nth step (default: 17)")
    parser.add_argument("--full", action="store_true", help="try every step")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    world = World(arguments.binaries, quiet=True, separate=False)
    if not fuse.can_build(world):
        print("CRASHES OF THE DESK NOT RUN: there is no C compiler", file=sys.stderr)
        world.close()
        return 77
    trials = Trials(Desk(world), 1 if arguments.full else arguments.stride)
    try:
        play(world, trials)
    except (Broken, OSError) as broken:
        trials.found.append(str(broken))
        print(f"BROKEN: {broken}")
    finally:
        world.close()
    print(f"{trials.tried} of {trials.steps} durable steps of the desk and its agent were its last:"
          f" {'BROKEN' if trials.found else 'held'} ({time.monotonic() - began:.0f} s)")
    return 1 if trials.found else 0


if __name__ == "__main__":
    sys.exit(main())
