internal import Custody
package import Sealing
internal import Tips

/// The one text of a directory's contents: the label, and one line of JSON.
extension DirectoryContents {
    /// What the root signs: ``UnverifiedDirectory/label``, a newline, the JSON, a newline.
    package var text: [UInt8] {
        Array(UnverifiedDirectory.label.utf8) + [0x0A] + json.encoded + [0x0A]
    }

    private var json: JSON {
        [
            "version": .integer(Int64(version)),
            "issued": .string(issued.text),
            "expires": .string(expires.text),
            "desk": [
                "key": .string(deskKey.keyText),
                "epochs": .array(epochs.map(\.json)),
            ],
            "offices": .array(offices.map(\.json)),
            "verifiers": .array(verifiers.map(\.json)),
            "log": .string(log.vkey),
            "witnesses": .array(witnesses.map { .string($0.vkey) }),
            "policy": .string(policyDigest.hex),
            "revoked": .array(revoked.map(\.hex).sorted().map { .string($0) }),
        ]
    }
}

extension Recipient {
    /// The recipient as age prints it.
    package var string: String { String(decoding: text, as: UTF8.self) }
}

extension DeskEpoch {
    /// One entry of `desk.epochs`; `recipients` has the post-quantum one first.
    var json: JSON {
        [
            "epoch": .integer(Int64(number)),
            "recipients": .array(
                ([recipient] + (legacyRecipient.map { [$0] } ?? [])).map { .string($0.string) }),
            "opens": .string(opens.text),
            "closes": .string(closes.text),
            "dead": .bool(isDead),
        ]
    }
}

extension Office {
    /// One entry of `offices`.
    var json: JSON {
        var words = JSONObject()
        for (language, text) in descriptions.sorted(by: { $0.key < $1.key }) {
            words.add(language, .string(text))
        }
        return [
            "id": .string(id.text),
            "name": .string(name),
            "country": .string(country),
            "kind": .string(kind.rawValue),
            "militaryLinked": .bool(isMilitaryLinked),
            "recipient": .string(recipient.string),
            "signingKey": .string(signingKey.keyText),
            "contact": .string(contact),
            "description": .object(words),
        ]
    }
}

extension Verifier {
    /// One entry of `verifiers`.
    var json: JSON {
        [
            "person": .string(person.text),
            "name": .string(name),
            "key": .string(key.keyText),
        ]
    }
}
