"""What scenarios share: running the real programs, telling each step, and cleaning up."""
import http.client
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import users

# Under nohup, or in the background of a script, programs are right to ignore some of these.
for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
    if signal.getsignal(ending) == signal.SIG_IGN:
        signal.signal(ending, signal.SIG_DFL)


class Broken(Exception):
    """Something that must hold does not."""


class World:
    """One directory, the programs that run in it, and a count of what held.

    As root, each program runs as a user of its own (`users.py`); `separate=False` forgoes that.
    """

    def __init__(self, binaries, quiet=False, separate=True):
        self.binaries = pathlib.Path(binaries).resolve()
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="sallyport-"))
        self.separate = separate and users.can_separate()
        # Like /tmp: everybody may make something, and only remove what is theirs.
        self.root.chmod(0o1777 if self.separate else 0o755)
        self.processes = []
        self.held = 0
        self.quiet = quiet

    # -- telling

    def step(self, text):
        if not self.quiet:
            print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)

    def say(self, text):
        if not self.quiet:
            print("   " + str(text).rstrip().replace("\n", "\n   "), flush=True)

    def check(self, holds, claim, detail=""):
        if not holds:
            raise Broken(f"{claim}\n{detail}".rstrip())
        self.held += 1
        self.say(f"✓ {claim}")

    # -- running

    def path(self, *parts):
        path = self.root.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def run(self, program, *arguments, lines=(), expect=0, binary=False, timeout=240, user=None):
        """Runs a program to its end; `lines` is what a person would type, `user` who it is."""
        sticks = self.sticks(program, arguments)
        typed = "".join(line + "\n" for line in lines).encode()
        for stick in sticks:
            users.open_stick(stick)
        done = subprocess.run(
            self.command(program, arguments, user), input=typed, capture_output=True,
            timeout=timeout, cwd=self.root)
        for stick in sticks:
            users.open_stick(stick)
        out = done.stdout if binary else done.stdout.decode()
        error = done.stderr.decode(errors="replace")
        if expect == "failure" and done.returncode > 0:
            return out, error
        if done.returncode != expect:
            shown = "" if binary else out
            raise Broken(
                f"`{program} {' '.join(map(str, arguments))}` ended with {done.returncode},"
                f" not {expect}\n{shown}{error}")
        return out, error

    def command(self, program, arguments, user=None):
        """The whole command line, as the user that is named or that the program usually has."""
        user = user or users.usual(program, arguments)
        prefix = users.prefix(user) if self.separate and user else []
        path = self.reachable(program) if prefix else self.program(program)
        return [*prefix, path, *map(str, arguments)]

    def program(self, name):
        path = self.binaries / name
        return str(path) if path.exists() else shutil.which(name) or name

    def reachable(self, name):
        """The program where every user can run it: a clone may lie in somebody's home."""
        source = pathlib.Path(self.program(name))
        if all(folder.stat().st_mode & 0o001 for folder in source.parents):
            return str(source)
        copy = self.path("bin", name)
        if not copy.exists():
            shutil.copy(source, copy)
            copy.chmod(0o755)
        return str(copy)

    def give(self, path, user, mode, group=None):
        """A directory of one user's; without users, the programs make what they need."""
        if self.separate:
            users.give(path, user, mode, group)
        return path

    def sticks(self, program, arguments):
        """The carried directories among a command's arguments."""
        options = {"sallyport-desk": ["--carry"], "sallyport-dispatch": ["--to", "--from"]}
        return [pathlib.Path(value) for option, value in zip(arguments, arguments[1:])
                if self.separate and option in options.get(program, [])]

    def start(self, name, program, *arguments, lines=(), ready=None, user=None):
        """Starts a program that stays; `ready()` must become true."""
        log = open(self.path("logs", name + ".log"), "ab")
        process = subprocess.Popen(
            self.command(program, arguments, user), stdin=subprocess.PIPE, stdout=log, stderr=log,
            cwd=self.root)
        process.stdin.write("".join(line + "\n" for line in lines).encode())
        process.stdin.close()
        self.processes.append(process)
        deadline = time.monotonic() + 20
        while ready and not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise Broken(f"{name} did not start\n{self.log(name)}")
            time.sleep(0.05)
        return process

    def log(self, name):
        return self.path("logs", name + ".log").read_text(errors="replace")

    def stop(self, process, how=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(how)
            process.wait(timeout=30)
        return process.returncode

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        shutil.rmtree(self.root, ignore_errors=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def healthy(port):
    def ready():
        try:
            return get(port, "/health")[0] == 200
        except OSError:
            return False
    return ready


def get(port, path, method="GET", body=None, headers=None):
    """Status, headers and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body=body, headers=headers or {})
    response = connection.getresponse()
    result = response.status, dict(response.getheaders()), response.read()
    connection.close()
    return result


def eventually(condition, what, seconds=20):
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise Broken(f"{what} did not happen within {seconds} s")
        time.sleep(0.1)


class CuttingProxy:
    """Passes bytes to a port until `limit` have gone up, then cuts every connection for good."""

    def __init__(self, target, limit):
        self.target, self.limit, self.cut = target, limit, threading.Event()
        self.sent = self.received = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.sockets = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while not self.cut.is_set():
            try:
                client, _ = self.listener.accept()
                self.waits()
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            self.sockets += [client, server]
            threading.Thread(target=self._pump, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, False), daemon=True).start()

    def _pump(self, source, sink, counts):
        try:
            while data := source.recv(65536):
                if counts:
                    self.sent += len(data)
                    if self.sent > self.limit:
                        self.full()
                        return
                else:
                    self.received += len(data)
                self.carries(len(data))
                sink.sendall(data)
        except OSError:
            pass
        finally:
            for end in (source, sink):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def waits(self):
        """What a connection costs before it carries anything."""

    def carries(self, count):
        """What it costs to carry so many bytes."""

    def full(self):
        """What happens when the limit is reached."""
        self.close()

    def close(self):
        self.cut.set()
        for end in [self.listener, *self.sockets]:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()


class HoldingProxy(CuttingProxy):
    """Passes bytes to a port until `limit` have gone up, then lets nothing more through.

    However fast both ends are, they stay in the middle until somebody ends it.
    """

    def full(self):
        self.cut.wait()


class DroppingProxy(CuttingProxy):
    """Passes bytes to a port; once so many have gone up, every connection that there is breaks."""

    def full(self):
        self.limit = 1 << 62
        for end in list(self.sockets):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class SlowProxy(CuttingProxy):
    """A bad line: 50 kB/s for all connections together, 400 ms for a round trip."""

    RATE, TRIP = 50_000, 0.4

    def __init__(self, target):
        self.free_at, self.lock = 0.0, threading.Lock()
        super().__init__(target, 1 << 62)

    def waits(self):
        time.sleep(self.TRIP)

    def carries(self, count):
        with self.lock:
            now = time.monotonic()
            self.free_at = max(self.free_at, now) + count / self.RATE
            wait = self.free_at - now
        time.sleep(wait + self.TRIP / 2)
