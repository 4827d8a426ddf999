import Containers
import DurableFiles
import Foundation
import NativePrimitives
import Opening
import Sealing
import Testing

/// Debian's `age` opens what we seal, and we open what it seals, bit for bit.
@Suite struct StockToolTests {
    private typealias Key = Identity<NativePrimitives>
    private let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "containers-\(UUID().uuidString)"
        try Durable.createDirectory(directory)
    }

    /// Runs `age`, which must be installed: a missing tool is a failure, not a skip.
    private func age(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/age")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "age \(arguments.joined(separator: " "))")
    }

    private func writeIdentity(_ identity: Key) throws -> String {
        let path = directory + "/key.txt"
        let file = IdentityFile.encode(identity, comment: ascii("test"))
        try file.withBytes { try Durable.write($0, to: path) }
        return path
    }

    // Not length 0: age 1.1.1 makes no output file for an empty plaintext.
    @Test(arguments: [1, 65_536, 65_537, 3_000_000])
    func ageOpensWhatWeSeal(_ length: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let identity = try Key.generate(.x25519)
        let plaintext = NativePrimitives.randomBytes(count: length)
        try Durable.write(plaintext.span, to: directory + "/plain")
        var source = try OpenFile(reading: directory + "/plain")
        var sink = try NewFile(at: directory + "/sealed.age")
        try ContainerSealing(to: [identity.recipient]).run(&source, into: &sink)
        try sink.commit()
        let key = try writeIdentity(identity)
        try age(["-d", "-i", key, "-o", directory + "/opened", directory + "/sealed.age"])
        #expect(try Durable.read(directory + "/opened", limit: 1 << 24) == plaintext)
    }

    @Test(arguments: [0, 1, 65_536, 65_537, 3_000_000])
    func weOpenWhatAgeSeals(_ length: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let identity = try Key.generate(.x25519)
        let plaintext = NativePrimitives.randomBytes(count: length)
        try Durable.write(plaintext.span, to: directory + "/plain")
        let recipient = String(decoding: identity.recipient.text, as: UTF8.self)
        try age(["-r", recipient, "-o", directory + "/sealed.age", directory + "/plain"])
        let source = try OpenFile(reading: directory + "/sealed.age")
        var sink = try NewFile(at: directory + "/opened")
        let opening = try ContainerOpening(
            source, with: { [identity] }, passphrase: { Secret(count: 0) })
        try opening.run(into: &sink)
        try sink.commit()
        #expect(try Durable.read(directory + "/opened", limit: 1 << 24) == plaintext)
    }

    @Test func aFailedOpenLeavesNothing() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let identity = try Key.generate(.mlkem768x25519)
        let plaintext = NativePrimitives.randomBytes(count: 200_000)
        let sealed = try SealedContainer.sealing(
            plaintext.span, to: [identity.recipient], with: NativePrimitives.self)
        let cut = sealed.header + sealed.payload.dropLast()
        try Durable.write(cut.span, to: directory + "/cut.age")
        do {
            let source = try OpenFile(reading: directory + "/cut.age")
            var sink = try NewFile(at: directory + "/opened")
            let opening = try ContainerOpening(
                source, with: { [identity] }, passphrase: { Secret(count: 0) })
            try opening.run(into: &sink)
            try sink.commit()
            Issue.record("a truncated file was opened")
        } catch is ContainerError {}
        #expect(try Durable.list(directory) == ["cut.age"])
    }

    @Test func aCommitNeverClobbers() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/kept"
        try Durable.write(ascii("first").span, to: path)
        #expect(throws: FileError.self) { try Durable.write(ascii("second").span, to: path) }
        #expect(try Durable.read(path, limit: 10) == ascii("first"))
        #expect(try Durable.list(directory) == ["kept"])
    }

    @Test func aKeyFileOpensOnlyWithItsPassphrase() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/secret.key"
        try KeyFile.write(
            Secret(copying: ascii("key material").span),
            passphrase: Secret(copying: ascii("right").span), to: path, workFactor: 10)
        let read = try KeyFile.read(path) { Secret(copying: ascii("right").span) }
        #expect(read.withBytes { [UInt8](copying: $0) } == ascii("key material"))
        #expect(throws: OpeningError.noMatch) {
            _ = try KeyFile.read(path) { Secret(copying: ascii("wrong").span) }.count
        }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test(arguments: ["21", "0", "10 more"])
    func nobodyIsAskedForThePassphraseOfWhatCannotOpen(_ workFactor: String) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/secret.key"
        let line = String(repeating: "A", count: 43)
        let text = """
            age-encryption.org/v1
            -> scrypt \(line.prefix(22)) \(workFactor)
            \(line)
            --- \(line)
            """
        try Durable.write([UInt8]((text + "\npayload").utf8).span, to: path)
        var isAsked = false
        #expect(throws: OpeningError.self) {
            _ = try KeyFile.read(path) {
                isAsked = true
                return Secret(count: 1)
            }.count
        }
        #expect(throws: ContainerError.self) {
            _ = try ContainerOpening(
                OpenFile(reading: path), with: { [] },
                passphrase: {
                    isAsked = true
                    return Secret(count: 1)
                })
        }
        #expect(!isAsked)
    }
}
