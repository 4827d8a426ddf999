#!/usr/bin/env python3
"""What `sallyport keygen`, `seal`, `open` and `inspect` say and do, with the real program.

Run with SALLYPORT_BIN set to the folder that holds the program. Debian's `age` must open what is
sealed; PyPI's `pyrage` as well, where it is installed.
"""
import fcntl
import os
import pathlib
import pty
import resource
import signal
import subprocess
import sys
import tempfile
import termios
import time

BINARIES = pathlib.Path(os.environ.get("SALLYPORT_BIN", ".build/debug")).resolve()
# Under nohup, or in the background of a script, programs are right to ignore some of these.
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
for ending in ENDINGS:
    if signal.getsignal(ending) == signal.SIG_IGN:
        signal.signal(ending, signal.SIG_DFL)
ROOT = pathlib.Path(tempfile.mkdtemp(prefix="conversation-"))
CHECKS = 0


def run(*arguments, given=b"", code=0, says="", never="", program="sallyport", to=None):
    """Runs the program; standard error must hold `says`, and never `never`."""
    global CHECKS
    done = subprocess.run(
        [BINARIES / program, *map(str, arguments)], input=given, cwd=ROOT, timeout=120,
        stdout=open(to, "wb") if to else subprocess.PIPE, stderr=subprocess.PIPE)
    told = done.stderr.decode()
    what = f"{program} {' '.join(map(str, arguments))[:120]}"
    assert done.returncode == code, f"{what}: exit code {done.returncode}, not {code}\n{told}"
    assert says in told, f"{what}: does not say {says!r}\n{told}"
    assert not never or never not in told, f"{what}: says {never!r}\n{told}"
    left = [name for name in os.listdir(ROOT) if name.endswith(".tmp")]
    assert not left, f"{what}: left {left} behind"
    CHECKS += 1
    return done.stdout


def write(name, content):
    (ROOT / name).write_bytes(content)
    return name


def public_key(name):
    for line in (ROOT / name).read_text().splitlines():
        if line.startswith("# public key: "):
            return line.split(": ")[1]
    raise AssertionError(f"{name} names no public key")


def same(first, second, what):
    assert first == second, what


def keys():
    run("keygen", "-o", "pq.key", says="Public key: age1pq1")
    run("keygen", "--x25519", "-o", "x.key", says="Public key: age1")
    same((ROOT / "pq.key").stat().st_mode & 0o777, 0o600, "a secret key is for its owner only")
    before = (ROOT / "pq.key").read_bytes()
    run("keygen", "-o", "pq.key", code=1, says="is there already, and was left as it is")
    same((ROOT / "pq.key").read_bytes(), before, "a key was overwritten")
    same(run("keygen", "--x25519").decode().splitlines()[2][:15], "AGE-SECRET-KEY-", "to stdout")
    derived = subprocess.run(
        ["age-keygen", "-y", "x.key"], cwd=ROOT, capture_output=True, check=True).stdout
    same(derived.decode().strip(), public_key("x.key"), "age-keygen derives another public key")
    run("keygen", "--x25519", "--passphrase", code=1, says="give -o FILE")
    run("keygen", "--x25519", "--passphrase", "-o", "locked.key", given=b"wheat\n")
    assert (ROOT / "locked.key").read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    run("keygen", "--passphrase", "-o", "x2.key", code=1, says="ended where an answer")


