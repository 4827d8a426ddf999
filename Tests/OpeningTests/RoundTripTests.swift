import NativePrimitives
import Opening
import Sealing
import Testing

/// What we seal, we open; what was changed, we refuse.
@Suite struct RoundTripTests {
    private typealias Key = Identity<NativePrimitives>
    private static let lengths = [
        0, 1, 15, 16, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 200_000,
    ]

    @Test(arguments: lengths) func everyLengthOpensToTheSameBytes(_ length: Int) throws {
        let plaintext = NativePrimitives.randomBytes(count: length)
        for kind in [Key.Kind.x25519, .mlkem768x25519] {
            let identity = try Key.generate(kind)
            let sealed = try SealedContainer.sealing(
                plaintext.span, to: [identity.recipient], with: NativePrimitives.self)
            #expect(sealed.payload.count == Payload.sealedLength(of: length))
            let opened = try OpenedContainer.open(
                (sealed.header + sealed.payload).span, with: [identity])
            #expect(opened.withBytes { [UInt8](copying: $0) } == plaintext)
        }
    }

    @Test func anIdentityReadsBackFromItsFile() throws {
        for kind in [Key.Kind.x25519, .mlkem768x25519] {
            let identity = try Key.generate(kind)
            let file = IdentityFile.encode(identity, comment: ascii("created: 2026-01-01"))
            let read = try file.withBytes {
                try IdentityFile.parse($0, with: NativePrimitives.self)
            }
            #expect(read.map(\.recipient) == [identity.recipient])
        }
    }

    @Test func identityFilesNameTheirBadLine() throws {
        let text = ascii("# fine\n\nAGE-SECRET-KEY-1NONSENSE\n")
        #expect(throws: IdentityFile.Failure.badLine(3)) {
            try IdentityFile.parse(text.span, with: NativePrimitives.self)
        }
        #expect(throws: IdentityFile.Failure.empty) {
            try IdentityFile.parse(ascii("# nothing\n").span, with: NativePrimitives.self)
        }
        let long = [UInt8](repeating: 0x23, count: IdentityFile.byteLimit + 1)
        #expect(throws: IdentityFile.Failure.tooLarge) {
            try IdentityFile.parse(long.span, with: NativePrimitives.self)
        }
    }

    @Test func aPassphraseOpensAndAnotherDoesNot() throws {
        let passphrase = Secret(copying: ascii("correct horse").span)
        let other = Secret(copying: ascii("correct house").span)
        let sealed = try SealedContainer.sealing(
            ascii("secret").span, passphrase: passphrase, workFactor: 10)
        let bytes = sealed.header + sealed.payload
        let opened = try OpenedContainer.open(bytes.span, passphrase: passphrase)
        #expect(opened.withBytes { [UInt8](copying: $0) } == ascii("secret"))
        #expect(throws: OpeningError.noMatch) {
            _ = try OpenedContainer.open(bytes.span, passphrase: other).count
        }
    }

    @Test func everyFlippedBitOfASmallFileIsNoticed() throws {
        let identity = try Key.generate(.x25519)
        let sealed = try SealedContainer.sealing(
            ascii("hello").span, to: [identity.recipient], with: NativePrimitives.self)
        let bytes = sealed.header + sealed.payload
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            #expect(throws: OpeningError.self, "byte \(index)") {
                _ = try OpenedContainer.open(changed.span, with: [identity]).count
            }
        }
    }

    @Test func sealingAgainFromKeptStateGivesTheSamePayload() throws {
        let plaintext = NativePrimitives.randomBytes(count: 150_000)
        let fileKey = FileKey<NativePrimitives>()
        var first = PayloadSealer(fileKey: fileKey)
        let state = first.state
        var firstBytes: [UInt8] = []
        try first.update(plaintext.span, into: &firstBytes)
        try first.finish(into: &firstBytes)
        var second = PayloadSealer(fileKey: fileKey, resuming: state)
        var secondBytes: [UInt8] = []
        for start in stride(from: 0, to: plaintext.count, by: 1000) {
            let end = min(start + 1000, plaintext.count)
            try second.update(plaintext.span.extracting(start..<end), into: &secondBytes)
        }
        try second.finish(into: &secondBytes)
        #expect(firstBytes == secondBytes)
    }

    @Test func twoSealingsOfTheSameTextShareNothing() throws {
        let identity = try Key.generate(.x25519)
        let first = try SealedContainer.sealing(
            ascii("same").span, to: [identity.recipient], with: NativePrimitives.self)
        let second = try SealedContainer.sealing(
            ascii("same").span, to: [identity.recipient], with: NativePrimitives.self)
        #expect(first.payload.prefix(16) != second.payload.prefix(16))
        #expect(first.header != second.header)
    }
}
