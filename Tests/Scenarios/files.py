"""Files that are not what they should be, given to the program that opens them."""
import os

PIECE = 65536 + 16


def bad_files(world):
    """`sallyport inspect` is given the same in Tests/Conversations/plain.py."""
    key = world.path("files", "office.key")
    _, told = world.run("sallyport", "keygen", "--x25519", "-o", key)
    recipient = told.split("Public key: ")[1].split()[0]
    content = world.path("files", "content")
    content.write_bytes(os.urandom(200_000))
    sealed = world.path("files", "content.age")
    world.run("sallyport", "seal", "-r", recipient, "-o", sealed, content)
    whole = sealed.read_bytes()
    payload = whole.index(b"\n", whole.index(b"\n--- ") + 1) + 1
    for name, what, data in (
            ("an empty file", "empty", b""),
            ("a file that is not age", "not a bundle or an age file", b"Dear Sir or Madam,\n" * 99),
            ("a file cut off in its header", "ends inside its header", whole[:100]),
            ("a file cut off between two pieces", "cut short", whole[:payload + 16 + PIECE]),
            ("a file that lacks its last byte", "cut short", whole[:-1]),
            ("a file with one byte changed", "altered", whole[:-40] + b"\0" + whole[-39:])):
        refuses(world, key, name, what, data)
    back = world.path("files", "back")
    world.run("sallyport-agency", "open", "-i", key, "-o", back, sealed)
    world.check(back.read_bytes() == content.read_bytes(), "the file itself opens")


def refuses(world, key, name, what, data):
    bad, out = world.path("files", "bad.age"), world.path("files", "out")
    bad.write_bytes(data)
    before = sorted(os.listdir(out.parent))
    _, error = world.run(
        "sallyport-agency", "open", "-i", key, "-o", out, bad, expect="failure")
    world.say(error)
    world.check(error.startswith("error: ") and str(bad) in error and what in error,
                f"{name} is refused in words", error)
    world.check(sorted(os.listdir(out.parent)) == before, "and leaves nothing behind")
