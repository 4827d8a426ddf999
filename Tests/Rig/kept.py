"""What dispatch keeps, compared with what senders were told, without any code of ours.

A tip that was acknowledged must be put together again, bit for bit, out of the database and the
blobs; the custody log must hold one entry for each envelope (I6).
"""
import base64
import hashlib
import sqlite3

from rig import envelope_digest


class Kept:
    """One consistent look at the database and the blobs under `root`."""

    def __init__(self, root):
        self.root = root
        self.blobs = root / "dispatch/blobs"
        database = sqlite3.connect(root / "dispatch/dispatch.sqlite", timeout=3)
        database.isolation_level = None
        try:
            database.execute("PRAGMA query_only = ON")
            database.execute("BEGIN")
            self._read(database.execute)
        finally:
            database.close()
        self.spooled = {}
        for file in (root / "intake/spool/new").iterdir():
            frame = file.read_bytes()
            self.spooled[envelope_digest(frame)] = frame

    def _read(self, query):
        self.integrity = query("PRAGMA integrity_check").fetchone()[0]
        self.dangling = query("PRAGMA foreign_key_check").fetchall()
        self.envelopes = {
            digest: (kind, head)
            for digest, kind, head in query("SELECT digest, kind, head FROM envelope")}
        self.payloads = {
            digest: (blob, count)
            for digest, blob, count in query("SELECT digest, blob, bytes FROM payload")}
        self.parts = {}
        for envelope, header, payload in query(
                "SELECT envelope, header, payload FROM part ORDER BY envelope, position"):
            self.parts.setdefault(envelope, []).append((header, payload))
        self.entries = query("SELECT position, leaf FROM ledger_entry ORDER BY position").fetchall()
        self.waiting = [leaf for leaf, in query("SELECT leaf FROM ledger_waiting")]
        self.head = query("SELECT size, root FROM ledger_head").fetchone()
        self.journal = {leaf for leaf, in query("SELECT leaf FROM journal")}

    # -- tips

    def frame(self, digest):
        """The whole frame of an envelope as it is stored; None when something of it is missing."""
        if digest not in self.envelopes:
            return None
        pieces = [self.envelopes[digest][1]]
        for header, payload in self.parts.get(digest, []):
            bytes_ = self.payload(payload)
            if bytes_ is None:
                return None
            pieces += [header, bytes_]
        return b"".join(pieces)

    def payload(self, digest):
        """A payload's bytes; None unless its file is there, as long as it should be, and right."""
        name, count = self.payloads.get(digest, (None, None))
        try:
            content = (self.blobs / name).read_bytes() if name else None
        except FileNotFoundError:
            return None
        if content is None or len(content) != count or hashlib.sha256(content).digest() != digest:
            return None
        return content

    def lost(self, acknowledged):
        """Of these frames by envelope digest, those that are neither in quarantine nor spooled."""
        return [digest for digest, frame in acknowledged.items()
                if self.frame(digest) != frame and self.spooled.get(digest) != frame]

    def lost_files(self, sizes):
        """Of these files, those for which no supplement holds a payload of about that size: whole
        in quarantine, or still in the spool."""
        found = [len(frame) for frame in self.spooled.values()]
        for digest, (kind, _) in self.envelopes.items():
            whole = self.frame(digest)
            if kind == "supplement" and whole and envelope_digest(whole) == digest:
                found += [self.payloads[payload][1] for _, payload in self.parts[digest]]
        # Padding adds at most 12 %; the rigs' sizes lie farther apart.
        return [size for size in sizes if not any(size < count < size * 1.13 for count in found)]

    # -- everything else

    def faults(self, refused):
        """What is wrong with the rest, in words; nothing if all is well."""
        faults = [] if self.integrity == "ok" else [f"integrity check: {self.integrity}"]
        faults += [f"a row points nowhere: {row}" for row in self.dangling]
        faults += [f"payload {digest.hex()} is missing or damaged"
                   for digest in self.payloads if self.payload(digest) is None]
        faults += [f"refused frame {digest.hex()} is kept" for digest in refused
                   if digest in self.envelopes or digest in self.spooled]
        if any((self.root / "intake/spool/corrupt").iterdir()):
            faults.append("dispatch parked a frame that intake took")
        return faults + self.ledger_faults()

    def ledger_faults(self):
        """I6: one entry for each envelope, in a tree that makes up the stored and public root."""
        faults = []
        leaves = [leaf for _, leaf in self.entries]
        if [position for position, _ in self.entries] != list(range(len(leaves))):
            faults.append("the log has gaps")
        if self.head != (len(leaves), merkle_root(leaves)):
            faults.append("the log's root is not its entries'")
        if set(leaves + self.waiting) != self.journal or len(self.journal) != len(self.envelopes):
            faults.append(
                f"{len(self.envelopes)} envelopes, but {len(leaves)} entries and"
                f" {len(self.waiting)} waiting for {len(self.journal)} events")
        checkpoint = self.root / "public/checkpoint"
        _, size, root = checkpoint.read_text().splitlines()[:3]
        if base64.b64decode(root) != merkle_root(leaves[:int(size)]) or int(size) > len(leaves):
            faults.append("the public checkpoint is not of this log")
        return faults

    def leftovers(self):
        """Files that should not be there while nothing is under way and both programs restarted."""
        named = {name for name, _ in self.payloads.values()}
        return [str(path) for path in
                [*(self.root / "intake/tmp").iterdir(), *(self.root / "intake/spool/tmp").iterdir(),
                 *(path for path in self.blobs.iterdir() if path.name not in named)]]


def merkle_root(leaves):
    """RFC 6962's tree hash."""
    if len(leaves) < 2:
        return hashlib.sha256(b"".join(b"\0" + leaf for leaf in leaves)).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(
        b"\1" + merkle_root(leaves[:half]) + merkle_root(leaves[half:])).digest()
