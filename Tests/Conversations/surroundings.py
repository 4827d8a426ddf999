#!/usr/bin/env python3
"""keygen, seal, open and inspect where things around them are not as usual: signals at a prompt, disks
without links, descriptors that do not wait or are not there, files that change, files beyond limits.

Run with SALLYPORT_BIN set to the folder that holds the program.
"""
import fcntl
import os
import pty
import shutil
import signal
import subprocess
import sys
import termios
import threading
import time

from plain import BINARIES, ENDINGS, ROOT, keys, public_key, run, same, write

PROGRAM = BINARIES / "sallyport"
CONTENT = os.urandom(3 << 20)


def left():
    return sorted(name for name in os.listdir(ROOT) if name.startswith((".", "new")))


def started(*arguments, **more):
    return subprocess.Popen([PROGRAM, *arguments], cwd=ROOT, stderr=subprocess.PIPE, **more)


# -- signals

def signals_at_a_prompt():
    """Whatever ends the program while it asks, the terminal shows again what is typed."""
    run("seal", "-p", "-o", "word.age", "in.bin", given=b"wheat\n")
    for command in (["open", "-o", "new", "word.age"], ["seal", "-p", "-o", "new", "in.bin"],
                    ["keygen", "--passphrase", "-o", "new"]):
        for number in ENDINGS:
            for _ in range(3):
                ends_at_a_prompt(command, number)


def ends_at_a_prompt(command, number):
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.execv(PROGRAM, [PROGRAM, *command])
    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        time.sleep(0.01)
    same(left(), [], f"{command}: something lies there while a passphrase is asked for")
    if number == signal.SIGINT:
        os.write(terminal, b"half a pass\x03")
    else:
        os.kill(pid, number)
    _, status = os.waitpid(pid, 0)
    same(os.waitstatus_to_exitcode(status), 128 + number, f"{command}, {number!r}: the exit code")
    assert termios.tcgetattr(terminal)[3] & termios.ECHO, f"{command}, {number!r}: a blind terminal"
    same(left(), [], f"{command}, {number!r}: left behind")
    os.close(terminal)


def ignored_signals():
    """nohup: whoever logs out does not end what is to go on."""
    process = started(
        "seal", "-r", public_key("x.key"), "-o", "new", stdin=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.stdin.write(CONTENT)
    process.stdin.flush()
    while not left():
        time.sleep(0.01)
    process.send_signal(signal.SIGHUP)
    time.sleep(0.2)
    same(process.communicate(timeout=60)[1], b"", "what is said")
    same(process.returncode, 0, "what was to be ignored ends it")
    same(run("open", "-i", "x.key", "new"), CONTENT, "and all of it is sealed")
    (ROOT / "new").unlink()


def without_threads():
    """Where the system gives no more threads, the one that is there does all of it."""
    write("large.bin", CONTENT * 4)
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=clone3,clone:error=EAGAIN", PROGRAM,
         "seal", "-r", public_key("x.key"), "-o", "new", "large.bin"], cwd=ROOT, timeout=60,
        stderr=subprocess.DEVNULL)
    same(done.returncode, 0, "the exit code")
    same(run("open", "-i", "x.key", "new"), CONTENT * 4, "the content")
    (ROOT / "new").unlink()


# -- places

def disks_without_links():
    """Many USB sticks have no hard links: the name is still given only to what is whole, and never
    taken from another."""
    for code in ("EPERM", "EOPNOTSUPP"):
        command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject=link,linkat:error={code}",
                   PROGRAM, "open", "-i", "x.key", "-o", "new", "small.age"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True)
        same((done.returncode, done.stderr, left()), (0, b"", ["new"]), code)
        same((ROOT / "new").read_bytes(), CONTENT, "it is whole")
        same((ROOT / "new").stat().st_mode & 0o777, 0o600, "and for its owner only")
        (ROOT / "new").unlink()
    for name, error, says in (("rename", "EIO", b"rename"), ("fsync", "EIO", b"fsync")):
        command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=link,linkat:error=EPERM",
                   "-e", f"inject={name}:error={error}", PROGRAM, "open", "-i", "x.key", "-o", "new",
                   "small.age"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True)
        assert done.returncode == 70 and says in done.stderr, done.stderr
        same(left(), [], f"{name} fails: left behind")


