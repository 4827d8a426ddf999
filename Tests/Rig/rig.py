"""What the fault rigs share: a gateway whose programs can be killed at any moment, and senders
that go on whatever happens to it.

Whatever a sender was told is stored must be there afterwards; `kept.py` looks.
"""
import hashlib
import http.client
import itertools
import os
import pathlib
import random
import re
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Scenarios"))

from gateway import Gateway, yaml  # noqa: E402
from world import Broken, healthy  # noqa: E402

MAGIC = b"sallyport.frame/1\n"


class RigGateway(Gateway):
    """A gateway with easy puzzles and wide budgets; its doors start without further ceremony."""

    shuffle_seconds = 86_400

    def dispatch_config(self):
        config = super().dispatch_config()
        config.write_text(config.read_text() + f"shuffle-seconds: {self.shuffle_seconds}\n")
        return config

    def begin_dispatch(self, wait=True):
        self.dispatch = self.world.start(
            "dispatch", "sallyport-dispatch", "serve", "--config", self.dispatch_config(),
            ready=healthy(self.dispatch_port) if wait else None)

    def begin_intake(self, wait=True):
        plenty = {"hourly-count": 1_000_000, "hourly-mib": 1 << 20}
        config = self.world.path("config", "intake.yaml")
        config.write_text(yaml(self.intake_settings(
            puzzle={"tip-bits": 4, "supplement-bits": 4, "upload-bits": 4, "parked-bits": 4},
            tips=plenty, supplements=plenty, parked=plenty,
            uploads=dict(plenty, **{"reserve-mib": 1}))))
        self.intake = self.world.start(
            "intake", "sallyport-intake", "serve", "--config", config,
            ready=healthy(self.intake_port) if wait else None)

    def shut_down(self):
        """Stops both with SIGTERM, which must be the end of an ordinary run."""
        for name in ["intake", "dispatch"]:
            code = self.world.stop(getattr(self, name))
            if code != 0:
                raise Broken(f"{name} ended with {code} on SIGTERM\n{self.world.log(name)[-2000:]}")

    def is_drained(self):
        """Whether dispatch has taken everything from the spool."""
        return not any((self.spool / "new").iterdir())


def envelope_digest(frame):
    """SHA-256 of a frame's envelope: the name under which dispatch keeps it."""
    if not frame.startswith(MAGIC):
        raise Broken("rig-frames made something that is no frame")
    start = len(MAGIC) + 2
    length = int.from_bytes(frame[start - 2:start], "big")
    return hashlib.sha256(frame[start:start + length]).digest()


def solve(challenge, digest):
    """The count that solves a challenge for an envelope."""
    free = 256 - challenge[20]
    for count in itertools.count():
        message = challenge + digest + count.to_bytes(8, "big")
        if int.from_bytes(hashlib.sha256(message).digest(), "big") >> free == 0:
            return count


class Frames:
    """Distinct sealed tips, made by rig-frames while the rig runs."""

    def __init__(self, world, gateway):
        self.folder = world.path("frames")
        self.next = 0
        self.lock = threading.Lock()
        self.maker = world.start(
            "frames", "rig-frames", gateway.note, gateway.vkey.read_text().strip(), 100_000,
            self.folder)

    def path(self, number):
        return self.folder / f"{number}.frame"

    def fresh(self):
        """A frame nobody has sent yet; None while there is none."""
        with self.lock:
            # A file is whole when the one after it has been begun.
            if not self.path(self.next + 1).exists():
                return None
            self.next += 1
            return self.path(self.next - 1).read_bytes()


