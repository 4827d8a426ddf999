"""Small valid samples of the formats, written by hand: without them a target sees refusals only.

Signatures in them are zeros: the targets read what lies under a signature, or sign it themselves.
"""
import base64
import hashlib
import io
import json
import pathlib
import tarfile

XWING = pathlib.Path(__file__).parent.parent / "Vectors" / "xwing"
HOUR = "2026-11-23T15"
OFFICE = "office-a"
CLASSES = ["report", "place", "evidence"]


def hash32(number):
    """32 bytes that are a digest, a key or a name, as the place has it."""
    return hashlib.sha256(bytes([number])).digest()


def b64(data):
    return base64.b64encode(data).decode()


def cbor(item):
    """Deterministic CBOR (RFC 8949 §4.2.1) of None, booleans, numbers, bytes, texts and lists."""
    if item is None:
        return b"\xf6"
    if isinstance(item, bool):
        return b"\xf5" if item else b"\xf4"
    if isinstance(item, int):
        return _head(0, item)
    if isinstance(item, bytes):
        return _head(2, len(item)) + item
    if isinstance(item, str):
        return _head(3, len(item.encode())) + item.encode()
    return _head(4, len(item)) + b"".join(cbor(part) for part in item)


def _head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    for code, width in [(24, 1), (25, 2), (26, 4), (27, 8)]:
        if value < 1 << 8 * width:
            return bytes([major << 5 | code]) + value.to_bytes(width, "big")
    raise ValueError(value)


def compact(value):
    """JSON without white space, as the writers here write it."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def bech32(prefix, data):
    """A recipient as age prints it (BIP 173, without its limit of 90 characters)."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = 1
    for value in expanded + values + [0] * 6:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for index, term in enumerate([0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]):
            check ^= term if top >> index & 1 else 0
    values += [(check ^ 1) >> 5 * (5 - index) & 31 for index in range(6)]
    return prefix + "1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[value] for value in values)


def hybrid():
    """Post-quantum recipients: the public keys of the X-Wing vectors."""
    vectors = json.loads(next(XWING.glob("*.json")).read_text())
    return [bech32("age1pq", bytes.fromhex(vector["pk"])) for vector in vectors]


def vkey(name, kind, key):
    identity = hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]
    return f"{name}+{identity.hex()}+{b64(bytes([kind]) + key)}"


def note(text, name="log.test/custody"):
    return text + b"\n" + f"— {name} {b64(bytes(68))}\n".encode()


LOG = vkey("log.test/custody", 1, hash32(1))
WITNESSES = [vkey(f"witness.test/{number}", 4, hash32(number)) for number in [2, 3, 4]]
CHECKPOINT = f"log.test/custody\n3\n{b64(hash32(5))}\n".encode()
PROOF = (
    b"c2sp.org/tlog-proof@v1\nindex 1\n"
    + "".join(b64(hash32(n)) + "\n" for n in [6, 7]).encode()
    + b"\n"
    + note(CHECKPOINT)
)


def directory():
    epoch, office_key = hybrid()[:2]
    key = lambda number: "ed25519:" + b64(hash32(number))
    office = lambda name, number, recipient: {
        "id": name, "name": f"Office {name}", "country": "TH", "kind": "police-unit",
        "militaryLinked": False, "recipient": recipient, "signingKey": key(number),
        "contact": "by post", "description": {"en": "An office.", "zh-Hans": "办公室"},
    }
    contents = {
        "version": 7, "issued": "2026-11-23", "expires": "2027-02-21",
        "desk": {
            "key": key(10),
            "epochs": [{
                "epoch": 1, "recipients": [epoch, bech32("age", hash32(11))],
                "opens": "2026-11-01", "closes": "2026-12-01", "dead": False,
            }],
        },
        "offices": [
            office(OFFICE, 12, office_key), office("office-b", 13, bech32("age", hash32(14))),
        ],
        "verifiers": [
            {"person": "alice", "name": "Alice", "key": key(15)},
            {"person": "bob", "name": "Bob", "key": key(16)},
        ],
        "log": LOG, "witnesses": WITNESSES[:1], "policy": hash32(17).hex(),
        "revoked": [hash32(18).hex()],
    }
    return b"sallyport-directory/1\n" + compact(contents) + b"\n"


