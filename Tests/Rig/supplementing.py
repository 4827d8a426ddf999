"""Requests that add to tips or withdraw them: of tips that exist, and of tips that nobody sent."""
import secrets
import subprocess

from gateway import REPOSITORY
from world import get

# What is measured is the door's work, not the sender's nor the hour's: no puzzle, and a budget that is
# not used up.
SETTINGS = {"puzzle": {"supplement-bits": 0},
            "supplements": {"hourly-count": 1 << 20, "hourly-mib": 1 << 16}}
FILES = REPOSITORY / ".build/page/files.wasm"


def module(world):
    """The page's module, as Deploy/page has built it, or built for this."""
    if FILES.exists():
        return FILES
    built = world.path("module", "files.wasm")
    subprocess.run([REPOSITORY / "Sources/BrowserSeal/build", "files",
                    REPOSITORY / ".build/checkouts/swift-crypto", built], check=True)
    return built


def requests(world, gateway, kind, receipts, count):
    """So many requests for receipts that exist, and as many for made-up ones."""
    made_up = [str(secrets.randbelow(10 ** 20)).zfill(20) for _ in receipts]
    return [list(of(world, gateway, kind, numbers, count)) for numbers in (receipts, made_up)]


def of(world, gateway, kind, receipts, count):
    out = world.path("supplements", secrets.token_hex(4))
    subprocess.run(
        ["node", REPOSITORY / "Tests/Browser/supplements.mjs", module(world), gateway.note, str(count),
         kind, out, *receipts], check=True)
    _, _, challenge = get(gateway.intake_port, "/challenge/supplement")
    puzzle = challenge.decode().strip() + ".0"
    with open(out, "rb") as frames:
        while length := frames.read(4):
            body = frames.read(int.from_bytes(length, "big"))
            yield (f"POST /supplements HTTP/1.1\r\nHost: door\r\n"
                   "Content-Type: application/vnd.sallyport.frame\r\n"
                   f"Sallyport-Puzzle: {puzzle}\r\nContent-Length: {len(body)}\r\n\r\n"
                   ).encode() + body
    out.unlink()
