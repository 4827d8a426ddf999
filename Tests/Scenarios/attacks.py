"""Everything that could be changed is changed, and each change is refused in words that name it."""
import base64
import json
import shutil
import tarfile

from agencies import Office
from world import Broken


def all_refused(world, gateway, first, second, case):
    altered_bundles(world, first)
    handed_over(world, first, second)
    forged_inside(world)
    replayed_mailboxes(world, gateway)
    directories(world, gateway, first)


def refused(world, office, bundle, words, claim, command="verify", *options):
    """The office's program must refuse, say why, and leave nothing."""
    out, error = office.do(command, *options, bundle, expect="failure")
    if not any(word in error for word in words):
        raise Broken(f"{claim}: the reason is not named\n{error}")
    said = next(line for line in error.splitlines() if line.startswith("error: "))
    world.check(True, f"{claim}: “{said.removeprefix('error: ')}”")


# -- one byte

def altered_bundles(world, office):
    def change(name, alter, words, claim):
        copy = world.path("attacks", "altered.tar")
        shutil.copyfile(office.bundle, copy)
        with tarfile.open(copy) as tar:
            member = tar.getmember(name)
        with open(copy, "r+b") as file:
            file.seek(member.offset_data)
            data = alter(bytearray(file.read(member.size)))
            if len(data) != member.size:
                raise Broken("an alteration must keep the size")
            file.seek(member.offset_data)
            file.write(data)
        refused(world, office, copy, words, claim)

    def flip(at):
        def alter(data):
            data[at] ^= 1
            return data
        return alter

    change("parts/07.age", flip(-20), ["payload", "parts/07"], "one byte of a payload")
    change("parts/00.age", flip(200), ["header", "parts/00"], "one byte of a header")
    change("statement.dsse.json", statement(lambda text: text.replace(b"office-a", b"office-b")),
           ["statement", "signature", "sign"], "one word of the statement")
    change("statement.dsse.json", signatures(lambda found: [forged(found[0]), found[1]]),
           ["signature", "sign"], "one byte of a signature")
    change("statement.dsse.json", signatures(lambda found: [found[0], found[0]]),
           ["person", "twice", "two"], "signed twice by one person")
    change("SHA256SUMS.lin.sig", flip(5), ["SHA256SUMS", "signature"],
           "one byte of a signature over SHA256SUMS")
    change("custody/release.tlog-proof", proof, ["proof", "log"], "one character of the proof")


def statement(edit):
    def alter(data):
        envelope = json.loads(data)
        payload = edit(base64.b64decode(envelope["payload"]))
        return data.replace(envelope["payload"].encode(), base64.b64encode(payload))
    return alter


def signatures(edit):
    def alter(data):
        envelope = json.loads(data)
        before = compact(envelope["signatures"])
        if before not in data:
            raise Broken("the envelope is not compact JSON")
        return data.replace(before, compact(edit(envelope["signatures"])))
    return alter


def compact(value):
    return json.dumps(value, separators=(",", ":")).encode()


def forged(signature):
    raw = bytearray(base64.b64decode(signature["sig"]))
    raw[3] ^= 1
    return dict(signature, sig=base64.b64encode(raw).decode())


def proof(data):
    lines = bytes(data).split(b"\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(b"index")) + 1
    lines[at] = (b"B" if lines[at][:1] == b"A" else b"A") + lines[at][1:]
    return b"\n".join(lines)


# -- the wrong hands, and dishonest verifiers

def handed_over(world, first, second):
    refused(world, second, first.bundle, ["office"], "a bundle for A handed to B")


class Cheated(Office):
    """The office that the two dishonest verifiers write to."""

    def __init__(self, world, folder):
        self.world, self.home = world, folder / "home"
        world.run("sallyport-agency", "init", "--home", self.home, "--office", "office-a",
                  "--root-key", folder / "root.vkey", "--no-passphrase")


def forged_inside(world):
    """Two verifiers who cheat together still cannot invent consent, or hide a trap in a tar."""
    folder = world.path("attacks", "forged")
    world.run("rig-forge", folder)
    office = Cheated(world, folder)
    shutil.copyfile(folder / "identity.age", office.home / "identity.age")
    directory = ["--directory", folder / "directory.note"]
    office.do("open", *directory, "-o", folder / "honest", folder / "honest.tar")
    world.check((folder / "honest/cover.txt").exists(), "an honest bundle of the same kind opens")
    for name, words, claim in [
        ("consent-of-another-tip", ["consent", "tip"], "a consent leaf of another tip"),
        ("second-member", ["member", "archive", "evidence"], "an evidence tar with a second member"),
        ("link", ["link", "archive", "evidence"], "an evidence tar with a link"),
    ]:
        refused(world, office, folder / f"{name}.tar", words, claim, "open", "-o", folder / name)
        if (folder / name).exists():
            raise Broken(f"{name}: something was left behind")


# -- things played back

class Newcomer(Office):
    """A folder of office A that has seen no directory yet, so that only its age can be wrong."""

    def __init__(self, world, gateway):
        self.world, self.home = world, world.path("attacks", "newcomer")
        world.run("sallyport-agency", "init", "--home", self.home, "--office", "office-a",
                  "--root-key", gateway.vkey, "--no-passphrase")


def replayed_mailboxes(world, gateway):
    """Batches of mailbox slots have rising numbers: an older one, played back, is refused."""
    config = world.path("config", "dispatch.yaml")
    old, new = world.root / "stick-old", world.root / "stick-new"
    kept = world.root / "stick-kept"
    for stick in (old, new):
        gateway.at_desk("publish-mailbox", "--carry", stick)
        shutil.copytree(old, kept, dirs_exist_ok=True)
        world.run("sallyport-dispatch", "import", "--config", config, "--from", stick)
    out, error = world.run(
        "sallyport-dispatch", "import", "--config", config, "--from", kept, expect="failure")
    world.check("batch" in error, f"a mailbox batch played back: “{error.strip().splitlines()[0]}”",
                out + error)


def directories(world, gateway, office):
    """An expired directory, and one that is older than what the office has seen."""
    folder = world.path("attacks", "expired")
    gateway.world.run(
        "sallyport", "root", "sign", "--root", gateway.root_key, "--keys", gateway.keys, "--out",
        f"{folder}.note", "--policy", f"{folder}.json", "--issued", "2020-01-01", "--days", "30",
        lines=["root passphrase of this demo"])
    newcomer = Newcomer(world, gateway)
    refused(world, newcomer, office.bundle, ["expired", "last day"], "an expired directory",
            "verify", "--directory", f"{folder}.note")
    old = world.path("attacks", "old.note")
    shutil.copyfile(gateway.note, old)
    gateway.sign()
    office.do("verify", "--directory", gateway.note, office.bundle)
    refused(world, office, office.bundle, ["older", "version"], "an older directory", "verify",
            "--directory", old)
