import Custody
import Testing
import Tips

/// C2SP signed-note: its example, and everything that must be refused.
@Suite struct NoteTests {
    private static let vkey =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    private static let text = "This is an example message.\n"
    private static let line =
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXm"
        + "RKuwHjG1Yu72IneyaQM=\n"

    private func verify(_ note: String) throws -> VerifiedNote {
        try UnverifiedNote(utf8(note)).verified(by: [NoteVerifier(vkey: Self.vkey)])
    }

    @Test func theExampleOfTheSpecificationVerifies() throws {
        let verified = try verify(Self.text + "\n" + Self.line)
        #expect(verified.text == utf8(Self.text))
        #expect(verified.note.bytes == utf8(Self.text + "\n" + Self.line))
        #expect(try NoteVerifier(vkey: Self.vkey).vkey == Self.vkey)
    }

    @Test func anAlteredTextIsRefused() throws {
        let name = try noteName("example.com/foo")
        #expect(throws: NoteError.badSignature(name)) {
            try verify("This is an exbmple message.\n\n" + Self.line)
        }
    }

    @Test func unknownKeysAreIgnoredButDoNotSuffice() throws {
        let signer = NoteSigner(name: try noteName("other"), key: try testKey(1))
        let other = try UnverifiedNote(signer.sign(utf8(Self.text)))
        let both = String(decoding: other.bytes, as: UTF8.self) + Self.line
        #expect(try verify(both).signers.count == 1)
        #expect(throws: NoteError.unsigned) { try other.verified(by: [.init(vkey: Self.vkey)]) }
    }

    @Test func oneBadKnownSignatureRefusesTheNoteThoughAnotherIsGood() throws {
        let signer = NoteSigner(name: try noteName("second"), key: try testKey(2))
        let elsewhere = try signer.sign(utf8("Another text.\n"))
        let line = String(decoding: elsewhere, as: UTF8.self).split(separator: "\n").last ?? ""
        let note = try UnverifiedNote(utf8("\(Self.text)\n\(Self.line)\(line)\n"))
        #expect(throws: NoteError.badSignature(try noteName("second"))) {
            try note.verified(by: [.init(vkey: Self.vkey), signer.verifier])
        }
    }

    @Test(arguments: [
        "", "\n", "text\n", "text\n\n", "text\n\n— a b\n",
        "\(text)\n\(line.dropLast())",  // no last newline
        "\(text)\(line)",  // no blank line
        "te\u{7}xt\n\n\(line)", "te\rxt\n\n\(line)",
        "\(text)\n- \(line.dropFirst(2))",  // a hyphen
        "\(text)\n\(line.replacing("aQM=", with: "aQN="))",  // set trailing bits
        "\(text)\n\(line.replacing("aQM=", with: "aQM"))",
        "\(text)\n\(line.replacing("foo ", with: "foo  "))",
        "\(text)\n\(line.replacing("foo ", with: "f+o "))",
    ])
    func otherFormsAreRefused(_ note: String) {
        #expect(throws: NoteError.malformedNote) { try UnverifiedNote(utf8(note)) }
    }

    @Test func brokenTextIsRefused() {
        #expect(throws: NoteError.malformedNote) {
            try UnverifiedNote([0xFF] + utf8(Self.text + "\n" + Self.line))
        }
    }

    @Test func theTextEndsAtTheLastBlankLine() throws {
        let signer = NoteSigner(name: try noteName("k"), key: try testKey(3))
        let note = try UnverifiedNote(signer.sign(utf8("a\n\nb\n\n\nc\n")))
        #expect(note.text == utf8("a\n\nb\n\n\nc\n"))
        #expect(try note.verified(by: [signer.verifier]).signers.count == 1)
        #expect(throws: NoteError.malformedNote) { try signer.sign(utf8("no newline")) }
        #expect(throws: NoteError.malformedNote) { try signer.sign(utf8("tab\t\n")) }
    }

    @Test func sizeAndNumberOfSignaturesAreBounded() throws {
        let many = String(repeating: Self.line, count: UnverifiedNote.maximumSignatureCount)
        #expect(try verify(Self.text + "\n" + many).signers.count == 1)
        #expect(throws: NoteError.tooManySignatures) {
            try UnverifiedNote(utf8(Self.text + "\n" + many + Self.line))
        }
        let long = [UInt8](repeating: 0x61, count: UnverifiedNote.maximumByteCount)
        #expect(throws: NoteError.tooLong) { try UnverifiedNote(long + [0x0A]) }
    }

    @Test(arguments: [
        "", "a", "a+530d903a",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=",
        "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ])
    func otherKeysAreRefused(_ vkey: String) {
        #expect(throws: NoteError.malformedKey) { try NoteVerifier(vkey: vkey) }
    }
}