def public_keys():
    """What `age-keygen -y` says."""
    told = subprocess.run(
        ["age-keygen", "-y", "x.key"], cwd=ROOT, capture_output=True, check=True).stdout
    same(run("public-key", "x.key"), told, "age names another public key")
    same(run("public-key", given=(ROOT / "x.key").read_bytes()), told, "of standard input")
    same(run("public-key", "pq.key").decode(), public_key("pq.key") + "\n", "of the other kind")
    two = write("two.key", (ROOT / "x.key").read_bytes() + (ROOT / "pq.key").read_bytes())
    same(run("public-key", two), told + run("public-key", "pq.key"), "of two keys, one a line")
    run("public-key", "locked.key", given=b"wheat\n")
    run("public-key", "locked.key", given=b"chaff\n", code=1, says="that is not its passphrase")
    run("public-key", write("public.key", told), code=1, says="public.key is no age identity file")
    run("public-key", "none.key", code=1, says="none.key: there is no such file")
    run("public-key", "x.key", code=1, to="/dev/full", says="standard output: the disk is full")


def sealing():
    x, pq = public_key("x.key"), public_key("pq.key")
    content = os.urandom(200_001)
    write("in.bin", content)
    for size in (0, 1, 65_535, 65_536, 65_537, 200_001):
        sealed = run("seal", "-r", x, given=content[:size])
        opened(sealed, content[:size])
    run("seal", "-r", x, "-o", "out.age", "in.bin")
    opened((ROOT / "out.age").read_bytes(), content)
    same((ROOT / "out.age").stat().st_mode & 0o777, 0o600, "a sealed file is for its owner only")
    before = (ROOT / "out.age").read_bytes()
    run("seal", "-r", x, "-o", "out.age", "in.bin", code=1, says="is there already")
    same((ROOT / "out.age").read_bytes(), before, "an output was overwritten")
    write("list.pub", f"# partners\n\n{x}\n".encode())
    opened(run("seal", "-R", "list.pub", "in.bin"), content)
    run("seal", "--evidence", "-r", x, "-o", "evidence.age", "in.bin")
    tar = subprocess.run(
        ["sh", "-c", "age -d -i x.key evidence.age | tar xO"], cwd=ROOT, capture_output=True)
    same(tar.stdout, content, "age and tar do not give the original back")
    run("seal", "--evidence", "-r", x, given=b"x", code=1, says="length has to be known")
    run("seal", "-r", pq, "-o", "pq.age", "in.bin")


def opened(sealed, content):
    """Stock programs open it."""
    (ROOT / "stock.age").write_bytes(sealed)
    done = subprocess.run(
        ["age", "-d", "-i", "x.key", "stock.age"], cwd=ROOT, capture_output=True)
    same(done.stdout, content, f"age does not open it: {done.stderr.decode()}")
    try:
        import pyrage
    except ImportError:
        return
    identity = (ROOT / "x.key").read_text().splitlines()[2]
    same(
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]), content,
        "pyrage does not open it")


def refusals():
    run("keygen", "--x25519", "-o", "y.key")
    x, y, pq = public_key("x.key"), public_key("y.key"), public_key("pq.key")
    typo = x[:-1] + ("q" if x[-1] != "q" else "p")
    run("seal", "-r", typo, "-o", "no.age", "in.bin", code=1, says="is not a public key")
    run("seal", "-r", pq[:-1], "-o", "no.age", "in.bin", code=1, says="is not a public key",
        never=pq[:-1])
    # The typo is found before the missing file is.
    run("seal", "-r", typo, "-o", "no.age", "missing.bin", code=1, says="is not a public key")
    write("bad.pub", f"# one\n{typo}\n".encode())
    run("seal", "-R", "bad.pub", "in.bin", code=1, says="bad.pub, line 2,")
    run("seal", "in.bin", code=1, says="nobody to seal to")
    run("seal", "-R", write("none.pub", b"# nobody yet\n"), "in.bin", code=1,
        says="nobody to seal to")
    # Line ends of Windows, and both kinds in one file: nobody is left out.
    for text in (f"{x}\n# Bob\r\n{y}\r\n# end\n", f"# us\r\n\r\n{x}\r\n{y}"):
        run("seal", "-R", write("team.pub", text.encode()), "-o", "team.age", "in.bin")
        for key in ("x.key", "y.key"):
            subprocess.run(
                ["age", "-d", "-i", key, "-o", "/dev/null", "team.age"], cwd=ROOT, check=True)
        (ROOT / "team.age").unlink()
    run("seal", "-R", "/dev/stdin", "-o", "team.age", "in.bin", given=x.encode())
    secret = (ROOT / "x.key").read_text().splitlines()[2]
    run("seal", "-r", secret, "in.bin", code=1, says="is a SECRET key", never=secret[-6:])
    run("seal", "-r", "ssh-ed25519 AAAA", "in.bin", code=1, says="is a key of SSH")
    run("seal", "-r", x, "-r", pq, "in.bin", code=1, says="cannot share one file")
    run("seal", "-r", x, "-o", "no.age", "missing.bin", code=1, says="no such file")
    assert not (ROOT / "no.age").exists(), "a refused command left an output"
    run("seal", "--no-such-option", code=64, says="Unknown option")