def places():
    """A folder that takes no file is named before anybody types or waits."""
    (ROOT / "shut").mkdir()
    write("shut/in", b"x")
    if os.geteuid() == 0:
        (ROOT / "shut").chmod(0o755)
        for folder in [ROOT, *ROOT.parents][:1]:
            folder.chmod(0o755)
        for name in ("x.key", "word.age"):
            (ROOT / name).chmod(0o644)
        as_nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    else:
        (ROOT / "shut").chmod(0o555)
        as_nobody = {}
    done = subprocess.run(
        [PROGRAM, "open", "-o", "shut/new", "word.age"], cwd=ROOT, stdin=subprocess.DEVNULL,
        capture_output=True, **as_nobody)
    assert done.returncode == 1 and b"shut: you are not allowed to do that" in done.stderr, done.stderr
    run("open", "-o", "missing/new", "word.age", code=1, says="missing/new: there is no such file")
    longest = "n" * 255
    run("open", "-i", "x.key", "-o", longest, "small.age")
    same((ROOT / longest).read_bytes(), CONTENT, "a name of 255 bytes")
    run("open", "-i", "x.key", "-o", longest + "n", "small.age", code=1, says="the name is too long")


def descriptors():
    """Pipes that do not wait, as some programs hand them over; and those that are not there."""
    for number, mode in ((0, "r"), (1, "w")):
        given, taken = os.pipe()
        own, other = (given, taken) if mode == "r" else (taken, given)
        fcntl.fcntl(own, fcntl.F_SETFL, fcntl.fcntl(own, fcntl.F_GETFL) | os.O_NONBLOCK)
        arguments = [PROGRAM, "open", "-i", "x.key"]
        if mode == "r":
            process = subprocess.Popen(arguments, cwd=ROOT, stdin=own, stdout=subprocess.PIPE)
            os.close(own)
            threading.Thread(target=slowly, args=(other,)).start()
            same(process.communicate(timeout=60)[0], CONTENT, "from a pipe that does not wait")
        else:
            process = subprocess.Popen([*arguments, "small.age"], cwd=ROOT, stdout=own)
            os.close(own)
            time.sleep(0.5)
            with open(other, "rb") as pipe:
                same(pipe.read(), CONTENT, "into a pipe that does not wait")
            process.wait(60)
        same(process.returncode, 0, "the exit code")
    for closed, code in (("<&-", 70), (">&-", 70), ("2>&-", 0), ("<&- >&- 2>&-", 70)):
        file = "-" if "<" in closed else "small.age"
        done = subprocess.run(
            ["sh", "-c", f'exec "$0" open -i x.key {file} {closed}', PROGRAM], cwd=ROOT,
            capture_output=True)
        same(done.returncode, code, f"{closed}: {done.stderr}")
        if "2>" not in closed:
            assert b"Bad file descriptor" in done.stderr, done.stderr
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" open -i x.key -o new small.age <&- >&- 2>&-', PROGRAM], cwd=ROOT)
    same((done.returncode, (ROOT / "new").read_bytes() == CONTENT), (0, True), "none is needed")
    (ROOT / "new").unlink()


def slowly(descriptor):
    time.sleep(0.5)
    with open(descriptor, "wb") as pipe:
        pipe.write((ROOT / "small.age").read_bytes())


# -- files

def limits():
    """Files that other programs make and this one refuses, in words that help."""
    x = public_key("x.key")
    many = subprocess.run(["age", *["-r", x] * 65, "in.bin"], cwd=ROOT, capture_output=True).stdout
    write("many.age", many)
    for command in (["open", "-i", "x.key", "many.age"], ["inspect", "many.age"]):
        run(*command, code=1, says="seal it to fewer keys: at most 64")
    body = b"A" * 43 + b"\n"
    mac = b"--- " + body
    salt = b"A" * 22
    intro = b"age-encryption.org/v1\n"
    work = write("work.age", intro + b"-> scrypt " + salt + b" 21\n" + body + mac + bytes(40))
    run("open", work, code=1, says="a work factor above 20")
    assert b"work factor 21, above the 20" in run("inspect", work)
    for name, stanzas in (("mixed", b"-> scrypt " + salt + b" 10\n" + body + b"-> other\n\n"),
                          ("formless", b"-> scrypt AAAA 10\n" + body)):
        run("open", write(f"{name}.age", intro + stanzas + mac + bytes(40)), code=1,
            never="Standard input ended")
    long = b"-> scrypt " + salt + b" " + b"9" * 2000 + b"\n" + body
    told = run("inspect", write("long.age", intro + long + mac + bytes(40)))
    assert b"its work factor is no number" in told and len(told) < 400, told
    other = b"-> %-grease ab\n\n-> " + b"t" * 900 + b"\n\n"
    told = run("inspect", write("other.age", intro + other + mac + bytes(40)))
    assert b"%-grease (nobody's" in told and b"t" * 41 not in told, told
    # A stanza of a kind we know that has not its form refuses the file, wherever it stands.
    write("formed.age", run("seal", "-r", x, given=b"x"))
    whole = (ROOT / "formed.age").read_bytes()
    broken = whole.replace(b"\n---", b"\n-> X25519 AAAA\n" + body.rstrip() + b"\n---", 1)
    run("open", "-i", "x.key", write("broken.age", broken), code=1, says="its header is malformed")
    with open(ROOT / "huge", "wb") as file:
        file.write((ROOT / "small.age").read_bytes()[:300])
    try:
        os.truncate(ROOT / "huge", (1 << 63) - 1)
    except OSError:
        # What the file system takes at most.
        os.truncate(ROOT / "huge", 8 << 40)
    done = subprocess.run([PROGRAM, "inspect", "huge"], cwd=ROOT, capture_output=True)
    assert done.returncode in (0, 1), f"a huge file: {done.returncode} {done.stderr}"


