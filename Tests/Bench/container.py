#!/usr/bin/env python3
"""Sealing and opening beside Debian's age, pyrage and the raw speed of the cipher.

Usage: container.py --binaries DIR [--quick] [--rounds N]
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

RAGE_SEAL = ("import pyrage, sys\n"
             "pyrage.encrypt_file(sys.argv[2], sys.argv[3],"
             " [pyrage.x25519.Recipient.from_str(sys.argv[1])])\n")
RAGE_OPEN = ("import pyrage, sys\n"
             "key = [line for line in open(sys.argv[1]) if line.startswith('AGE-')][0].strip()\n"
             "pyrage.decrypt_file(sys.argv[2], sys.argv[3],"
             " [pyrage.x25519.Identity.from_str(key)])\n")


def run(command, output, cores=None, feed=None):
    """Seconds, and peak MiB of the program itself."""
    prefix = ["taskset", "-c", cores] if cores else []
    with open(output, "wb") if output else open(os.devnull, "wb") as sink:
        started = time.monotonic()
        feeder = subprocess.Popen(["cat", feed], stdout=subprocess.PIPE) if feed else None
        process = subprocess.Popen(
            prefix + command, stdin=feeder.stdout if feeder else subprocess.DEVNULL, stdout=sink,
            stderr=subprocess.DEVNULL)
        if feeder:
            feeder.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        if feeder:
            feeder.wait()
    if status != 0:
        sys.exit(f"bench: {command[0]} failed: {' '.join(command)}")
    return seconds, usage.ru_maxrss / 1024


class Bench:
    def __init__(self, binaries, megabytes, rounds):
        self.container = f"{binaries}/sallyport-container"
        self.sallyport = f"{binaries}/sallyport"
        self.agency = f"{binaries}/sallyport-agency"
        self.readdress = f"{binaries}/bench-container"
        self.rounds = rounds
        self.folder = pathlib.Path(tempfile.mkdtemp(dir="/dev/shm", prefix="sallyport-bench-"))
        self.plain, self.small = self.folder / "plain", self.folder / "small"
        with open(self.plain, "wb") as file:
            for _ in range(megabytes):
                file.write(os.urandom(1 << 20))
        self.small.write_bytes(os.urandom(1000))
        self.megabytes = megabytes
        self.key = self.folder / "key"
        subprocess.run([self.container, "keygen", "--x25519", "-o", self.key], check=True,
                       stderr=subprocess.DEVNULL)
        self.recipient = next(
            line.split()[-1] for line in self.key.read_text().splitlines() if "public" in line)
        self.sealed, self.sealed_small = self.folder / "sealed", self.folder / "sealed-small"
        for source, target in [(self.plain, self.sealed), (self.small, self.sealed_small)]:
            subprocess.run(["age", "-r", self.recipient, "-o", target, source], check=True)
        self.text = self.folder / "text"
        subprocess.run(["age", "-a", "-r", self.recipient, "-o", self.text, self.plain], check=True)

    def seal(self, source):
        return {"sallyport-container": [self.container, "seal", "-r", self.recipient] + source,
                "age": ["age", "-r", self.recipient] + source}

    def open(self, source):
        return {"sallyport-container": [self.container, "open", "-i", str(self.key)] + source,
                "age": ["age", "-d", "-i", str(self.key)] + source}

    def compare(self, title, commands, rounds=None, output=None, **options):
        """Runs all commands in turn, and prints how many times faster than age each is."""
        times = {name: [] for name in commands}
        peaks = {name: 0 for name in commands}
        for _ in range(rounds or self.rounds):
            for name, command in commands.items():
                target = self.folder / "output" if output else None
                if target and target.exists():
                    target.unlink()
                if output == "option":
                    command = command[:-1] + ["-o", str(target), command[-1]]
                seconds, peak = run(command, None if output == "option" else target, **options)
                times[name].append(seconds)
                peaks[name] = max(peaks[name], peak)
        for name in commands:
            ratios = [age / own for age, own in zip(times["age"], times[name])]
            print(f"| {title} | {name} | {statistics.median(times[name]) * 1000:.1f} ms | "
                  f"{statistics.median(ratios):.2f} | {min(ratios):.2f} to {max(ratios):.2f} | "
                  f"{peaks[name]:.0f} MiB |", flush=True)

    def rage(self, script, *arguments):
        return [sys.executable, "-c", script, *map(str, arguments)]

    def play(self):
        plain, sealed = [str(self.plain)], [str(self.sealed)]
        print(f"{self.megabytes} MiB in memory, {len(os.sched_getaffinity(0))} processors; "
              f"medians of {self.rounds} rounds; \"times\" is age's time divided by the program's.\n")
        print("| what | program | median | times age | all rounds | peak memory |")
        print("|---|---|---|---|---|---|")
        self.compare("seal to nowhere", self.seal(plain) | {"pyrage": self.rage(
            RAGE_SEAL, self.recipient, self.plain, "/dev/null")})
        self.compare("open to nowhere", self.open(sealed) | {"pyrage": self.rage(
            RAGE_OPEN, self.key, self.sealed, "/dev/null")})
        self.compare("seal to a new file", self.seal(plain), output="option")
        self.compare("open to a new file", self.open(sealed), output="option")
        self.compare("seal from a pipe", self.seal([]), feed=self.plain)
        self.compare("open from a pipe", self.open([]), feed=self.sealed)
        self.compare("seal on one core", self.seal(plain), cores="0")
        self.compare("open on one core", self.open(sealed), cores="0")
        text = [str(self.text)]
        self.compare("seal as text", self.seal(["-a"] + plain))
        self.compare("open text", self.open(text))
        self.compare("seal as text on one core", self.seal(["-a"] + plain), cores="0")
        self.compare("open text on one core", self.open(text), cores="0")
        small, sealed_small = [str(self.small)], [str(self.sealed_small)]
        self.compare("seal 1,000 bytes", self.seal(small) | {
            "sallyport": [self.sallyport, "seal", "-r", self.recipient] + small}, rounds=101)
        self.compare("open 1,000 bytes", self.open(sealed_small) | {
            "sallyport-agency": [self.agency, "open", "-i", str(self.key)] + sealed_small},
            rounds=101)
        print()
        print(subprocess.run([self.readdress], check=True, capture_output=True, text=True).stdout)
        speed = subprocess.run(
            ["openssl", "speed", "-evp", "chacha20-poly1305", "-bytes", "65536", "-seconds", "2"],
            capture_output=True, text=True).stdout.splitlines()
        print("raw cipher, one core:", speed[-1] if speed else "not measured")

    def close(self):
        shutil.rmtree(self.folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args()
    bench = Bench(options.binaries, 128 if options.quick else 1024, options.rounds)
    try:
        bench.play()
    finally:
        bench.close()


main()