def opening():
    content = (ROOT / "in.bin").read_bytes()
    run("open", "-i", "x.key", "-o", "back", "out.age")
    same((ROOT / "back").read_bytes(), content, "what was sealed does not come back")
    run("open", "-i", "x.key", "-o", "back", "out.age", code=1, says="is there already")
    same(run("open", "-i", "pq.key", "pq.age"), content, "to standard output")
    sealed = (ROOT / "out.age").read_bytes()
    same(run("open", "-i", "pq.key", "-i", "x.key", given=sealed), content, "the second identity")
    stock = subprocess.run(
        ["age", "-a", "-r", public_key("x.key"), "in.bin"], cwd=ROOT, capture_output=True,
        check=True).stdout
    same(run("open", "-i", "x.key", "-", given=stock), content, "age's armor")
    run("seal", "-p", "-o", "word.age", "in.bin", given=b"correct horse\n")
    same(run("open", "word.age", given=b"correct horse\n"), content, "under a passphrase")
    write("unlocked.key", run("open", "locked.key", given=b"wheat\n"))
    run("seal", "-r", public_key("unlocked.key"), "-o", "locked.age", "in.bin")
    same(run("open", "-i", "locked.key", "locked.age", given=b"wheat\n"), content, "a locked key")
    piece = run("seal", "-r", public_key("x.key"), given=content[:65_536])
    many = subprocess.run(
        ["age", *["-r", public_key("x.key")] * 65, "in.bin"], cwd=ROOT, capture_output=True,
        check=True).stdout
    run("open", "-o", "missing/back", "-i", "x.key", "out.age", code=1,
        says="missing/back: there is no such file or folder")
    for why, says, given, arguments in (
            ("another's", "not sealed to this identity", b"", ["-i", "pq.key", "out.age"]),
            ("no identity", "Say which identity opens it with -i", b"", ["out.age"]),
            ("wrong passphrase", "word.age: that is not its passphrase", b"wrong\n", ["word.age"]),
            ("wrong key's passphrase", "locked.key: that is not its passphrase", b"wrong\n",
             ["-i", "locked.key", "locked.age"]),
            ("two answers from one place", "Save the file, and give its name",
             (ROOT / "locked.age").read_bytes(), ["-i", "locked.key"]),
            ("one answer from one place", "Save the file, and give its name",
             (ROOT / "word.age").read_bytes(), []),
            ("the same place by another name", "Save the file, and give its name",
             (ROOT / "word.age").read_bytes(), ["/dev/stdin"]),
            ("key and file the wrong way round", "small.age is itself sealed to a key", b"",
             ["-i", write("small.age", run("seal", "-r", public_key("x.key"), given=b"x")),
              "locked.age"]),
            ("a folder", ". is a folder", b"", ["-i", "x.key", "."]),
            ("for too many", "for more recipients, than is allowed", b"",
             ["-i", "x.key", write("many.age", many)]),
            ("no key", "letter is no age identity file", b"",
             ["-i", write("letter", b"Dear Sir or Madam,\n"), "out.age"]),
            ("no key at all", "in.bin is larger than a file of its kind", b"",
             ["-i", "in.bin", "out.age"]),
            ("no key file", "none.key: there is no such file", b"", ["-i", "none.key", "out.age"]),
            ("no file", "there is no such file", b"", ["-i", "x.key", "none.age"]),
            ("nothing", "is empty", b"", ["-i", "x.key", write("empty", b"")]),
            ("not age", "in.bin is not an age file", b"", ["-i", "x.key", "in.bin"]),
            ("cut", "cut short", b"", ["-i", "x.key", write("cut", sealed[:-1])]),
            ("changed", "altered", b"",
             ["-i", "x.key", write("changed", sealed[:-1] + bytes([sealed[-1] ^ 1]))]),
            ("too much", "added after its end", b"",
             ["-i", "x.key", write("more", piece + b"more")])):
        run("open", "-o", "never", *arguments, given=given, code=1, says=says)
        assert not (ROOT / "never").exists(), f"{why}: a refused file left an output"


