internal import Sealing
internal import Tips

/// The name of a key in a signed note (C2SP signed-note, "Format").
///
/// Two names are equal when their bytes are; a `String` would also equate other spellings.
package struct NoteKeyName: Hashable, Sendable, CustomStringConvertible {
    /// The longest name accepted, in bytes.
    package static let maximumByteCount = 255

    let bytes: [UInt8]

    /// Takes a name; nil when it is empty, longer than 255 bytes, or holds a space, a plus or a
    /// control character.
    package init?(_ name: String) {
        let bytes = Array(name.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.maximumByteCount,
            name.unicodeScalars.allSatisfy({
                $0 != "+" && $0.value > 0x20 && !Self.isSpace($0.value)
            })
        else { return nil }
        self.bytes = bytes
    }

    /// Unicode's White_Space above ASCII; the set is stable.
    private static func isSpace(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// The name as text.
    package var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// The signature types that this program makes or checks (C2SP signed-note, "Signature types").
package enum NoteKeyType: UInt8, Sendable {
    /// Ed25519 over the text: logs, and the root key of the directory.
    case ed25519 = 0x01
    /// Ed25519 over the text and a time: witnesses (C2SP tlog-cosignature).
    case cosignature = 0x04
}

/// A public key that may sign notes: a *vkey*.
///
/// ```
/// example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
/// ```
package struct NoteVerifier: Hashable, Sendable {
    /// The name of the key; a log's is its origin.
    package let name: NoteKeyName
    /// What the key signs.
    package let type: NoteKeyType
    /// The key itself.
    package let key: VerifyingKey
    /// The key ID: the first four bytes of a hash of all the above.
    package let keyID: UInt32

    /// The verifier of `name` with `key`.
    package init(name: NoteKeyName, type: NoteKeyType = .ed25519, key: VerifyingKey) {
        self.name = name
        self.type = type
        self.key = key
        let hash = Hash(sha256: name.bytes + [0x0A, type.rawValue] + key.bytes)
        keyID = hash.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads a vkey: name, key ID in eight hexadecimal digits, base64 of type and key.
    ///
    /// - Throws: ``NoteError/malformedKey`` for another form, an unknown type, or a key ID that is
    ///   not the key's.
    package init(vkey: String) throws(NoteError) {
        let fields = vkey.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, let name = NoteKeyName(String(decoding: fields[0], as: UTF8.self)),
            let encoded = Base64.decode(Array(fields[2]).span, padded: true),
            let type = encoded.first.flatMap(NoteKeyType.init),
            let key = VerifyingKey(Array(encoded.dropFirst()))
        else { throw .malformedKey }
        self.init(name: name, type: type, key: key)
        guard fields[1].elementsEqual(keyIDText.utf8) else { throw .malformedKey }
    }

    /// The vkey, which ``init(vkey:)`` reads.
    package var vkey: String {
        let encoded = [type.rawValue] + key.bytes
        let base64 = String(decoding: Base64.encode(encoded.span, padded: true), as: UTF8.self)
        return "\(name)+\(keyIDText)+\(base64)"
    }

    /// Eight lower-case hexadecimal digits.
    private var keyIDText: String {
        let digits = String(keyID, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}

extension FixedWidthInteger {
    /// The bytes, the most significant first.
    var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: self >> Self($0))
        }
    }
}
