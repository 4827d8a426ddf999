"""ClamAV's daemon for a scenario: a private socket, and signatures made at run time."""
import hashlib
import io
import os
import pathlib
import shutil
import tarfile
import time

import evidence
from world import Broken

MEMORY = pathlib.Path("/dev/shm")


def is_installed():
    return shutil.which("clamd") is not None


def signatures():
    """The test file as a whole, and its middle wherever it stands; nothing else."""
    digest = hashlib.md5(evidence.EICAR).hexdigest()
    return {"daily.hdb": f"{digest}:{len(evidence.EICAR)}:Test.Eicar\n".encode(),
            "daily.ndb": f"Test.Eicar:0:*:{evidence.EICAR[30:60].hex()}\n".encode()}


def database(days_old):
    """The same as a .cud, made so many days ago.

    That is ClamAV's form for signatures that nobody has signed: a head of 512 bytes, and a tar whose
    `.info` has the head again and each file's length and digest.
    """
    made = time.time() - days_old * 86400
    words = time.strftime("%d %b %Y %H-%M +0000", time.gmtime(made))
    head = f"ClamAV-VDB:{words}:7:2:60:X:X:test:{int(made)}".encode()
    files = signatures()
    info = head + b"\n" + "".join(
        f"{name}:{len(text)}:{hashlib.sha256(text).hexdigest()}\n"
        for name, text in files.items()).encode()
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in {"daily.info": info, **files}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return head.ljust(512) + whole.getvalue()


class Scanner:
    """A running daemon. What it writes while it scans is in memory, in a folder of its own."""

    def __init__(self, world, name, days_old=0, dated=True):
        self.folder = world.path(name, "x").parent
        self.temporary = MEMORY / f"sallyport-{os.getpid()}-{name}"
        self.temporary.mkdir(mode=0o700)
        known = self.folder / "signatures"
        known.mkdir()
        if dated:
            (known / "daily.cud").write_bytes(database(days_old))
        else:
            for file, text in signatures().items():
                (known / file).write_bytes(text)
        self.socket = self.folder / "socket"
        config = self.folder / "clamd.conf"
        config.write_text(settings(self.folder, self.temporary))
        self.process = world.start(
            name, "clamd", "--config-file", config, ready=self.socket.exists)

    def close(self, world):
        world.stop(self.process)
        left = list(self.temporary.rglob("*"))
        shutil.rmtree(self.temporary, ignore_errors=True)
        if left:
            raise Broken(f"the scanner left {left}")


SHIPPED = pathlib.Path(__file__).resolve().parents[2] / "Deploy/config/clamd.conf"
# What a test must have otherwise than a desk: places, who may ask, and limits that it can reach.
OTHERWISE = {
    "LocalSocket": "{folder}/socket", "LocalSocketGroup": None, "LocalSocketMode": "600",
    "DatabaseDirectory": "{folder}/signatures", "TemporaryDirectory": "{temporary}",
    "Foreground": "yes", "StreamMaxLength": "40M", "MaxScanSize": "40M", "MaxFileSize": "40M",
    "MaxRecursion": "12", "MaxFiles": "1000", "MaxScanTime": "60000",
}


def settings(folder, temporary):
    """The settings that the project ships, for a test."""
    lines = [line.split(None, 1) for line in SHIPPED.read_text().splitlines()
             if line and not line.startswith("#")]
    whole = {**{name: value.strip() for name, value in lines}, **OTHERWISE}
    return "".join(f"{name} {value.format(folder=folder, temporary=temporary)}\n"
                   for name, value in whole.items() if value)