def alone():
    """The container in a program of its own: the same commands, and no others."""
    own = {"program": "sallyport-container"}
    content = (ROOT / "in.bin").read_bytes()
    run("keygen", "-o", "own.key", says="Public key: age1pq1", **own)
    run("seal", "-r", public_key("own.key"), "-o", "own.age", "in.bin", **own)
    same(run("open", "-i", "own.key", "own.age", **own), content, "what was sealed comes back")
    same(run("open", "-i", "own.key", "own.age"), content, "and in the other program")
    assert b"withstands a quantum computer" in run("inspect", "own.age", **own)
    run("seal", "in.bin", code=1, says="nobody to seal to", **own)
    run("seal", "-r", public_key("own.key"), "-o", "own.age", "in.bin", code=1,
        says="is there already", **own)
    run("open", "-i", "x.key", "own.age", code=1, says="not sealed to this identity", **own)
    run("submit", code=64, says="Unexpected argument 'submit'", **own)
    told = run("open", "--help", **own).decode()
    assert "  sallyport-container open -i office.key" in told, "the examples are another program's"


def places():
    """Where results go, and where answers come from."""
    content = (ROOT / "in.bin").read_bytes()
    x = public_key("x.key")
    opened(run("seal", "-r", x, "-o", "-", "in.bin"), content)
    same(run("open", "-i", "x.key", "-o", "-", "out.age"), content, "-o - is standard output")
    assert b"AGE-SECRET-KEY-" in run("keygen", "-o", "-") and not (ROOT / "-").exists()
    run("seal", "-r", x, "-o", "/dev/null", "in.bin", code=1, says="Leave out -o")
    run("seal", "-r", x, "-o", ".", "in.bin", code=1, says="Give the name of a new file in it")
    same(run("seal", "-r", x, ".", code=1, says=". is a folder"), b"", "a header of nothing")
    run("open", "-i", "x.key", "out.age", code=1, to="/dev/full",
        says="standard output: the disk is full; what was written is not complete")
    run("inspect", "out.age", code=1, to="/dev/full", says="standard output: the disk is full")
    key = (ROOT / "x.key").read_bytes()
    opened(run("seal", "-R", "-", "in.bin", given=f"# us\r\n{x}\r\n".encode()), content)
    same(run("open", "-i", "-", "out.age", given=key), content, "a key that a pipe gives")
    same(run("open", "-i", "pq.key", "-i", "-", "out.age", given=key), content, "as the second one")
    run("seal", "-R", "-", "in.bin", given=b"age1\n", code=1, says="standard input, line 1, is not")
    run("open", "-i", "-", "out.age", given=b"x\n", code=1, says="standard input is no age identity")
    run("open", "-i", "-", "word.age", given=key, code=1, says="Save the file, and give its name")
    run("open", "-i", "-", "out.age", given=(ROOT / "locked.key").read_bytes(), code=1,
        says="Save the file, and give its name")
    for command in (["seal", "-R", "-"], ["seal", "-R", "-", "-"], ["open", "-i", "-"],
                    ["open", "-i", "-", "-i", "-", "out.age"]):
        run(*command, given=key, code=64, says="Standard input would have to be two files at once")
    older = "\udcd0\udcc2.jpg"  # A name as Windows in China wrote it.
    write(older, b"photo")
    run("seal", "-r", x, "-o", "older.age", older, code=64, says="Argument 6 is not UTF-8")
    opened(run("seal", "-r", x, given=(ROOT / older).read_bytes()), b"photo")
    for command in (["seal", "-p", "-o", "typed.age", "-"], ["open", "-o", "typed", "-"]):
        questions = [b"wheat\n"] * (2 if command[0] == "seal" else 1)
        source = "in.bin" if command[0] == "seal" else "typed.age"
        at_terminal(*command, source=source, answers=questions)
    same((ROOT / "typed").read_bytes(), content, "a passphrase typed while input carries the file")


