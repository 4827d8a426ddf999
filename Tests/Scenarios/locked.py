"""An office whose keys lie under a passphrase that somebody types at a terminal."""
import os
import pty
import select
import time

from agencies import Office
from prompts import shows_typing
from world import Broken, eventually

OFFICE = "office-d"
PASSPHRASE = "office-d passphrase, typed by hand"
WRONG = "another passphrase"
TOML = """name = "Example Rescue Foundation"
country = "XX"
kind = "ngo"
contact = "desk@office-d.example"
clearances = [
    "urgency", "report", "reporter", "person", "place", "perpetrators", "compelled", "evidence",
    "answer",
]
{keys}

[description]
en = "Staff of a foundation that does not exist."
"""


def at_terminal(world, program, *arguments, types, expect=0):
    """Runs a program at a terminal of its own and types one line at each question.

    Returns what the terminal showed. Nothing is typed before the terminal stops showing it.
    """
    command = world.command(program, arguments)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    shown, left = b"", list(types)
    try:
        deadline = time.monotonic() + 60
        while True:
            if time.monotonic() > deadline:
                os.kill(pid, 9)
                raise Broken(f"{program} at a terminal did not end\n{shown.decode()}")
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            try:
                piece = os.read(terminal, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
            if left and shown.rstrip().endswith(b":"):
                eventually(lambda: not shows_typing(terminal), "a terminal that hides typing")
                os.write(terminal, (left.pop(0) + "\n").encode())
    finally:
        _, status = os.waitpid(pid, 0)
        os.close(terminal)
    text = shown.decode(errors="replace").replace("\r\n", "\n")
    code = os.waitstatus_to_exitcode(status)
    if code != expect:
        raise Broken(f"{program} at a terminal ended with {code}, not {expect}\n{text}")
    for line in types:
        if line in text:
            raise Broken(f"{program} showed a passphrase as it was typed\n{text}")
    if left:
        raise Broken(f"{program} asked for fewer answers than there were\n{text}")
    return text


class LockedOffice(Office):
    """An office whose person types the passphrase each time; or a wrong one."""

    def types(self, command, *arguments, passphrase=PASSPHRASE, expect=0):
        return at_terminal(self.world, "sallyport-agency", command, "--home", self.home, *arguments,
                           types=[passphrase], expect=expect)

    def fetch(self, **more):
        return self.types("fetch", "--from", self.gateway.partners, "--directory",
                          self.gateway.note, "--into", self.inbox, **more)

    def says(self, state, reason=""):
        return self.types("ack", "--from", self.gateway.partners, "--state", state, "--reason",
                          reason, self.bundle)


def enrols(world, gateway):
    """Makes the office's keys before the root signs who is who."""
    home = gateway.home(OFFICE)
    init = ["sallyport-agency", "init", "--home", home, "--office", OFFICE, "--root-key",
            gateway.vkey]
    told = at_terminal(world, *init, types=[PASSPHRASE, WRONG], expect=1)
    world.check("The two passphrases differ; nothing was done" in told and not home.exists(),
                "a new passphrase is asked for twice; two different ones make no key", told)
    told = at_terminal(world, *init, types=[PASSPHRASE, PASSPHRASE])
    for name in ("identity.age", "signing.key"):
        kept = (home / name).read_bytes()
        if not kept.startswith(b"age-encryption.org/v1\n-> scrypt "):
            raise Broken(f"{name} is not under a passphrase\n{kept[:60]}")
        if (home / name).stat().st_mode & 0o077:
            raise Broken(f"{name} can be read by others")
    world.check(True, "both of its key files are under the passphrase, and only its own to read")
    _, error = world.run(*init, lines=[PASSPHRASE], expect=1)
    world.check("is there already; nothing was changed" in error,
                "keys that are there are not made anew over themselves", error)
    keys = [line for line in told.splitlines() if line.startswith(("recipient", "signing_key"))]
    (gateway.keys / "agencies" / f"{OFFICE}.toml").write_text(
        TOML.format(keys="\n".join(keys)))


def fetches(world, office):
    """Fetching needs the signing key, opening the identity: both ask, both refuse a wrong word."""
    told = office.fetch(passphrase=WRONG, expect=1)
    world.check("signing.key did not open: wrong passphrase" in told
                and not any(office.inbox.glob("*")),
                "with a wrong passphrase nothing is fetched, and the key file is named", told)
    eventually(lambda: office.fetch() and any(office.inbox.glob("*.tar")),
               f"a bundle for {office.name}", 30)
    office.bundle = next(office.inbox.glob("*.tar"))
    opened = office.inbox.parent / f"{OFFICE}-opened"
    told = office.types("open", "-o", opened, office.bundle, passphrase=WRONG, expect=1)
    world.check("identity.age did not open: wrong passphrase" in told and not opened.exists(),
                "with a wrong passphrase nothing is opened, and nothing left behind", told)
    office.types("open", "-o", opened, office.bundle)
    return opened
