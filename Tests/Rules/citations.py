#!/usr/bin/env python3
"""Every step of a specification that the code cites exists there, and every section is cited; and
the example of the container's is the public vector that it says it is.

Usage: citations.py   from the top of the repository.
"""
import hashlib
import pathlib
import re
import sys

SPECIFICATIONS = {"Container": pathlib.Path("Sources/Sealing/Sealing.docc/Container.md")}
# What the code's comments are not about.
UNCITED = {"1", "10", "11"}


def steps(path):
    """The sections ("3") and numbered steps ("3.2") of a specification."""
    found, section = set(), None
    for line in path.read_text().splitlines():
        if heading := re.match(r"## (\d+)\. ", line):
            section = heading[1]
            found.add(section)
        elif section and (step := re.match(r"(\d+)\. ", line)):
            found.add(f"{section}.{step[1]}")
    return found


def citations(name):
    """Each place in the code, with the steps of the specification that it cites."""
    pattern = re.compile(name + r" ((?:§\d+(?:\.\d+)?(?:,\s*|\b))+)")
    for path in sorted(pathlib.Path("Sources").rglob("*.swift")):
        text = re.sub(r"\s*\n\s*///?\s*", " ", path.read_text())
        for match in pattern.finditer(text):
            for step in re.findall(r"§(\d+(?:\.\d+)?)", match[1]):
                yield path, step


def example():
    """What is wrong with the example in the container's specification."""
    shown = SPECIFICATIONS["Container"].read_text().split("```\n")[1].splitlines()
    head, _, file = pathlib.Path("Tests/Vectors/age-testkit/x25519").read_bytes().partition(b"\n\n")
    header = "".join(line + "\n" for line in shown[:4]).encode()
    if not file.startswith(header):
        yield "the example's header is not that of the vector x25519"
    if len(file) - len(header) != 35:
        yield "the example's payload has not the length that the text gives"
    if f"payload: {hashlib.sha256(b'age').hexdigest()}".encode() not in head:
        yield "the example does not hold the three bytes that the text gives"


def main():
    problems = list(example())
    for name, path in SPECIFICATIONS.items():
        known, cited = steps(path), set()
        for place, step in citations(name):
            cited |= {step, step.split(".")[0]}
            if step not in known:
                problems.append(f"{place}: cites {name} §{step}, which is not there")
        for section in sorted({step.split(".")[0] for step in known} - cited - UNCITED, key=int):
            problems.append(f"{path}: section {section} is cited nowhere")
        print(f"citations: {name}: {len(known)} steps, {len(cited)} cited")
    for problem in problems:
        print("citations:", problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


main()
