#!/usr/bin/env python3
"""Lays out the first inputs of a fuzz target: the public vectors it can use, and what is kept.

Usage: seeds.py TARGET FOLDER
"""
import pathlib
import shutil
import sys
import zlib

HERE = pathlib.Path(__file__).parent
TESTKIT = HERE.parent / "Vectors" / "age-testkit"


def testkit():
    """Name, fields and age file of every vector."""
    for path in sorted(TESTKIT.iterdir()):
        head, _, body = path.read_bytes().partition(b"\n\n")
        fields = [line.split(": ", 1) for line in head.decode().splitlines()]
        if ["compressed", "zlib"] in fields:
            body = zlib.decompress(body)
        yield path.name, fields, body


def inputs(target):
    for name, fields, body in testkit():
        armored = ["armored", "yes"] in fields
        if target == "FuzzArmor" and armored:
            yield name, body
        elif target in ("FuzzHeader", "FuzzStanza") and not armored and len(body) < 20000:
            yield name, body
        elif target == "FuzzIdentityFile":
            keys = [value for key, value in fields if key == "identity"]
            if keys:
                yield name, ("# seed\n" + "\n".join(keys) + "\n").encode()
        elif target == "FuzzBech32":
            for key, value in fields:
                if key == "identity":
                    yield name, value.encode()
    if target == "FuzzPayload":
        for index, length in enumerate([0, 1, 1771, 1772, 3543, 28339, 28340]):
            yield f"length-{index}", length.to_bytes(3, "big") + b"\0\1\2\3\4\1\9\9\9"


def main():
    target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in inputs(target):
        (folder / name).write_bytes(content)
    kept = HERE / "Corpus" / target
    if kept.is_dir():
        for path in kept.iterdir():
            shutil.copy(path, folder / path.name)


main()
