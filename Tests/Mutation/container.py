#!/usr/bin/env python3
"""Breaks each check of the container once, and sees a test fail.

Usage: container.py [WORDS]...   from the top of the repository; only the mutations whose name holds
                                 one of WORDS.

A package with only the container and its tests is laid out in .build-mutation; each mutation is
made there, never in the sources. A mutation that no test notices fails the run. What noticed each
is written down in the specification, section 11. About 30 seconds
each on two cores.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(".build-mutation")
MODULES = ["Sealing", "Opening", "NativePrimitives", "DurableFiles", "Containers"]
TESTS = ["Sealing", "Opening", "NativePrimitives", "Containers"]

# What is broken: its name, the file, the text that does the check, what takes its place.
MUTATIONS = [
    ("base64: set trailing bits pass", "Sealing/Base64.swift",
     "return buffer == 0 ? bytes : nil", "return bytes"),
    ("base64: a wrong count of padding passes", "Sealing/Base64.swift",
     "guard count % 4 == 0 else { return nil }", ""),
    ("base64: any character passes in a whole line", "Sealing/Base64Word.swift",
     "guard text & each(0x80) == 0, plus | slash | digit | upper | lower == each(1) else {\n"
     "            return nil\n        }", ""),
    ("armor: a line of any length passes as a whole one", "Sealing/ArmorLines.swift",
     "        if text[end] == 0x0A { return end + 1 }\n"
     "        return text[end] == 0x0D && text[end + 1] == 0x0A ? end + 2 : nil",
     "        return end + 1"),
    ("bech32: a wrong checksum passes", "Sealing/Bech32.swift",
     "checksum.isValid && bits < 5", "bits < 5"),
    ("bech32: mixed case passes", "Sealing/Bech32.swift", "!(sawLower && sawUpper), ", ""),
    ("recipient: any length passes", "Sealing/Recipient.swift",
     "case (Self.x25519Prefix, 32):", "case (Self.x25519Prefix, _):"),
    ("recipient: an unusable key is not proved", "Sealing/Recipient.swift",
     "            throw .badRecipient\n        }\n    }\n}", "        }\n    }\n}"),
    ("header: any version passes", "Sealing/HeaderParsing.swift",
     "guard bytes[index] == byte else { throw failure }", "_ = byte"),
    ("header: no stanza passes", "Sealing/HeaderParsing.swift",
     "guard !stanzas.isEmpty else { throw .noStanzas }", ""),
    ("header: any number of stanzas passes", "Sealing/HeaderParsing.swift",
     "guard stanzas.count < stanzaLimit else { throw .tooLarge }", ""),
    ("header: an empty argument passes", "Sealing/HeaderParsing.swift", "!argument.isEmpty, ", ""),
    ("header: any byte in an argument passes", "Sealing/HeaderParsing.swift",
     ", argument.allSatisfy({ (0x21...0x7E).contains($0) })", ""),
    ("header: a long body line passes", "Sealing/HeaderParsing.swift",
     "guard line.count <= 64, let decoded", "guard let decoded"),
    ("header: a MAC line of another length passes", "Sealing/HeaderParsing.swift",
     "guard line.count == 47, line[3] == 0x20,\n            let mac = Base64.decode("
     "line.span.extracting(4..<47), padded: false)",
     "guard line.count > 4,\n            let mac = Base64.decode("
     "line.span.extracting(4..<min(47, line.count)), padded: false)"),
    ("header: mixed recipients are sealed", "Sealing/Header.swift",
     "throw .mixedRecipients", "_ = recipient"),
    ("header: the MAC is not checked", "Opening/HeaderOpening.swift",
     "guard P.areEqual(expected.span, mac.span) else { throw .badHeaderMAC }", "_ = expected"),
    ("header: a passphrase beside recipients passes", "Opening/HeaderOpening.swift",
     "if wantsPassphrase, stanzas.count > 1 { throw .scryptNotAlone }", ""),
    ("scrypt: two of them pass", "Opening/PassphraseOpening.swift",
     "guard stanzas.count == 1 else { throw .scryptNotAlone }", ""),
    ("scrypt: a leading zero passes", "Opening/PassphraseOpening.swift", ", digits[0] != 0x30", ""),
    ("scrypt: any work factor passes", "Opening/PassphraseOpening.swift",
     "guard ScryptStanza.workFactorLimit.contains(value) else { throw .workFactorTooHigh }", ""),
    ("scrypt: a salt of any length passes", "Opening/PassphraseOpening.swift",
     ", salt.count == 16", ""),
    ("stanza: more arguments pass", "Opening/Unwrapping.swift",
     "guard arguments.count == 2, ", "guard arguments.count >= 2, "),
    ("stanza: a share of any length passes", "Opening/Unwrapping.swift",
     ",\n            argument.count == count", ""),
    ("stanza: a malformed one behind the right one passes", "Opening/HeaderOpening.swift",
     "for stanza in stanzas { try stanza.requireForm() }", ""),
    ("payload: a length near the largest number is added to", "Sealing/Payload.swift",
     "length / size + (length % size == 0 ? 0 : 1)", "(length + size - 1) / size"),
    ("scrypt: a passphrase is asked for before its stanza is judged",
     "Containers/ContainerOpening.swift",
     "try Self.unlocking { () throws(OpeningError) in try header.requirePassphraseStanza() }", ""),
    ("X25519: the zero secret passes", "NativePrimitives/Curves.swift",
     "guard result == 0 else { throw .refused }", "_ = result"),
    ("HPKE: a malformed encapsulation is no match", "NativePrimitives/XWing.swift",
     "var recipient = try recipient(\n"
     "            xWingSeed: xWingSeed, encapsulated: encapsulated, info: info)\n",
     "guard var recipient = try? recipient(\n"
     "            xWingSeed: xWingSeed, encapsulated: encapsulated, info: info)\n"
     "        else { return false }\n"),
    ("cipher: a wrong tag passes", "NativePrimitives/LibcryptoChaCha20Poly1305.swift",
     "&& EVP_DecryptFinal_ex(context, &scratch, &rest) == 1",
     "&& EVP_DecryptFinal_ex(context, &scratch, &rest) < 2"),
    ("cipher: what failed to open is not wiped",
     "NativePrimitives/LibcryptoChaCha20Poly1305.swift",
     "if !opened { NativePrimitives.wipe(&plaintext) }", ""),
    ("payload: chunks do not count", "Opening/ChunkOpener.swift", "            number += 1\n", ""),
    ("payload: the last flag is not asked for", "Opening/ChunkOpener.swift",
     "if open(sealed, isFinal: true, into: &plaintext) {\n            let isEmpty",
     "if open(sealed, isFinal: true, into: &plaintext)\n"
     "            || open(sealed, isFinal: false, into: &plaintext)\n        {\n"
     "            let isEmpty"),
    ("payload: an empty last chunk passes", "Opening/ChunkOpener.swift",
     "return isEmpty && number > 0 ? .refused(.trailingData) : .opened",
     "_ = isEmpty; return .opened"),
    ("payload: a full chunk under the other flag is not released", "Opening/ChunkOpener.swift",
     "            ? .openedLast(.trailingData) : .refused(.badChunk)",
     "            ? .refused(.trailingData) : .refused(.badChunk)"),
    ("payload: a cut after a full chunk is not released", "Opening/ChunkOpener.swift",
     "return .openedLast(.truncatedPayload)", "return .refused(.truncatedPayload)"),
    ("payload: a short nonce passes", "Containers/ContainerSource.swift",
     "guard try refill() else { throw .opening(.truncatedPayload) }",
     "guard try refill() else { break }"),
    ("segments: written before their turn", "Containers/SegmentPipeline.swift",
     "guard !isOrdered || turns.wait(for: piece.number) else { return }", ""),
    ("segments: a failure does not stop later ones", "Containers/Turns.swift",
     "return !hasFailed(before: number)", "return true"),
    ("armor: any first line passes", "Sealing/ArmorDecoder.swift",
     "guard line == Armor.begin else { throw .badFirstLine }", ""),
    ("armor: an empty line passes", "Sealing/ArmorDecoder.swift", "guard !line.isEmpty, line.count",
     "guard line.count"),
    ("armor: a long line passes", "Sealing/ArmorDecoder.swift",
     "guard line.count <= lineLimit else { throw lineError }", ""),
    ("armor: any last line passes", "Sealing/ArmorDecoder.swift",
     "guard line == Armor.end else { throw .badLastLine }", ""),
    ("armor: no last line passes", "Sealing/ArmorDecoder.swift",
     "guard place == .after else { throw .truncated }", ""),
    ("armor: data after the end passes", "Sealing/ArmorDecoder.swift",
     "guard Armor.isWhitespace(byte) else { throw .trailingData }", ""),
]

PACKAGE = """// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
]
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}
func tests(_ name: String) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: ["Sealing", "Opening", "NativePrimitives", "DurableFiles", "Containers",
            "Vectors", crypto],
        swiftSettings: strict)
}
let package = Package(
    name: "sallyport",
    dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")],
    targets: [
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium"),
        .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        library("Sealing"), library("Opening", ["Sealing"]), library("DurableFiles"),
        library("NativePrimitives", ["Sealing", "CSodium", "CLibcrypto", crypto]),
        library("Containers", ["Sealing", "Opening", "NativePrimitives", "DurableFiles"]),
        .target(name: "Vectors", dependencies: ["CZlib"], path: "Tests/Vectors",
            exclude: ["README.md"], resources: [.copy("age-testkit"), .copy("hpke"),
            .copy("merkle"), .copy("wycheproof"), .copy("xwing")], swiftSettings: strict),
        tests("Sealing"), tests("Opening"), tests("NativePrimitives"), tests("Containers"),
    ])