def endings():
    """What ends the program, or only its reader, leaves nothing half done."""
    seal = [BINARIES / "sallyport", "seal", "-r", public_key("x.key"), "-o", "long.age"]
    for number in ENDINGS:
        process = subprocess.Popen(seal, stdin=subprocess.PIPE, cwd=ROOT)
        process.stdin.write(bytes(3 << 20))
        process.stdin.flush()
        while not [name for name in os.listdir(ROOT) if name.endswith(".tmp")]:
            time.sleep(0.01)
        process.send_signal(number)
        same(process.wait(60), 128 + number, "the exit code that shells give")
        left = [name for name in os.listdir(ROOT) if name.startswith(("long", ".long"))]
        assert not left, f"{number!r} leaves {left}"
    write("big", bytes(20 << 20))
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*seal, "big"], stderr=writer, cwd=ROOT)
    os.close(writer)
    same(done.returncode, 0, "progress that nobody reads ends nothing")
    (ROOT / "long.age").unlink()
    limit = 1 << 20
    done = subprocess.run(
        [*seal, "big"], stderr=subprocess.PIPE, cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert done.returncode == 1 and b"no file may be so large there" in done.stderr, done.stderr
    assert not [name for name in os.listdir(ROOT) if "long.age" in name], "a limit leaves a piece"


def at_terminal(*arguments, source, answers):
    """Runs the program with a terminal of its own, and standard input from a file."""
    master, slave = pty.openpty()

    def begin():
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

    with open(ROOT / source, "rb") as given:
        process = subprocess.Popen(
            [BINARIES / "sallyport", *arguments], stdin=given, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, cwd=ROOT, preexec_fn=begin, pass_fds=[slave])
        for answer in answers:
            told = b""
            while not told.endswith(b": "):
                piece = os.read(process.stderr.fileno(), 1024)
                assert piece, f"{arguments}: ended without asking: {told}"
                told += piece
            # What is typed before the terminal hides it is thrown away.
            while termios.tcgetattr(master)[3] & termios.ECHO:
                time.sleep(0.01)
            os.write(master, answer)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 0, f"{arguments}: {told}"
    assert termios.tcgetattr(master)[3] & termios.ECHO, "the terminal stays blind"
    os.close(master)
    os.close(slave)


def looking():
    told = run("inspect", "pq.age").decode()
    assert "mlkem768x25519 (withstands" in told and "header:    1627 bytes" in told, told
    assert "plaintext: 200001 bytes" in told and "padded:    no" in told, told
    told = run("inspect", "evidence.age").decode()
    assert "padded:    the size is one that padding gives" in told, told
    run("inspect", given=(ROOT / "pq.age").read_bytes())
    run("inspect", write("empty", b""), code=1, says="empty: the file is empty")
    run("inspect", "in.bin", code=1, says="this is not an age file")
    sealed = (ROOT / "pq.age").read_bytes()
    run("inspect", write("cut1", sealed[:900]), code=1, says="cut off inside its header")
    run("inspect", write("cut2", sealed[:1627 + 20]), code=1, says="the file is cut off")
    damaged = sealed.replace(b"\n--- ", b"\n--* ")
    run("inspect", write("damaged", damaged), code=1, says="its header is damaged")
    run("seal", "--armor", "-r", public_key("x.key"), "-o", "armored.age", "in.bin")
    armored = (ROOT / "armored.age").read_bytes()
    told = run("inspect", "armored.age").decode()
    assert "written as text (armored)" in told and "plaintext: 200001 bytes" in told, told
    opened_by_age = subprocess.run(
        ["age", "-d", "-i", "x.key", "armored.age"], cwd=ROOT, capture_output=True, check=True)
    same(opened_by_age.stdout, (ROOT / "in.bin").read_bytes(), "age reads our armor")
    same(run("seal", "-a", "-r", public_key("x.key"), given=b"hello").splitlines()[0],
         b"-----BEGIN AGE ENCRYPTED FILE-----", "armor to standard output")
    run("inspect", write("text", armored[:-40]), code=1, says="the text is damaged")
    run("seal", "--passphrase", "-o", "secret.age", "in.bin", given=b"correct horse\n")
    told = run("inspect", "secret.age").decode()
    assert "scrypt (a passphrase; work factor 17)" in told, told
    run("seal", "-p", "-r", public_key("x.key"), "in.bin", given=b"correct horse\n", code=64,
        says="not both")
    run("seal", "-p", given=b"correct horse\n", code=1, says="Save the file, and give its name")
    run("inspect", "missing", code=1, says="no such file")


def tips():
    """What is found wrong before any network is used."""
    door = ["--to", "http://127.0.0.1:9", "--root-key"]
    vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    tip = write("tip.json", b'{"nevr": []}')
    run("submit", *door, vkey, "--tip", tip, code=1, says='"nevr" is not known here')
    write("tip.json", b'{"report": {"narrative": "x"}}')
    run("submit", *door, "root+1", "--tip", tip, code=1, says="The root key is not right")
    run("submit", *door, vkey, "--tip", tip, "--evidence", "none", code=1, says="no such file")
    write("nothing.jpg", b"")
    for command in (["submit", *door, vkey, "--tip", tip], ["add", *door, vkey]):
        run(*command, "--evidence", "nothing.jpg", code=1,
            says="nothing.jpg is empty: there is nothing in it to send", never="reached")
    spaces = write("spaces.json", b'{"report": {"narrative": "x"}}')
    run("submit", *door, vkey, "--tip", spaces, "--ask-word", given=b"   \n", code=1,
        says="A withdrawal word of spaces alone protects nothing")
    run("status", *door, vkey, "--certificates", "tip.json", given=b"1" * 20 + b"\n", code=1,
        says="tip.json: no certificates could be read from it")
    run("submit", *door, vkey, "--tip", tip, code=1, says="cannot be reached. Nothing is lost")
    run("submit", "--to", "http://door.example", "--root-key", vkey, "--tip", tip, code=1,
        says="is not an address this program sends to")
    run("submit", *door, vkey, code=64, says="--tip TIP.json")
    run("status", *door, vkey, given=b"1234\n", code=1, says="there were 4")
    run("status", *door, vkey, given=b"", code=1, says="ended where an answer was expected")
    run("status", *door, vkey, given=b"12ab\n", code=1, says="only digits", never="12ab")


def main():
    for chapter in (keys, public_keys, sealing, refusals, opening, alone, places, endings, looking, tips):
        chapter()
        print(f"{chapter.__name__}: held")
    subprocess.run(["rm", "-rf", ROOT], check=True)
    print(f"{CHECKS} commands did what they must.")


if __name__ == "__main__":
    sys.exit(main())
