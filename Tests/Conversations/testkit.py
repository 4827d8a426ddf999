#!/usr/bin/env python3
"""`sallyport-agency open` and `sallyport-container open` on every public age vector, from a file and
from a pipe, and on identity files of every kind.

Run with SALLYPORT_BIN set to the folder that holds the programs. What reaches standard output must
be exactly what may be released, of failing files too; with -o a failing file leaves nothing.
"""
import hashlib
import os
import pathlib
import subprocess
import tempfile
import zlib

BINARIES = pathlib.Path(os.environ.get("SALLYPORT_BIN", ".build/debug")).resolve()
VECTORS = pathlib.Path(__file__).parent.parent / "Vectors" / "age-testkit"
ROOT = pathlib.Path(tempfile.mkdtemp(prefix="testkit-"))
ENVIRONMENT = os.environ | {"HOME": str(ROOT)}
CHECKS = 0


def check(holds, what):
    global CHECKS
    assert holds, what
    CHECKS += 1


def run(command, given=b"", file=None):
    return subprocess.run(
        command, input=given if file is None else None, stdin=file, capture_output=True, cwd=ROOT,
        env=ENVIRONMENT, timeout=120)


class Vector:
    def __init__(self, path):
        head, _, body = path.read_bytes().partition(b"\n\n")
        fields = [line.split(": ", 1) for line in head.decode().splitlines()]
        self.name = path.name
        self.expect = dict(fields)["expect"]
        self.digest = dict(fields).get("payload")
        self.identities = [value for key, value in fields if key == "identity"]
        self.passphrases = [value for key, value in fields if key == "passphrase"]
        self.file = zlib.decompress(body) if ["compressed", "zlib"] in fields else body

    def judge(self, done, road):
        what = f"{self.name} {road}: {done.stderr.decode().strip()}"
        check((done.returncode == 0) == (self.expect == "success"), what)
        check(done.returncode == 0 or done.stderr, f"{what}: says nothing")
        if self.digest:
            check(hashlib.sha256(done.stdout).hexdigest() == self.digest, f"{what}: other bytes")
        else:
            check(not done.stdout, f"{what}: something was released")

    def play(self, opens):
        (ROOT / "file").write_bytes(self.file)
        (ROOT / "key").write_text("# a comment\r\n\r\n" + "\r\n".join(self.identities) + "\r\n")
        identity = ["-i", "key"] if self.identities else []
        given = (self.passphrases[0] + "\n").encode() if self.passphrases else b""
        self.judge(run(opens + identity + ["file"], given), "from a file")
        output = ROOT / "opened"
        done = run(opens + identity + ["-o", "opened", "file"], given)
        check(output.exists() == (self.expect == "success"), f"{self.name}: output, or none")
        check(not [name for name in os.listdir(ROOT) if name.endswith(".tmp")], "left over")
        if output.exists():
            check(hashlib.sha256(output.read_bytes()).hexdigest() == self.digest, self.name)
            output.unlink()
        check(done.stdout == b"", f"{self.name}: standard output with -o")
        if not self.passphrases:
            self.judge(run(opens + identity, self.file), "from a pipe")


def identities(opens):
    """Plain, under a passphrase, and that as text; made by our program and by stock age."""
    keygen = [str(BINARIES / "sallyport"), "keygen"]
    run(keygen + ["-o", "plain.key"])
    run(keygen + ["--passphrase", "-o", "protected.key"], b"correct horse\n")
    for name, given in [("plain.key", b""), ("protected.key", b"correct horse\n")]:
        text = (ROOT / "plain.key").read_text()
        if name == "protected.key":
            text = run(opens + ["protected.key"], given).stdout.decode()
        public = [line.split()[-1] for line in text.splitlines() if "public key" in line][0]
        run([keygen[0], "seal", "-r", public, "-o", "sealed.age", "file"])
        done = run(opens + ["-i", name, "sealed.age"], given)
        check(done.stdout == (ROOT / "file").read_bytes(), f"{name} opens")
        (ROOT / "sealed.age").unlink()
    run([keygen[0], "seal", "--armor", "--passphrase", "-o", "text.key", "plain.key"],
        b"correct horse\n")
    text = (ROOT / "plain.key").read_text()
    public = [line.split()[-1] for line in text.splitlines() if "public key" in line][0]
    run([keygen[0], "seal", "-r", public, "-o", "sealed.age", "file"])
    done = run(opens + ["-i", "text.key", "sealed.age"], b"correct horse\n")
    check(done.stdout == (ROOT / "file").read_bytes(), "an armored identity file opens")
    done = run(opens + ["-i", "text.key", "sealed.age"], b"wrong horse\n")
    check(done.returncode != 0 and not done.stdout, "a wrong passphrase opens nothing")
    with_pipe = " ".join([*opens, "-i", "<(cat plain.key)", "sealed.age"])
    done = run(["bash", "-c", with_pipe])
    check(done.stdout == (ROOT / "file").read_bytes(), "an identity comes through a pipe")
    run([keygen[0], "seal", "--passphrase", "-o", "secret.age", "file"], b"correct horse\n")
    done = run(opens + ["secret.age"], b"wrong horse\n")
    check(b"that is not its passphrase" in done.stderr, "a wrong passphrase is called so")
    done = run(opens + ["sealed.age"])
    check(b"Say which identity" in done.stderr, "a missing identity is asked for")


def main():
    names = sorted(VECTORS.iterdir())
    for program in ("sallyport-agency", "sallyport-container"):
        opens = [str(BINARIES / program), "open"]
        for path in names:
            Vector(path).play(opens)
        identities(opens)
        for name in os.listdir(ROOT):
            (ROOT / name).unlink()
    print(f"age testkit: {len(names)} vectors, {CHECKS} checks")


main()