def policy():
    offices = [{"id": OFFICE, "classes": CLASSES}, {"id": "office-b", "classes": []}]
    return compact({"format": "sallyport-policy/1", "offices": offices}) + b"\n"


def log_policy():
    lines = [f"log {LOG} https://log.test/"]
    lines += [f"witness W{n} {witness}" for n, witness in enumerate(WITNESSES)]
    lines += ["group both all W0 W1", "group any any both W2", "# a comment", "quorum any"]
    return "".join(line + "\n" for line in lines).encode()


def release(checkpoint=True, notice=None):
    names = ["parts/00.age", "parts/01.age"]
    if notice == "recalls":
        names = ["predicate.age", "cover.age"]
    predicate = {
        "tipID": hash32(20).hex(), "office": OFFICE, "officeKeyFingerprint": hash32(21).hex(),
        "parts": [{"name": name, "headerDigest": hash32(22).hex()} for name in names],
        "sequence": 1, "notBefore": "2026-11-20T00", "expires": "2026-12-20T00",
        "directoryVersion": 7, "directoryDigest": hash32(23).hex(),
        "policyDigest": hash32(24).hex(), "sealedPredicateDigest": hash32(25).hex(),
    }
    if checkpoint:
        predicate["deskCheckpoint"] = note(CHECKPOINT).decode()
    if notice:
        predicate["sequence"] = 3
        predicate[notice] = [{"release": hash32(n).hex(), "sequence": n} for n in [1, 2]]
    return compact({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": n, "digest": {"sha256": hash32(26).hex()}} for n in names],
        "predicateType": "urn:sallyport:release:1", "predicate": predicate,
    })


def envelope(payload, kind="application/vnd.in-toto+json"):
    signatures = [{"keyid": hash32(n).hex(), "sig": b64(bytes([n] * 64))} for n in [27, 28]]
    return compact({"payload": b64(payload), "payloadType": kind, "signatures": signatures})


def acknowledgement(answer, reason):
    return compact({
        "format": "sallyport.acknowledgement/1", "bundle": hash32(30).hex(), "office": OFFICE,
        "answer": answer, "reason": reason, "hour": HOUR,
    })


NON_PUNISHMENT = (
    "People forced into scams are victims of trafficking. They must not be detained, charged or "
    "penalised for what they were made to do (Protocol to Prevent, Suppress and Punish Trafficking "
    "in Persons; ASEAN Convention ACTIP, article 14(7)). Nothing in this bundle was given so that "
    "a victim could be punished."
)


def predicate():
    part = lambda index, name, origin: {
        "name": f"parts/0{index}.age", "class": name, "labels": ["place"], "origin": origin,
        "givenName": "家书.txt", "header": hash32(31).hex(), "payload": hash32(32).hex(),
        "plaintext": hash32(33).hex(), "original": hash32(34).hex(),
    }
    return compact({
        "format": "sallyport.predicate/1", "tipKey": hash32(35).hex(), "office": OFFICE,
        "verdict": "Act.", "assessment": {"source": "B", "information": 2, "reason": ""},
        "handling": {
            "sharing": "TLP:RED", "actions": "PAP:RED", "caveat": "", "civiliansHeldHere": True,
        },
        "nonPunishment": NON_PUNISHMENT,
        "consent": {"leaf": b64(consent()), "signature": b64(bytes(64))},
        "parts": [
            part(0, "report", "original"),
            part(1, "evidence", {"derivative": "safe copy", "note": "as pictures"}),
        ],
        "salt": hash32(36).hex(),
    })


def recall():
    return compact({
        "format": "sallyport.recall/1", "office": OFFICE, "reason": "mistaken",
        "words": "A wrong name.", "salt": hash32(36).hex(),
    })


