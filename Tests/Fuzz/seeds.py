#!/usr/bin/env python3
"""Lays out the first inputs of a fuzz target: public vectors, samples, and what is kept.

Usage: seeds.py TARGET FOLDER
"""
import pathlib
import shutil
import sys
import zlib

import samples

HERE = pathlib.Path(__file__).parent
VECTORS = HERE.parent / "Vectors"
TESTKIT = VECTORS / "age-testkit"


def testkit():
    """Name, fields and age file of every vector."""
    for path in sorted(TESTKIT.iterdir()):
        head, _, body = path.read_bytes().partition(b"\n\n")
        fields = [line.split(": ", 1) for line in head.decode().splitlines()]
        if ["compressed", "zlib"] in fields:
            body = zlib.decompress(body)
        yield path.name, fields, body


def from_testkit(target):
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


def identity():
    """The post-quantum identity of a vector."""
    for _, fields, _ in testkit():
        for key, value in fields:
            if key == "identity" and value.startswith("AGE-SECRET-KEY-PQ-1"):
                return value
    raise SystemExit("no vector has a post-quantum identity")


def header():
    """The age header of a vector."""
    body = next(body for name, _, body in testkit() if name == "x25519")
    return body[: body.index(b"\n", body.index(b"\n--- ") + 1) + 1]


def payloads():
    for length in [0, 1, 1771, 1772, 3543, 28339, 28340]:
        yield length.to_bytes(3, "big") + b"\0\1\2\3\4\1\9\9\9"


def drops():
    """Where to cut, then a form's fields, a small age file and the end."""
    small = {name: body for name, _, body in testkit() if name == "x25519"}
    for place, body in enumerate(small.values()):
        yield bytes([90 * place]) + b"a: b\r\n\r\n" + body + b"\r\n--b--\r\n"


def agent_requests():
    """What it is read as, then the message."""
    yield from (b"\0" + request for request in samples.desk_requests())
    yield b"\1" + samples.signing_request()
    yield b"\2" + samples.case_key(identity())
    yield from (b"\3" + text for text in samples.signed_texts())


def from_samples(target):
    """The samples of a target; bytes or texts."""
    plan = [samples.hash32(39), 0, 2, 498_000]
    return {
        "FuzzAcknowledgement": lambda: [
            samples.acknowledgement("accepted", ""), samples.acknowledgement("declined", "why")
        ],
        "FuzzAgentAnswer": samples.agent_answers,
        "FuzzAgentRequest": agent_requests,
        # Operations below 0x80 on a file each, then 0x80, then bytes to flip.
        "FuzzBundle": lambda: [
            b"", b"\x80", b"\0\1\0\5A", b"\1\2\0\0 ", b"\2\3\0\4", b"\3\1", b"\4\2", b"\5\1\0\2",
            b"\6\7\0\0\3abc", b"\7\1\0\3", b"\x80\0\2\0\1",
        ],
        "FuzzBundleTar": lambda: [samples.tar(), samples.tar()[:-1024]],
        "FuzzCaseEvent": samples.case_events,
        "FuzzCustodyEvent": lambda: [
            samples.event(), samples.event(about=False), bytes(32) + samples.event()
        ],
        "FuzzDeskMessage": lambda: [samples.message()],
        "FuzzDirectory": lambda: [
            samples.directory(), samples.note(samples.directory(), "root.test/sallyport")
        ],
        "FuzzDoorFields": samples.door_fields,
        "FuzzDrop": drops,
        "FuzzEnvelope": lambda: [samples.tip_envelope()],
        "FuzzExaminationReport": samples.reports,
        "FuzzFrame": lambda: [samples.frame_head(samples.tip_envelope())],
        "FuzzLogPolicy": lambda: [samples.log_policy()],
        "FuzzLogProof": lambda: [
            samples.PROOF, samples.PROOF.replace(b"\nindex", b"\nextra QUJD\nindex")
        ],
        "FuzzMailboxSlot": lambda: [samples.slot()],
        "FuzzManifest": lambda: [samples.manifest(), samples.consent()],
        "FuzzMembers": samples.archives,
        "FuzzNote": lambda: [samples.CHECKPOINT, samples.note(samples.CHECKPOINT)],
        "FuzzParkedState": lambda: [samples.parked_state(header())],
        "FuzzPartnerBody": lambda: [
            bytes([place]) + body for place, body in enumerate(samples.partner_bodies())
        ],
        "FuzzPath": samples.paths,
        "FuzzPayload": payloads,
        "FuzzPixels": lambda: [b"P6\n2 1\n255\nabcdef" * 2, b"P6\n1 2\n255\nabcdef"],
        "FuzzPolicy": lambda: [samples.policy()],
        "FuzzPredicate": lambda: [samples.predicate(), samples.recall()],
        "FuzzReleasePackage": lambda: [
            samples.package(None), samples.package(plan), samples.package(None, parts=0),
            samples.sums(),
        ],
        "FuzzRequestSignature": lambda: map(samples.signature_fields, [True, False]),
        "FuzzScanAnswer": samples.scan_answers,
        "FuzzShortText": samples.short_texts,
        "FuzzStatement": lambda: [
            samples.release(), samples.release(checkpoint=False),
            samples.release(notice="supplements"), samples.release(notice="recalls"),
            samples.envelope(samples.release()),
        ],
        "FuzzTextAnswers": samples.text_answers,
        "FuzzUploadRecord": lambda: [
            samples.upload_record(1, 100, False) + samples.upload_record(2, 5000, True)
        ],
        "FuzzWorkerText": lambda: [
            bytes([place]) + text for place, text in enumerate(samples.worker_texts())
        ],
    }.get(target, lambda: [])()


def main():
    target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in from_testkit(target):
        (folder / name).write_bytes(content)
    for number, content in enumerate(from_samples(target)):
        content = content.encode() if isinstance(content, str) else content
        (folder / f"sample-{number}").write_bytes(content)
    kept = HERE / "Corpus" / target
    if kept.is_dir():
        for path in kept.iterdir():
            shutil.copy(path, folder / path.name)


main()