"""


def lay_out():
    """The package: modules that are mutated as copies, everything else as it is."""
    (ROOT / "Tests").mkdir(parents=True, exist_ok=True)
    for module in MODULES:
        target = ROOT / "Sources" / module
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("*.swift"):
            old.unlink()
        for source in pathlib.Path("Sources", module).glob("*.swift"):
            shutil.copy2(source, target / source.name)
    links = [f"Sources/{name}" for name in ("CSodium", "CLibcrypto", "CZlib")] + [
        f"Tests/{name}" for name in ("Vectors", *(test + "Tests" for test in TESTS))]
    for link in links:
        path = ROOT / link
        if not path.is_symlink():
            path.symlink_to(pathlib.Path(link).resolve())
    package = ROOT / "Package.swift"
    if not package.exists() or package.read_text() != PACKAGE:
        package.write_text(PACKAGE)


def swift(*arguments):
    # A mutation may make a test wait for ever: then it has noticed. The tests are a process of the
    # command's own, in a session of its own, which must not stay behind.
    process = subprocess.Popen(
        ["swift", *arguments, "--package-path", str(ROOT)], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, output)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        subprocess.run(["pkill", "-KILL", "-f", f"{ROOT}/.build/.*PackageTests.xctest"])
        process.communicate()
        return None


def noticed_by():
    """The first test that fails; None when all pass."""
    built = swift("build", "--build-tests")
    if built is None or built.returncode != 0:
        sys.exit(f"mutation: it does not build:\n{built and built.stdout[-3000:]}")
    done = swift("test", "--skip-build")
    if done is None:
        return "a test that never ended"
    if done.returncode == 0:
        return None
    failed = re.findall(r"✘ Test (?:case passing .*? to )?\"?(\w+)\(", done.stdout)
    return failed[0] if failed else "a crash of the tests"


def mutate(name, file, old, new):
    path = ROOT / "Sources" / file
    text = path.read_text()
    if text.count(old) != 1:
        sys.exit(f"mutation: {name}: the text is there {text.count(old)} times in {file}")
    path.write_text(text.replace(old, new))
    try:
        return noticed_by()
    finally:
        path.write_text(text)


def main():
    words = sys.argv[1:]
    chosen = [m for m in MUTATIONS if not words or any(word in m[0] for word in words)]
    lay_out()
    for name, file, old, _ in chosen:
        if (ROOT / "Sources" / file).read_text().count(old) != 1:
            sys.exit(f"mutation: {name}: {file} does not hold that text once")
    if noticed_by() is not None:
        sys.exit("mutation: the tests fail without any mutation")
    missed = 0
    for mutation in chosen:
        started = time.monotonic()
        test = mutate(*mutation)
        missed += test is None
        print(f"{mutation[0]}: {test or 'NOT NOTICED'} ({time.monotonic() - started:.0f} s)",
              flush=True)
    print(f"mutation: {len(chosen) - missed} of {len(chosen)} noticed")
    sys.exit(1 if missed else 0)


main()
