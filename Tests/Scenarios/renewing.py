"""The root signs the same directory again, for longer: all take it, and no older one after."""
import re
import shutil

import handling
import locked
from gateway import PASSPHRASES
from world import eventually, get

OLDER = "the directory is older than one seen before: version {}, but version {} is known"


def renew(gateway, *more, note=None, passphrase=PASSPHRASES["root"], expect=0):
    return gateway.world.run("sallyport", "root", "renew", note or gateway.note, "--root",
                             gateway.root_key, *more, lines=[passphrase], expect=expect)


def shown(gateway, note=None):
    out, _ = gateway.world.run("sallyport", "root", "show", note or gateway.note, "--root-vkey",
                               gateway.vkey, "--policy", gateway.policy)
    return out


def wrong_renewals(world, gateway):
    """Each is refused in words, and the directory stays what it was."""
    before, names = gateway.note.read_bytes(), sorted(gateway.keys.iterdir())
    altered = world.path("ceremony", "altered", "directory.note")
    altered.write_bytes(before.replace(b"office-a.example", b"office-e.example"))
    for words, claim, more in (
            ("there is no directory to renew", "a directory that is not there",
             {"note": world.root / "ceremony/none.note"}),
            ("wrong passphrase, or a damaged file",
             "a wrong passphrase of the root key", {"passphrase": "wrong passphrase"}),
            ("not signed by the root key", "a directory that the root did not sign",
             {"note": altered})):
        out, error = renew(gateway, expect=1, **more)
        world.check(words in error and not out, f"{claim} is refused in words", out + error)
    _, error = renew(gateway, "--days", "100000", expect=64)
    world.check("--days is from 1 to" in error, "so is a life longer than any", error)
    _, error = renew(gateway, "--issued", "2020-01-01", expect=1)
    world.check("is the clock right?" in error, "so is a day of issue before the old one's", error)
    world.check(gateway.note.read_bytes() == before and sorted(gateway.keys.iterdir()) == names
                and altered.read_bytes() != before, "and nothing was replaced or left behind")


def is_renewed(world, gateway, office):
    """Desk, dispatch, door and office take the renewed one; then the older one is refused by all.

    Returns who sent a tip under it, and the name of its case."""
    wrong_renewals(world, gateway)
    was = shown(gateway)
    version = int(re.search(r"version (\d+)", was).group(1))
    out, error = renew(gateway, "--days", "120")
    old = gateway.keys / f"directory-{version}.note"
    world.check(f"version {version + 1} " in out and "only the dates" in error and old.exists(),
                "the root signs it again: the next version, only the dates are new, the old one is"
                " kept", out + error)
    differs = set(was.splitlines()) ^ set(shown(gateway).splitlines())
    world.check(0 < len(differs) <= 4 and not any("age1" in line for line in differs),
                "read aloud, nothing but version and dates differs", "\n".join(sorted(differs)))
    found = taken(world, gateway, office, version + 1)
    refused(world, gateway, office, old, version)
    return found


def taken(world, gateway, office, version):
    out, _ = world.run("sallyport-desk", "directory", "--desk", gateway.desk, gateway.note,
                       gateway.policy)
    world.check(f"directory version {version}, until " in out,
                "the desk takes it, with the policy it has", out)
    out, _ = world.run("sallyport-dispatch", "adopt-directory", "--config",
                       gateway.dispatch_config(), gateway.note)
    note = gateway.note.read_bytes()
    eventually(lambda: get(gateway.intake_port, "/directory")[2] == note,
               "the door giving out the renewed directory")
    world.check("The directory is in force" in out,
                "dispatch puts it into force, and the door gives it out", out)
    out, _ = office.do("verify", "--directory", gateway.note, office.bundle)
    world.check("is whole and in force" in out,
                f"{office.name} takes it, and still believes a bundle from under the old one", out)
    office.fetch()
    sender = handling.Sender(world, gateway, "held", ["office-a", "office-b", locked.OFFICE])
    [name] = handling.taken(world, gateway)
    world.check(True, "tips are sealed, sent and pulled under it, and an office fetches")
    return sender, name


def refused(world, gateway, office, old, version):
    words = OLDER.format(version, version + 1)
    out, error = world.run("sallyport-desk", "directory", "--desk", gateway.desk, old,
                           gateway.policy, expect=1)
    world.check(words in error and not out,
                "the desk refuses the older one, and says both versions", out + error)
    out, error = world.run("sallyport-dispatch", "adopt-directory", "--config",
                           gateway.dispatch_config(), old, expect=1)
    note = gateway.note.read_bytes()
    world.check(words in error and "in force" not in out
                and get(gateway.intake_port, "/directory")[2] == note, "so does dispatch",
                out + error)
    out, error = office.do("verify", "--directory", old, office.bundle, expect=1)
    world.check(words in error and "in force" not in out, f"so does {office.name}", out + error)
    copy = world.path("ceremony", "older", "directory.note")
    shutil.copyfile(old, copy)
    renew(gateway, "--days", "30", note=copy)
    out, error = office.do("verify", "--directory", copy, office.bundle, expect=1)
    world.check(f"two different directories with version {version + 1}" in error,
                "when the root signs two directories of one version, the second is not believed",
                out + error)
