import Custody
import Foundation
import Ledger
import Sealing
import Testing
import Tips

/// Go's own `sumdb/note` and `sumdb/tlog`, PyPI's securesystemslib and `openssl` accept what we
/// write, and refuse it when a byte is changed. A missing tool is a failure, not a skip.
@Suite struct IndependentTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "independent-\(UUID().uuidString)")

    @Test func toolsWithoutOurCodeAgree() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await writeProof()
        try writeStatement()
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let driver = Process()
        driver.executableURL = root.appending(path: "Tests/Rig/independent/check")
        driver.arguments = [folder.path, root.appending(path: ".build/independent").path]
        try driver.run()
        driver.waitUntilExit()
        #expect(driver.terminationStatus == 0)
    }

    private func writeProof() async throws {
        let store = MemoryStore()
        let ledger = Ledger(
            signer: try testSigner(), store: store, publisher: MemoryPublisher())
        try await ledger.create()
        await store.wait(someEntries(0..<300))
        try await ledger.tick()
        let proof = try #require(try await ledger.proof(of: someEntries(77..<78)[0]))
        try write("vkey", Array(ledger.verifier.vkey.utf8))
        try write("entry", proof.entry)
        try write("proof.tlog-proof", proof.bytes)
    }

    private func writeStatement() throws {
        let first = SigningKey.generate()
        let second = SigningKey.generate()
        let hour = try #require(Hour("2026-11-23T15"))
        let release = try ReleaseStatement(
            tip: #require(TipID([UInt8](repeating: 7, count: 32))), office: "ministry-x",
            officeKeyFingerprint: Hash(sha256: []),
            parts: [
                .init(
                    name: ReleaseStatement.partName(0), payloadDigest: Hash(sha256: [1]),
                    headerDigest: Hash(sha256: [2]))
            ],
            sequence: 1, notBefore: hour, expires: #require(hour.adding(hours: 24)),
            directoryVersion: 1, directoryDigest: Hash(sha256: [3]),
            policyDigest: Hash(sha256: [4]),
            sealedPredicateDigest: Hash(sha256: [5]), deskCheckpoint: "line\n\u{4E00}\n")
        var statement = SignedStatement(release.statement)
        statement.sign(with: first)
        statement.sign(with: second)
        try write("statement.dsse.json", statement.encoded)
        try write("first.pem", Array(first.publicKey.pem.utf8))
        try write("second.pem", Array(second.publicKey.pem.utf8))
        let sums = Array("\(release.parts[0].payloadDigest.hex)  parts/00.age\n".utf8)
        try write("SHA256SUMS", sums)
        try write("SHA256SUMS.sig", first.sign(sums))
        try first.pkcs8PEM().withBytes { try write("first.key", [UInt8](copying: $0)) }
    }

    private func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }
}