def consent():
    return cbor(["sallyport.consent/1", hash32(35), OFFICE, [2, 5, 8], 7])


def event(about=True):
    bundle = hash32(37) if about else None
    return cbor(["sallyport.event/1", "released", hash32(20), bundle, OFFICE, HOUR])


def package(plan, parts=2):
    part = [b"age-encryption.org/v1\n", hash32(38), 1000]
    return cbor([
        "sallyport.package/1", b"statement", b"predicate", b"cover", sums(),
        [["alice", bytes(64)], ["bob", bytes(64)]], [part] * parts, plan,
    ])


def sums():
    names = ["predicate.age", "cover.age", "parts/00.age", "parts/01.age"]
    return "".join(f"{hash32(n).hex()}  {name}\n" for n, name in enumerate(names)).encode()


def tar_member(name, content):
    """A ustar member as `TarHeader` writes it."""
    head = bytearray(512)
    fields = [
        (0, name.encode()), (100, b"0000644"), (108, b"0000000"), (116, b"0000000"),
        (124, b"%011o" % len(content)), (136, b"0" * 11), (148, b" " * 8), (156, b"0"),
        (257, b"ustar\x0000"), (329, b"0000000"), (337, b"0000000"),
    ]
    for place, value in fields:
        head[place : place + len(value)] = value
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + content + bytes(-len(content) % 512)


def tar():
    return tar_member("SHA256SUMS", sums()) + tar_member("parts/00.age", b"") + bytes(1024)


def partner_bodies():
    """One of each; the place in the list is the first byte that chooses it in FuzzPartnerBody."""
    one, two, log_head = hash32(40), hash32(41), note(CHECKPOINT)
    order = cbor(["sallyport.carried-order/1", "rearm", [one], 3])
    decision = cbor(["sallyport.decision/1", one, 3])
    batch = cbor(["sallyport.mailbox-batch/1", 1, sorted([[one, bytes(2048)], [two, bytes(2048)]])])
    head = cbor(["sallyport.head/1", "desk", 2, one, "0123456789abcdef", log_head])
    return [
        cbor(["sallyport.inbox/1", [[one, 0, two, 4000], [two, 1, two, 70000]]]),
        cbor(["sallyport.events/1", [[one, b"sealed"]]]),
        cbor(["sallyport.bundle-states/1", [[one, two, OFFICE, one, True, "open", ""]]]),
        cbor(["sallyport.answers/1", [[one, two, OFFICE, b"{}"]]]),
        cbor(["sallyport.hashes/1", [one, two]]),
        batch,
        cbor(["sallyport.signed-mailbox-batch/1", batch, bytes(64)]),
        cbor(["sallyport.listing/1", [[1, one, 1000]], [2, 3]]),
        head,
        cbor(["sallyport.answer/1", head, bytes(64), b"list"]),
        decision,
        cbor(["sallyport.signed-decision/1", decision, [["alice", bytes(64)], ["bob", bytes(64)]]]),
        order,
        cbor(["sallyport.signed-carried-order/1", order, bytes(64)]),
        cbor(["sallyport.revocation/1", one]),
        cbor(["sallyport.exposure/1", [[one, two, OFFICE, True, False, [one]]]]),
    ]


def signature_fields(content):
    components = ["@method", "@authority", "@path", "@query"]
    components += ["content-digest"] if content else []
    names = " ".join(f'"{name}"' for name in components)
    digest = f"sha-256=:{b64(hash32(42))}:" if content else ""
    parameters = f'created=1795446000;nonce="{"ab" * 16}";keyid="{hash32(43).hex()}";alg="ed25519"'
    return f"sallyport=({names});{parameters}\nsallyport=:{b64(bytes(64))}:\n{digest}".encode()


def door_fields():
    limit = "max-size=2147483648, max-append-size=1048576, max-age=172800"
    yield f"8\n?0\n1048576\n268439040\n{limit}\n".encode()
    yield b"8\n?1\n0\n\n\nbytes=0-99"
    yield b"8\n\n\n\n\n" + (bytes(20) + b"\x0a" + bytes(32)).hex().encode() + b".123456"
    yield b"bytes=500-"


