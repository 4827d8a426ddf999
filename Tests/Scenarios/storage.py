"""Invariant I7: a walk over every column and every file that both doors keep.

What is not on the list must not exist; what is there must be of the kind the list says.
"""
import re
import sqlite3

from world import Broken, eventually

AGE = b"age-encryption.org/v1\n"
WORDS = {
    "tip.state", "envelope.kind", "bundle.office", "bundle.state", "bundle.detail",
    "answer.office", "counter.name",
}
# Every file below both doors' directories: what it may be called, and what it may hold.
FILES = [
    (r"intake/door-secret", "32 random bytes"),
    (r"intake/directory-mark", "version and digest of the newest directory"),
    (r"intake/tmp/[0-9a-f]{32}", "sealed state, unfinished"),
    (r"(intake/)?spool/new/[0-9a-f]{32}", "sealed frame"),
    (r"(intake/)?spool/tmp/[0-9a-f]{32}(/(state|frame))?", "sealed frame, unfinished"),
    (r"(intake/)?spool/uploads/[0-9a-f]{64}/(state|frame)", "sealed frame, unfinished"),
    (r"intake/parked/[0-9a-f]{64}", "sealed state"),
    (r"dispatch/dispatch\.sqlite(-wal|-shm)?", "columns, walked one by one"),
    (r"dispatch/blobs/[0-9a-f]{32}", "sealed payload"),
    (r"public/(directory|checkpoint)", "signed note"),
    (r"public/tile/.*", "digests"),
    (r"public/mailbox/.*", "sealed slot"),
]
# Where a time finer than the hour would tell when something came. A directory's changes with every
# entry that comes or goes.
TIMED_FILES = r"(intake/)?spool/.*|intake/(parked|tmp)/.*|dispatch/blobs/.*"
TIMED_FOLDERS = r"(intake/)?spool/(new|tmp|uploads)(/.*)?|intake/(parked|tmp)"
HOUR = 3600 * 10**9
# Payloads never change under their names, so a second walk need not search them again.
ALREADY_SEARCHED = set()


def account(world, gateway, secrets):
    """Walks all of it; `secrets` are texts that only the reporter's device and the desk may know."""
    gateway.emptied(60)
    columns, values = walk_database(world)
    world.check(True, f"{columns} columns are on the whitelist; {values} values are what it says:"
                      " ciphertext, digests, hours, counts, fixed words, signed statements")
    count = walk_files(world)
    world.check(True, f"{count} files of both doors have names and times that tell nothing")
    searched = search(world, secrets)
    world.check(True, f"nothing of what she wrote, of her receipt, or of her files' names is in"
                      f" {searched >> 20} MiB of stored bytes and logs")


# -- the database

def walk_database(world):
    listed = {}
    for line in world.run("sallyport-dispatch", "stored-bytes")[0].splitlines():
        table, column, kind = line.split(" ")
        listed[table, column] = kind
    columns = len(listed)
    database = sqlite3.connect(f"file:{world.root}/dispatch/dispatch.sqlite?mode=ro", uri=True)
    values = 0
    for (table,) in database.execute("select name from sqlite_master where type = 'table'"):
        for _, column, *_ in list(database.execute(f"pragma table_info({table})")):
            kind = listed.pop((table, column), None)
            if kind is None:
                raise Broken(f"the column {table}.{column} is on no list")
            for (value,) in database.execute(f'select "{column}" from "{table}"'):
                if not fits(f"{table}.{column}", kind, value):
                    raise Broken(f"{table}.{column} holds {value!r:.80}, which is no {kind}")
                values += 1
    if listed:
        raise Broken(f"listed but not there: {listed}")
    return columns, values


def fits(place, kind, value):
    if value is None:
        return place in ("payload.staged_hour", "bundle.proof", "bundle.number")
    if kind == "digest":
        return isinstance(value, bytes) and len(value) in (16, 32)
    if kind == "ciphertext":
        return isinstance(value, bytes) and (value.startswith(AGE) or len(value) == 2048)
    if kind == "hour":
        return isinstance(value, int) and 400_000 < value < 1_000_000
    if kind == "counter":
        return isinstance(value, int) and value >= 0
    if kind == "flag":
        return value in (0, 1)
    if kind == "random":
        return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}", value)
    if kind == "word":
        return place in WORDS and isinstance(value, str) and re.fullmatch(r"[a-z0-9 .:_-]{0,64}", value)
    return kind in ("signed", "release-event") and isinstance(value, bytes)


# -- the files

def walk_files(world):
    count = 0
    for door in ("intake", "spool", "dispatch", "public"):
        for path in sorted((world.root / door).rglob("*")):
            name = str(path.relative_to(world.root))
            if path.is_symlink():
                raise Broken(f"{name} is a link")
            if path.is_dir():
                # Until intake's next round the spool tells when dispatch took something.
                eventually(lambda: not re.fullmatch(TIMED_FOLDERS, name) or is_coarse(path),
                           f"the folder {name} telling no time finer than the hour", 10)
                continue
            if not any(re.fullmatch(pattern, name) for pattern, _ in FILES):
                raise Broken(f"the file {name} is on no list")
            if re.fullmatch(TIMED_FILES, name) and not is_coarse(path):
                raise Broken(f"{name} tells a time finer than the hour: {path.stat().st_mtime}")
            count += 1
    return count


def is_coarse(path):
    return path.stat().st_mtime_ns % HOUR == 0


# -- the bytes

def search(world, secrets):
    needles = {needle for secret in secrets for needle in forms(secret)}
    total = 0
    paths = [path for door in ("intake", "spool", "dispatch", "public", "logs")
             for path in (world.root / door).rglob("*") if path.is_file()]
    for path in paths:
        if path in ALREADY_SEARCHED:
            continue
        data = path.read_bytes()
        total += len(data)
        if path.parent.name == "blobs":
            ALREADY_SEARCHED.add(path)
        for needle in needles:
            if needle in data:
                raise Broken(f"{path.relative_to(world.root)} holds {needle!r}")
    return total


def forms(secret):
    yield secret.encode()
    yield secret.encode("utf-16-le")
    yield secret.encode("unicode_escape")