class Writers:
    """Several senders of tips at once; each sends a frame again until it is acknowledged."""

    def __init__(self, gateway, frames, count, rest=0.0):
        """`rest` is the longest pause of a sender between two frames, in seconds."""
        self.gateway, self.frames, self.rest = gateway, frames, rest
        self.acknowledged = {}
        """Envelope digest -> the whole frame, of everything that was answered with 202."""
        self.refused = {}
        """The same of frames that were only ever sent damaged."""
        self.pending, self.wrong, self.repeats = [], [], 0
        self.lock = threading.Lock()
        self.may_send = threading.Event()
        self.full = threading.Event()
        self.limit = None
        self.ended = False
        self.parked = threading.Semaphore(0)
        self.threads = [threading.Thread(target=self._run, daemon=True) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def allow(self, limit=None):
        """Lets them send; after `limit` more acknowledgements they stop and set `full`."""
        with self.lock:
            self.limit = None if limit is None else len(self.acknowledged) + limit
        self.full.clear()
        self.may_send.set()

    def pause(self):
        """Returns when no request is under way any more."""
        self.may_send.clear()
        for _ in self.threads:
            self.parked.acquire()

    def end(self):
        self.ended = True
        self.may_send.set()
        for thread in self.threads:
            thread.join()

    def _run(self):
        connection = None
        while not self.ended:
            if not self.may_send.is_set():
                self.parked.release()
                self.may_send.wait()
                continue
            chosen = self._choose()
            if chosen is None:
                time.sleep(0.01)
                continue
            frame, is_damaged = chosen
            try:
                connection = connection or self._connect()
                status = self._post(connection, frame, is_damaged)
            except (OSError, http.client.HTTPException):
                # No answer: nobody knows whether it is stored, so it is sent again.
                connection = None
                status = None
                time.sleep(0.02)
            self._note(frame, is_damaged, status)
            time.sleep(random.uniform(0, self.rest))

    def _choose(self):
        """What to send next: mostly something new, now and then something known or damaged."""
        with self.lock:
            if self.pending:
                return self.pending.pop()
            if self.acknowledged and random.random() < 0.1:
                return random.choice(list(self.acknowledged.values())), False
        frame = self.frames.fresh()
        return (frame, random.random() < 0.05) if frame else None

    def _connect(self):
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.gateway.intake_port, timeout=10)
        connection.request("GET", "/challenge/tip")
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise http.client.HTTPException("no challenge")
        connection.challenge = bytes.fromhex(text.decode().strip())
        return connection

    def _post(self, connection, frame, is_damaged):
        count = solve(connection.challenge, envelope_digest(frame))
        body = frame[:-1] + bytes([frame[-1] ^ 1]) if is_damaged else frame
        connection.request("POST", "/tips", body, {
            "Content-Type": "application/vnd.sallyport.frame",
            "Sallyport-Puzzle": f"{connection.challenge.hex()}.{count}"})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def _note(self, frame, is_damaged, status):
        digest = envelope_digest(frame)
        with self.lock:
            if status in (None, 503):
                self.pending.append((frame, is_damaged))
            elif is_damaged and status == 400:
                self.refused[digest] = frame
            elif not is_damaged and status == 202:
                self.repeats += digest in self.acknowledged
                self.acknowledged[digest] = frame
            else:
                self.wrong.append(f"{'damaged' if is_damaged else 'good'} frame: {status}")
            if self.limit is not None and len(self.acknowledged) >= self.limit:
                self.may_send.clear()
                self.full.set()


class EvidenceSender:
    """A reporter who adds files with `sallyport add`, and comes back with her receipt when it fails."""

    def __init__(self, world, gateway):
        self.world, self.gateway = world, gateway
        self.stored, self.resumed, self.ended = [], 0, False
        self.door = ["--to", gateway.door, "--root-key", gateway.vkey]
        tip = world.path("reporter", "tip.json")
        tip.write_text('{"report": {"narrative": "rig"}}')
        out, _ = world.run("sallyport", "submit", *self.door, "--tip", tip)
        self.receipt = re.search(r"\d{4} \d{4} \d{4} \d{4} \d{4}", out).group()
        self.thread = self.process = None

    def start(self, sizes):
        """Sends one file of each size (bytes), one after the other."""
        self.thread = threading.Thread(target=self._run, args=(list(sizes),), daemon=True)
        self.thread.start()

    @property
    def is_sending(self):
        return self.thread.is_alive()

    def finish(self, seconds):
        """Waits until all files are sent, at most so long."""
        self.thread.join(seconds)
        done = not self.thread.is_alive()
        self.ended = True
        self.thread.join(60)
        return done

    def _run(self, sizes):
        for size in sizes:
            file = self.world.path("reporter", f"{size}.bin")
            file.write_bytes(os.urandom(size))
            while not self.ended and not self._sends(file):
                time.sleep(0.1)
            if not self.ended:
                self.stored.append(size)

    def interrupt(self):
        """Kills her program, if it runs."""
        if self.process:
            self.process.kill()

    def _sends(self, file):
        self.process = subprocess.Popen(
            [self.world.program("sallyport"), "add", *map(str, self.door), "--evidence", file],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            # Its own patience between attempts grows to minutes; hers does not.
            _, error = self.process.communicate((self.receipt + "\n").encode(), timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, error = self.process.communicate()
        found = re.search(rb"from (\d+) of", error)
        self.resumed += bool(found) and int(found.group(1)) >= 1 << 20
        return self.process.returncode == 0
