#!/usr/bin/env python3
"""The arrows between modules, checked: who may depend on whom, and who may import what.

Usage: arrows.py [--binaries DIR]   from the top of the repository.
With --binaries, also proves on the built programs that the doors cannot open (invariant I1), that the
container alone has no network code, and that all of them are linked as Package.swift's `hardened` says.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

# From the values up to the programs: a module may depend only on modules above it.
ORDER = """
Sealing Opening Tips Composing
NativePrimitives Custody Agencies Wire Matching
Quarantine Ledger Forwarding
DurableFiles Containers Examination Terminal ContainerCommands QuarantineSQLite Serving Intake
PartnerAPI PartnerClient Submission Ceremony Agents Verification DeskConsole Reception
sallyport sallyport-container sallyport-intake sallyport-dispatch sallyport-desk sallyport-agency
""".split()

DOORS = ["sallyport-intake", "sallyport-dispatch"]
OPENERS = ["Opening", "Containers", "ContainerCommands", "Agents", "Verification", "DeskConsole",
           "Reception"]
PROGRAM_FILE_LINES = 200
FILE_LINES = 400
# What C++ and the linker export of a program in any case is fewer.
EXPORTED = 50

# Which module may import a library; a library that is not named may be imported by all.
ONLY = {
    "CSodium": {"NativePrimitives"},
    "CLibcrypto": {"NativePrimitives"},
    "CZlib": {"Intake", "Examination"},
    "Crypto": {"NativePrimitives"},
    "GRDB": {"QuarantineSQLite"},
    "TOMLKit": {"Ceremony"},
    "AsyncHTTPClient": {"PartnerClient", "Submission"},
    "Hummingbird": {"Serving", "Intake", "PartnerAPI", "DeskConsole"},
    "HummingbirdCore": {"Serving", "Intake", "PartnerAPI"},
    "HummingbirdTLS": {"Serving"},
    "NIOCore": {"Serving", "Intake", "PartnerAPI", "PartnerClient", "Submission", "DeskConsole"},
    "NIOPosix": {"Serving", "Intake", "PartnerAPI", "PartnerClient", "Submission"},
    "NIOSSL": {"Serving", "PartnerClient", "Submission"},
    "RawStructuredFieldValues": {"Wire"},
}
# Formats compile for the browser too: nothing of the platform.
PURE = {"Sealing", "Opening", "Tips", "Composing"}
PLATFORM = {"Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization"}
# Values and use cases do no input or output of their own.
NO_FILES = PURE | {"Custody", "Agencies", "Wire", "Matching", "Quarantine", "Ledger", "Forwarding"}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |private |fileprivate )?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)", re.M)


def declared_arrows():
    """Target name to its declared dependencies inside this package."""
    dump = subprocess.run(
        ["swift", "package", "dump-package"], check=True, capture_output=True, text=True)
    arrows = {}
    for target in json.loads(dump.stdout)["targets"]:
        if target["type"] in ("system", "test") or target.get("path", "").startswith("Tests"):
            continue
        names = set()
        for dependency in target["dependencies"]:
            for kind in ("byName", "target"):
                if kind in dependency:
                    names.add(dependency[kind][0])
        arrows[target["name"]] = names
    return arrows


def check_order(arrows):
    for target, names in arrows.items():
        if target not in ORDER:
            yield f"{target}: not in the order of modules; give it its place in {__file__}"
            continue
        for name in names & set(ORDER):
            if ORDER.index(name) >= ORDER.index(target):
                yield f"{target} depends on {name}, which is not above it"


def reach(arrows, target):
    seen, todo = set(), [target]
    while todo:
        for name in arrows.get(todo.pop(), ()):
            if name not in seen:
                seen.add(name)
                todo.append(name)
    return seen


def check_doors(arrows):
    for door in DOORS:
        for opener in sorted(reach(arrows, door) & set(OPENERS)):
            yield f"{door} reaches {opener}: a door must not be able to open"


def check_sources():
    for path in sorted(pathlib.Path("Sources").rglob("*.swift")):
        module = path.parts[1]
        text = path.read_text()
        lines = text.count("\n")
        if lines > FILE_LINES:
            yield f"{path}: {lines} lines; split it (limit {FILE_LINES})"
        if module.startswith("sallyport") and lines > PROGRAM_FILE_LINES:
            yield f"{path}: {lines} lines; a program holds no logic (limit {PROGRAM_FILE_LINES})"
        for name in IMPORT.findall(text):
            if name in ONLY and module not in ONLY[name]:
                yield f"{path}: {module} may not import {name}"
            if module in PURE and name in PLATFORM:
                yield f"{path}: a format imports nothing of the platform, not {name}"
            if module in NO_FILES and name in ("Glibc", "DurableFiles"):
                yield f"{path}: {module} does no input or output; {name} is for adapters"


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def check_binaries(directory):
    programs = [name for name in ORDER if name.startswith("sallyport")]
    paths = {name: str(pathlib.Path(directory) / name) for name in programs}

    def has(program, *modules):
        # A Swift symbol names a module with its length: 7Opening
        names = [f"{len(module)}{module}" for module in modules]
        return any(name in line for line in output("nm", paths[program]).splitlines()
                   for name in names)

    for door in DOORS:
        if has(door, "Opening"):
            yield f"{door}: the binary holds symbols of Opening"
    if not has("sallyport-agency", "Opening"):
        yield "sallyport-agency holds no symbol of Opening: this check sees nothing"
    if has("sallyport-container", "NIOCore", "AsyncHTTPClient"):
        yield "sallyport-container: the binary holds network code"
    if not has("sallyport", "NIOCore", "AsyncHTTPClient"):
        yield "sallyport holds no network code: this check sees nothing"
    for name, path in paths.items():
        if "BIND_NOW" not in output("readelf", "-dW", path) or "GNU_RELRO" not in output(
                "readelf", "-lW", path):
            yield f"{name}: what the loader fills in can be written afterwards"
        exported = output("nm", "-D", "--defined-only", path).count("\n")
        if exported > EXPORTED:
            yield f"{name}: exports {exported} symbols"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", metavar="DIR")
    options = parser.parse_args()
    arrows = declared_arrows()
    found = [*check_order(arrows), *check_doors(arrows), *check_sources()]
    if options.binaries:
        found += check_binaries(options.binaries)
    for line in found:
        print("arrows:", line, file=sys.stderr)
    print(f"arrows: {len(arrows)} modules, {len(found)} violations")
    sys.exit(1 if found else 0)


main()
