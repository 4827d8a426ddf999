import Containers
import DurableFiles
import NativePrimitives
import Opening
import Sealing
import Testing

/// What can be seen of a file without a key.
@Suite struct InspectionTests {
    private typealias Problem = ContainerInspection.Problem
    private let folder: Folder
    private let sealed: [UInt8]
    private let text: [UInt8]

    init() throws {
        folder = try Folder()
        let recipient = try Identity<NativePrimitives>.generate(.mlkem768x25519).recipient
        let container = try SealedContainer.sealing(
            [UInt8](repeating: 7, count: 1024).span, to: [recipient], with: NativePrimitives.self)
        sealed = container.header + container.payload
        text = ascii(
            """
            -----BEGIN AGE ENCRYPTED FILE-----
            YWdlLWVuY3J5cHRpb24ub3JnL3YxCg==
            -----END AGE ENCRYPTED FILE-----

            """)
    }

    private func inspection(
        _ bytes: [UInt8], knowingLength isKnown: Bool = true
    ) throws -> ContainerInspection {
        let path = folder.path + "/file"
        try Durable.write(bytes.span, to: path)
        defer { try? Durable.remove(path) }
        return try ContainerInspection(
            of: try OpenFile(reading: path), byteCount: isKnown ? bytes.count : nil)
    }

    @Test(arguments: [true, false])
    func sizesAndKindsAreSeen(_ isLengthKnown: Bool) throws {
        let seen = try inspection(sealed, knowingLength: isLengthKnown)
        #expect(seen.recipientKinds == ["mlkem768x25519 (withstands a quantum computer)"])
        #expect(seen.headerBytes == 1627)
        #expect(seen.payloadBytes == sealed.count - 1627)
        #expect(seen.plaintextBytes == 1024)
        #expect(seen.isPadded && !seen.isArmored)
    }

    @Test func whatIsNoAgeFileIsCalledSo() {
        #expect(throws: Problem.empty) { try inspection([]) }
        #expect(throws: Problem.notAge) { try inspection(ascii("Dear Sir or Madam,\n")) }
    }

    @Test(arguments: [true, false])
    func aCutIsNamedByItsPlace(_ isLengthKnown: Bool) {
        #expect(throws: Problem.badHeader(.truncated)) {
            try inspection([UInt8](sealed[..<900]), knowingLength: isLengthKnown)
        }
        #expect(throws: Problem.truncated) {
            try inspection([UInt8](sealed[..<1640]), knowingLength: isLengthKnown)
        }
    }

    @Test func damagedTextIsTold() {
        #expect(throws: Problem.badArmor) { try inspection([UInt8](text.dropLast(10))) }
    }

    @Test func aHeaderInTextThatEndsIsCutOff() {
        #expect(throws: Problem.badHeader(.truncated)) { try inspection(text) }
    }
}