def paths():
    digits = hash32(44).hex()
    yield from ["/health", "/tips", "/tile/0/x001/x234/067", "/tile/entries/000.p/17"]
    yield from ["/challenge/upload/1048576", f"/uploads/{digits}", f"/mailbox/{digits}"]
    yield from ["/desk/inbox", f"/desk/frames/{digits}", f"/office/bundles/{digits}"]
    yield from ["tile/0/x001/x234/067", "tile/1/000.p/17", "tile/entries/000", "upload/70000"]
    yield from [f"{digits}.package", f"{digits}.decision", f"{digits}.order", "parked"]
    yield from ["malformed: this was not understood, and nothing was kept.\n", "not-found\n"]


def short_texts():
    private = bytes.fromhex("302e020100300506032b657004220420") + hash32(45)
    public = bytes.fromhex("302a300506032b6570032100") + hash32(46)
    yield f"-----BEGIN PRIVATE KEY-----\n{b64(private)}\n-----END PRIVATE KEY-----\n"
    yield f"-----BEGIN PUBLIC KEY-----\n{b64(public)}\n-----END PUBLIC KEY-----\n"
    yield from ["2026-11-23", "2028-02-29", "0001-01-01", "9999-12-31", HOUR, "1970-01-01T00"]
    yield from [OFFICE, "ed25519:" + b64(hash32(47)), LOG, WITNESSES[0]]
    yield f"7 {hash32(48).hex()} 2026-11-23"


def desk_requests():
    tip, draft, header = hash32(50), hash32(51), b"age-encryption.org/v1\n"
    arguments = {
        "status": [], "directory": [b"note"], "unwrap": [header], "adopt": [1, header, tip],
        "case-recipient": [tip], "unwrap-case": [tip, header], "draft": [tip, draft],
        "prepare": [tip, draft, OFFICE, "parts/00.age", header, [2, 5]], "drafts": [tip],
        "discard": [tip, draft], "release": [b"statement"], "erase": [tip],
        "sign": ["request", b'"@method": POST'],
    }
    for operation, values in arguments.items():
        yield cbor(["sallyport.desk-agent/1", operation, values])


def signed_texts():
    payload, kind = release(checkpoint=False), b"application/vnd.in-toto+json"
    yield b"DSSEv1 %d %s %d " % (len(kind), kind, len(payload)) + payload
    yield sums()
    yield cbor(["sallyport.question/1", hash32(50), "q1", "Who?", "en"])
    yield cbor(["sallyport.decision/1", hash32(50), 3])
    yield b'"@method": POST\n"@authority": dispatch.test'


def signing_request():
    texts = [[label, text] for label, text in zip(["release", "sums"], signed_texts())]
    return cbor(["sallyport.signing-agent/1", b"a passphrase", texts])


def case_key(identity):
    told = ["parts/00.age", hash32(52), hash32(53), 1000, hash32(54)]
    draft = [hash32(51), OFFICE, hash32(55), [[told, b"age-encryption.org/v1\n"]]]
    return cbor(["sallyport.case-key/1", hash32(50), identity.encode(), [draft]])


def agent_answers():
    """By the question that FuzzAgentAnswer asks."""
    told = ["parts/00.age", hash32(52), hash32(53), 1000, hash32(54)]
    items = [
        [[1, 2], hash32(56), 7], 7, bytes(16), b"age-encryption.org/v1\n", hybrid()[0].encode(),
        [OFFICE, [told, told]], [hash32(51)], None, [["parts/00.age", b"header"]], None, bytes(64),
        ["alice", hash32(57)], [bytes(64)], [bytes(64)] * 2,
    ]
    for question, item in enumerate(items):
        answer = cbor(["sallyport.agent-answer/1", "", item])
        yield bytes([question]) + answer
        yield bytes([question | 0x80]) + len(answer).to_bytes(4, "big") + answer
    refusal = cbor(["sallyport.agent-answer/1", "unknown-case", None])
    yield b"\x03" + refusal


