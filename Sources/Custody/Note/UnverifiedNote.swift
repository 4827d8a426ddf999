internal import Sealing

/// One signature line of a note, of a known key or not.
package struct NoteSignature: Hashable, Sendable {
    /// The name of the key that is said to have signed.
    package let name: NoteKeyName
    /// That key's ID.
    package let keyID: UInt32
    /// What follows the key ID; its form depends on the type of the key.
    package let signature: [UInt8]

    /// `— name base64(keyID || signature)` and a newline.
    func line() -> [UInt8] {
        let encoded = keyID.bigEndianBytes + signature
        return UnverifiedNote.lineStart + name.bytes + [0x20]
            + Base64.encode(encoded.span, padded: true) + [0x0A]
    }
}

/// A note (C2SP signed-note) that has been read but whose signatures have not been checked; its
/// text must not be believed.
///
/// ```
/// This is an example message.
///
/// — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
/// ```
package struct UnverifiedNote: Hashable, Sendable {
    /// The longest note accepted, in bytes.
    package static let maximumByteCount = 1_000_000
    /// The most signatures accepted; the specification asks for at least 16.
    package static let maximumSignatureCount = 100
    /// An em dash and a space.
    static let lineStart: [UInt8] = [0xE2, 0x80, 0x94, 0x20]

    /// The signed text with its last newline.
    package let text: [UInt8]
    /// The signature lines in their order.
    package let signatures: [NoteSignature]

    /// Reads a note.
    ///
    /// - Throws: ``NoteError/tooLong``, ``NoteError/tooManySignatures``,
    ///   ``NoteError/malformedNote``.
    package init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.maximumByteCount else { throw .tooLong }
        // Control characters other than newline are forbidden, and so is broken UTF-8.
        guard bytes.last == 0x0A, bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }),
            String(validating: bytes, as: UTF8.self) != nil,
            let blank = Self.lastBlankLine(of: bytes)
        else { throw .malformedNote }
        text = Array(bytes[..<blank])
        let lines = bytes[(blank + 1)...].split(
            separator: 0x0A, omittingEmptySubsequences: false
        ).dropLast()
        guard !lines.isEmpty else { throw .malformedNote }
        guard lines.count <= Self.maximumSignatureCount else { throw .tooManySignatures }
        var signatures: [NoteSignature] = []
        for line in lines { signatures.append(try Self.signature(line: line)) }
        self.signatures = signatures
    }

    init(text: [UInt8], signatures: [NoteSignature]) {
        self.text = text
        self.signatures = signatures
    }

    /// The whole note.
    package var bytes: [UInt8] {
        text + [0x0A] + signatures.flatMap { $0.line() }
    }

    /// The index of the newline that is the last empty line; text comes before it.
    private static func lastBlankLine(of bytes: [UInt8]) -> Int? {
        (1..<bytes.count).last { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A }
    }

    private static func signature(line: ArraySlice<UInt8>) throws(NoteError) -> NoteSignature {
        guard line.starts(with: lineStart) else { throw .malformedNote }
        let fields = line.dropFirst(lineStart.count).split(
            separator: 0x20, omittingEmptySubsequences: false)
        guard fields.count == 2, let name = NoteKeyName(String(decoding: fields[0], as: UTF8.self)),
            let encoded = Base64.decode(Array(fields[1]).span, padded: true), encoded.count > 4
        else { throw .malformedNote }
        return NoteSignature(
            name: name, keyID: encoded.prefix(4).reduce(0) { $0 << 8 | UInt32($1) },
            signature: Array(encoded.dropFirst(4)))
    }
}
