"""What a browser keeps: every file of its profile is searched, in every form that browsers write."""
import pathlib

LZ4 = b"mozLz40\0"


def holding(profile, text):
    """Files of a profile that hold a text, as UTF-8 or UTF-16; Firefox's packed ones are unpacked."""
    forms = [text.encode(), text.encode("utf-16-le")]
    return sorted(str(path.relative_to(profile)) for path in pathlib.Path(profile).rglob("*")
                  if path.is_file() and any(form in view for view in views(path) for form in forms))


def views(path):
    content = path.read_bytes()
    yield content
    if content.startswith(LZ4):
        yield unpacked(content[len(LZ4) + 4:])


def unpacked(block):
    """What an LZ4 block says (the format of Firefox's saved sessions)."""
    out, at = bytearray(), 0
    while True:
        token = block[at]
        count, at = length(block, at + 1, token >> 4)
        out += block[at:at + count]
        at += count
        if at >= len(block):
            return bytes(out)
        back = int.from_bytes(block[at:at + 2], "little")
        count, at = length(block, at + 2, token & 15)
        for _ in range(count + 4):
            out.append(out[-back])


def length(block, at, count):
    """A count whose first part is in a token: 15 means that more bytes follow."""
    if count == 15:
        while True:
            more, at = block[at], at + 1
            count += more
            if more < 255:
                break
    return count, at
