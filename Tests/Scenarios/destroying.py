"""A reporter withdraws with the right word: two persons destroy the case, and what is left is
digests."""
import sqlite3

import handling
from agencies import Office
from handling import NOBODY, WORD
from world import Broken

RIGHT = "withdrawn with the right code word"


def not_before(world, case):
    """Nobody destroys a case that its reporter has not withdrawn."""
    handling.refuses(world, case, "destroy", "Only a case withdrawn with the right code word can be"
                     " destroyed", "a case that was not withdrawn cannot be destroyed", by="lin")


def is_withdrawn(world, gateway, sender, case, fetched, waiting):
    """The right word, then a withdrawal without any: the second takes nothing back.

    `fetched` is an office that has its bundle; `waiting` the digest of one nobody has fetched."""
    sender.withdraws(word=WORD)
    sender.withdraws("--no-word")
    handling.taken(world, gateway)
    world.check(sealed_events(world, gateway) == 0,
                "salts and events of living cases go to the desk, and none stays at dispatch")
    shown, _ = case.do("show")
    world.check(f"state: frozen: {RIGHT}" in shown and "two persons may destroy it" in shown,
                "the desk sees that the word was right, whatever came after it", shown)
    out, _ = fetched.do("verify", fetched.bundle)
    world.check("is whole and in force" in out,
                "what an office has fetched cannot be called back", out)
    is_not_handed_out(world, gateway, waiting,
                      "what waited for an office is not handed out any more")


def is_not_handed_out(world, gateway, digest, claim):
    office = Office(world, gateway, "office-b")
    world.check(not handling.gets(office, digest), claim)


def takes_two(world, gateway, case):
    """Leaves only what is documented, on both sides."""
    keys, folder = gateway.desk_keys / "cases", gateway.desk / "cases"
    tip = next(path.name for path in folder.iterdir() if path.name.startswith(case.name))
    if not any(tip in path.name for path in keys.iterdir()):
        raise Broken(f"the agent has a key of the case under its name\n{list(keys.iterdir())}")
    payloads = [bytes.fromhex(path.stem) for path in (folder / tip / "parts").glob("*.age")]
    out, told = case.do("destroy", by="lin")
    world.check("Something of this case is still with office-a, " in told
                and "Recall it first" in told,
                "whoever destroys a case is told first which offices still have something of it", told)
    world.check("signed; a second person must sign too" in out
                and "may destroy it" in case.do("show")[0],
                "one person's signature destroys nothing", out)
    _, error = case.do("destroy", by="lin", expect=1)
    world.check("lin has signed already; it takes another person" in error,
                "the same person cannot sign twice", error)
    out, _ = case.do("destroy", by="okafor")
    world.check(out.strip() == "destroyed", "the second person's does", out)
    is_gone(world, gateway, case)
    world.check(not any(tip in path.name for path in [*keys.iterdir(), *folder.iterdir()]),
                "the agent has no key of it any more, the desk no file")
    at_dispatch(world, gateway, bytes.fromhex(tip), payloads)


def is_gone(world, gateway, case):
    for command, by in (("show", None), ("prepare", None), ("approve", "lin"), ("release", None),
                        ("destroy", "okafor")):
        out, error = case.do(command, by=by, expect=1)
        if f"There is no case called {case.name}" not in error or out:
            raise Broken(f"{command} of a destroyed case\n{out}{error}")
    out, error = gateway.at_desk("list")
    world.check(case.name not in out and "CANNOT BE READ" not in out,
                "it can be neither shown, prepared, approved, released, destroyed nor listed",
                out + error)


def at_dispatch(world, gateway, tip, payloads):
    """The tip's name and digests stay, so that nothing can come again; no ciphertext does."""
    database = sqlite3.connect(f"file:{world.root}/dispatch/dispatch.sqlite?mode=ro", uri=True)
    def rows(query, *values):
        return database.execute(query, values).fetchall()
    state = rows("SELECT state FROM tip WHERE id = ?", tip)
    envelopes = rows("SELECT digest, head FROM envelope WHERE tip = ?", tip)
    bundles = rows("SELECT digest, state, detail, package, event, proof FROM bundle WHERE tip = ?",
                   tip)
    left = [digest for digest in payloads if rows("SELECT 1 FROM payload WHERE digest = ?", digest)]
    parts = [digest for digest, _ in envelopes
             if rows("SELECT 1 FROM part WHERE envelope = ?", digest)]
    answers = [row[0] for row in bundles if rows("SELECT 1 FROM answer WHERE bundle = ?", row[0])]
    blobs = {name for name, in rows("SELECT blob FROM payload")}
    database.close()
    world.check(state == [("erased",)] and len(envelopes) >= 4 and len(bundles) == 3,
                "dispatch keeps the tip's name, and the digests of its frames and bundles",
                str((state, len(envelopes), len(bundles))))
    world.check(not left and not parts and not answers and not any(head for _, head in envelopes)
                and all(row[1:] == ("stopped", "erased", b"", b"", None) for row in bundles),
                f"no header, head, package, event, proof or answer of it; and none of its"
                f" {len(payloads)} payloads", str((len(left), parts, answers, bundles)))
    files = {path.name for path in (world.root / "dispatch/blobs").iterdir()}
    world.check(files == blobs, "every file that dispatch has belongs to another tip",
                str(files ^ blobs))


def sealed_events(world, gateway):
    """How many sealed events dispatch still has after the desk has pulled, several times over: one
    may be written while the desk pulls."""
    for _ in range(3):
        gateway.at_desk("pull")
        database = sqlite3.connect(f"file:{world.root}/dispatch/dispatch.sqlite?mode=ro", uri=True)
        (left,), = database.execute("SELECT count(*) FROM journal").fetchall()
        database.close()
        if left == 0:
            return 0
    return left


def afterwards(world, gateway, sender, first, waiting):
    """The reporter, the offices and a late message: each gets a plain answer.

    Returns how many sealed events stay at dispatch."""
    is_not_handed_out(world, gateway, waiting, "no office is offered anything of it")
    _, error = first.do("ack", "--from", gateway.partners, "--state", "closed", first.bundle,
                        expect=1)
    world.check("has this already, or something newer" in error,
                "an answer about it is refused in words", error)
    gateway.at_desk("publish-mailbox")
    text = sender.sees("There is no message.", "her mailbox being empty")
    nobody, _ = sender.do("status", lines=[NOBODY])
    world.check(text == nobody, "her mailbox is like that of a receipt that never was", text)
    told, _ = sender.withdraws(word=WORD)
    out, error = handling.pulled(gateway)
    world.check("safely stored" in told and "case" not in out and "wait for" not in out
                and "refused" not in out,
                "she withdraws once more: the same answer, and nothing comes back to the desk",
                told + out + error)
    return sealed_events(world, gateway)