def case_events():
    one, two, sealed = hash32(60).hex(), hash32(61).hex(), b64(b"sealed")
    statement = release(checkpoint=False)
    prepared = {
        "draft": one, "statement": b64(statement), "predicateHeader": sealed,
        "predicatePayload": sealed, "coverHeader": sealed, "coverPayload": sealed, "without": [two],
        "plan": one, "rank": 0, "count": 2, "due": HOUR,
    }
    judgement = {
        "verdict": "Act.", "source": "B", "information": 2, "reason": "", "indicators": ["debt"],
        "sharing": "TLP:RED", "actions": "PAP:RED", "caveat": "", "civilians": True,
    }
    support = {"indicator": "debt", "part": two, "sentence": "They want 25,000."}
    whole = judgement | {
        "support": [support], "acts": ["transfer"], "means": ["fraud"], "purposes": ["labour"],
        "child": True, "sources": 1, "sourcesNote": "a father", "placeReason": "seen",
        "notes": "ring",
    }
    rulings = [
        {"ruling": "found", "finding": "says-fine", "why": "a message"},
        {"ruling": "finding-taken-back", "finding": "says-fine", "why": "no"},
        {"ruling": "priority", "level": "P1", "why": "today"},
        {"ruling": "priority", "level": "computed", "why": "today"},
        {"ruling": "held", "why": "planted"}, {"ruling": "held-at-dispatch"},
        {"ruling": "reject-signed", "why": "planted", "signature": sealed}, {"ruling": "rejected"},
        {"ruling": "withheld", "office": "office-b", "why": "named"},
        {"ruling": "given-again", "office": "office-b", "why": "not named"},
    ]
    derivative = {
        "payload": one, "plaintext": two, "payloadBytes": 1000, "kind": "safe copy",
        "original": two, "class": "evidence", "note": "as pictures", "labels": ["place"],
    }
    digest = hashlib.sha256(statement).hexdigest()
    actions = {
        "received": {
            "envelope": sealed, "signature": sealed, "manifest": one,
            "originals": [{"payload": one, "digest": one, "bytes": 7}]},
        "refused": {"envelope": one, "why": "a rule"}, "assessed": judgement,
        "labelled": {"part": one, "classes": CLASSES}, "derived": derivative,
        "derivative-withdrawn": {"payload": one},
        "asked": {"id": "q1", "text": "Who?", "language": "en", "signature": sealed},
        "question-read": {"id": "q1", "signature": sealed}, "prepared": {"releases": [prepared]},
        "approved": {"statement": digest, "signature": sealed, "sums": b64(sums())},
        "sending": {"statement": digest}, "not-sent": {"statement": digest},
        "released": {"statement": digest}, "acknowledged": {"acknowledgement": sealed},
        "logged": {"leaves": [sealed]}, "frozen": {"why": "withdrawn with the right code word"},
        "read-again": {"part": one}, "never-rendered": {"part": one},
        "resumed": {"why": "seen"}, "erase-signed": {"signature": sealed},
    }
    lines = [
        compact({"hour": HOUR, "person": "alice", "action": action} | members)
        for action, members in [
            *actions.items(), ("assessed", whole), *(("ruled", ruling) for ruling in rulings)]
    ]
    return lines + [b"\n".join(lines)]


def upload_record(sequence, offset, complete):
    numbers = [sequence, offset, 5000, complete << 32 | 498_000]
    return b"".join(n.to_bytes(8, "big") for n in numbers) + hash32(62) + bytes(32)


# The smallest payload: nonce, padded plaintext, tag.
PAYLOAD = bytes(16 + 1024 + 16)


def tip_envelope(header=bytes(200)):
    """The envelope of a supplement with two parts, the first of which is PAYLOAD."""
    payloads = [hashlib.sha256(PAYLOAD).digest(), hash32(64)]
    digest = hashlib.sha256(header).digest()
    parts = [[payload, len(PAYLOAD), digest, len(header)] for payload in payloads]
    return cbor(["sallyport.envelope/1", 1, 1, hash32(35), parts])


