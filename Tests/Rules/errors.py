#!/usr/bin/env python3
"""Every error that the container's modules can give is named by one of their tests.

Naming is no proof that it was reached, but an error that no test names was reached by none.

Usage: errors.py   from the top of the repository.
"""
import pathlib
import re
import sys

MODULES = ["Sealing", "Opening", "Containers", "NativePrimitives"]
ENUM = re.compile(r"^( *)package enum (\w+): [^{]*\bError\b[^{]*\{\n(.*?)^\1\}", re.S | re.M)


def errors():
    """Each error's enumeration and case."""
    for module in MODULES:
        for path in sorted(pathlib.Path("Sources", module).rglob("*.swift")):
            for indent, name, body in ENUM.findall(path.read_text()):
                for case in re.findall(rf"^{indent}    case (\w+)", body, re.M):
                    yield name, case


def main():
    tests = "".join(
        path.read_text() for module in MODULES
        for path in pathlib.Path("Tests", module + "Tests").rglob("*.swift"))
    found = list(errors())
    missing = [(name, case) for name, case in found if not re.search(rf"\.{case}\b", tests)]
    for name, case in missing:
        print(f"errors: no test names {name}.{case}", file=sys.stderr)
    if not found or missing:
        sys.exit(1)
    print(f"errors: all {len(found)} of the container's errors are named by a test")


if __name__ == "__main__":
    main()
