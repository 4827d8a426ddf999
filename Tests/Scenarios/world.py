"""What scenarios share: running the real programs, telling each step, and cleaning up."""
import http.client
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time


class Broken(Exception):
    """Something that must hold does not."""


class World:
    """One directory, the programs that run in it, and a count of what held."""

    def __init__(self, binaries, quiet=False):
        self.binaries = pathlib.Path(binaries).resolve()
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="sallyport-"))
        self.root.chmod(0o755)
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

    def run(self, program, *arguments, lines=(), expect=0, binary=False, timeout=240):
        """Runs a program to its end; `lines` is what a person would type."""
        command = [self.program(program), *map(str, arguments)]
        typed = "".join(line + "\n" for line in lines).encode()
        done = subprocess.run(
            command, input=typed, capture_output=True, timeout=timeout, cwd=self.root)
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

    def program(self, name):
        path = self.binaries / name
        return str(path) if path.exists() else shutil.which(name) or name

    def start(self, name, program, *arguments, lines=(), ready=None):
        """Starts a program that stays; `ready()` must become true."""
        log = open(self.path("logs", name + ".log"), "ab")
        process = subprocess.Popen(
            [self.program(program), *map(str, arguments)], stdin=subprocess.PIPE, stdout=log,
            stderr=log, cwd=self.root)
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
        self.target, self.limit, self.sent, self.cut = target, limit, 0, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.sockets = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while not self.cut.is_set():
            try:
                client, _ = self.listener.accept()
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
                        self.close()
                        return
                sink.sendall(data)
        except OSError:
            pass
        finally:
            for end in (source, sink):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def close(self):
        self.cut.set()
        for end in [self.listener, *self.sockets]:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