def frame_head(envelope):
    return b"sallyport.frame/1\n" + len(envelope).to_bytes(2, "big") + envelope + bytes(64)


def parked_state(header):
    head = frame_head(tip_envelope(header))
    keys = [bytes(16), bytes(16), "token"]
    return cbor(["sallyport.parked/1", *keys, head, header, PAYLOAD, header])


def message():
    question = ["q1", "Where is he?", "en"]
    return cbor(["sallyport.message/1", hash32(66), 1, "2026-11-23", 2, 0, 0, [question]])


def slot():
    return cbor(["sallyport.slot/1", hash32(66), 1, "2026-11-23", message(), bytes(64)])


def manifest():
    part = [2, hash32(67), hash32(68), ""]
    lock = [bytes(16), 15, hash32(69)]
    return cbor([
        "sallyport.manifest/1", 1, hash32(35), hash32(70), 0, None, [part],
        [[consent(), bytes(64)]], ["office-c"], lock, 1,
    ])


def reports():
    """Reports of examinations."""
    scan = {"outcome": "clean", "engine": "1.4.6", "database": 27445, "day": "2026-11-04"}
    unknown = {"outcome": "could-not-scan", "why": "not-configured"}
    member = {"name": "a.txt", "bytes": 6, "type": "text/plain", "scan": unknown,
              "left-out": 1, "scripts": ["Mymr", "Latn"],
              "copies": [{"kind": "txt", "bytes": 5, "partial": False}]}
    metadata = {"names": ["IFD0:Make"], "omitted": 2,
                "times": [{"name": "IFD0:ModifyDate", "value": "2026:01:02"}],
                "places": [{"name": "GPS:GPSLatitude", "value": "13.75"}]}
    yield compact({"bytes": 99, "type": "application/zip", "scan": scan,
                   "accepted": [{"decoder": "archive", "format": ""}], "metadata": metadata,
                   "gaps": [{"step": "members", "why": "bomb"}], "members": [member],
                   "omitted": 3})
    yield compact({"bytes": 9, "scan": {"outcome": "found", "name": "Test"}, "width": 1,
                   "height": 1, "frames": 1, "pages": 1, "milliseconds": 1})


def archives():
    """Archives as bsdtar writes them."""
    for kind in (tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE):
        whole = io.BytesIO()
        with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            member = tarfile.TarInfo("a/b")
            member.type, member.linkname = kind, "/etc/shadow"
            member.size = 5 if kind == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(b"hello"))
        yield whole.getvalue()


def scan_answers():
    """What ClamAV's daemon answers."""
    return ["stream: OK", "stream: Test FOUND", "stream: Heuristics.Limits.Exceeded FOUND",
            "INSTREAM size limit exceeded. ERROR", "ClamAV 1.4.6/27445/Tue Nov  4 08:31:02 2026"]


def text_answers():
    """What a worker says of the texts it was lent: their number, then its output."""
    greeting = b"sallyport.texts/1\n"
    return [b"\x02" + greeting + b"+-", b"\x01" + greeting + b"++", b"\x00" + greeting]


def worker_texts():
    """What file, exiftool, vipsheader, pdfinfo and ffprobe print, and a text."""
    return [
        b"image/jpeg\n", b"IFD0\tMake\tx\nGPS\tGPSLatitude\t13.75\nIFD0\tModifyDate\t2026:01:02\n",
        b"width: 640\nheight: 480\nvips-loader: gifload\nn-pages: 3\n",
        b"Title: x\nPages:           12\n",
        compact({"programs": [], "streams": [{
            "codec_name": "h264", "codec_type": "video", "width": 2, "height": 2,
            "nb_read_packets": "9"}], "format": {"format_name": "mov", "duration": "4.000000"}}),
        "a\u202e\x07\u200bက\n".encode(),
    ]