def other_keys():
    """Keys that age's plugins, or SSH, would know are not called typing mistakes."""
    for text in ("age1yubikey1qwe", "age1tag1qwe"):
        run("seal", "-r", text, "in.bin", code=1, says="another kind, as plugins of age have them")
    run("seal", "-r", "ssh-ed25519 AAAA", "in.bin", code=1, says="is a key of SSH")
    for content, says in ((b"# mine\nAGE-PLUGIN-YUBIKEY-1QWE\n", "line 2, is a key of a plugin"),
                          (b"-----BEGIN OPENSSH PRIVATE KEY-----\n", "line 1, is a key of SSH"),
                          (b"#\nAGE-SECRET-KEY-1QWE\n", "a letter of it is wrong (line 2)"),
                          (b"# nothing\n", "there is no key in it")):
        run("open", "-i", write("other.key", content), "small.age", code=1, says=says)
    run("seal", "-R", "x.key", "in.bin", code=1, says="is a SECRET key", never="AGE-SECRET")
    # A comment may begin with a letter that joins the sign before it.
    comments = "#\u0301 a\n#\ufe0f\u20e3 b\r\n" + public_key("x.key") + "\r\n"
    same(run("open", "-i", "x.key", given=run(
        "seal", "-R", write("marks.pub", comments.encode()), given=b"x")), b"x", "comments")
    same(run("open", "word.age", given=b"wheat\r\n"), (ROOT / "in.bin").read_bytes(),
         "a passphrase from a file with the line ends of Windows")


def files_that_change():
    """Evidence that something still writes to is not sealed in part and called whole."""
    for change in (+1, -1):
        (ROOT / "growing").write_bytes(bytes(64 << 20))
        # Each read takes a while, so that there is time to change what is read.
        process = subprocess.Popen(
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=read:delay_enter=20000", PROGRAM,
             "seal", "--evidence", "-r", public_key("x.key"), "-o", "new", "growing"], cwd=ROOT,
            stderr=subprocess.PIPE)
        while not any((ROOT / name).stat().st_size for name in left()):
            time.sleep(0.001)
        os.truncate(ROOT / "growing", (64 << 20) + change)
        told = process.communicate(timeout=60)[1]
        assert process.returncode == 1 and b"something is still writing to it" in told, told
        same(left(), [], "what would not be all of it is left")
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 100; exec "$0" seal -r "$1" growing >cut.age', PROGRAM,
         public_key("x.key")], cwd=ROOT, capture_output=True)
    assert done.returncode == 1 and b"what was written is not complete" in done.stderr, done.stderr


def side_by_side():
    """Opening into a file writes each segment at its own place, as sealing does."""
    write("large.bin", bytes(20 << 20))
    run("seal", "-r", public_key("x.key"), "-o", "large.age", "large.bin")
    run("open", "-i", "x.key", "large.age", says="Opening: 90 %\nOpening: 100 %\n")
    trace = ROOT / "trace"
    subprocess.run(["strace", "-f", "-qq", "-e", "trace=pwrite64", "-o", trace, PROGRAM, "open", "-i",
                    "x.key", "-o", "large.back", "large.age"], cwd=ROOT, check=True,
                   stderr=subprocess.DEVNULL)
    assert trace.read_text().count("pwrite64(") >= 20, "opening writes in order"
    run("open", "-i", "x.key", given=(ROOT / "large.age").read_bytes(), never="%")
    same((ROOT / "large.back").read_bytes(), bytes(20 << 20), "the content")


def main():
    if not shutil.which("strace"):
        sys.exit("strace is not installed: Deploy/packages --test")
    keys()
    write("in.bin", b"what is sealed")
    write("content", CONTENT)
    run("seal", "-r", public_key("x.key"), "-o", "small.age", "content")
    for chapter in (signals_at_a_prompt, ignored_signals, without_threads, disks_without_links,
                    places, descriptors, limits, other_keys, files_that_change, side_by_side):
        chapter()
        print(f"{chapter.__name__}: held")
    shutil.rmtree(ROOT)


if __name__ == "__main__":
    sys.exit(main())
