import Agencies
import Ceremony
import Custody
import DurableFiles
import Foundation
import Testing
import Tips

@Suite struct SigningTests {
    let keys: KeysFixture
    let today = valid(Day("2026-11-23"))
    var out: String { keys.path + "/directory.note" }
    var policy: String { keys.path + "/policy.json" }

    init() throws { keys = try KeysFixture() }

    /// One whole `root sign`.
    func sign(with root: borrowing RootKey, on day: Day? = nil) throws -> Directory {
        let day = day ?? today
        let folder = try KeysFolder(reading: keys.path)
        let previous = try DirectoryFiles.previous(at: out, root: root.verifier)
        let contents = try folder.contents(
            version: DirectorySigning.nextVersion(after: previous), issued: day,
            expires: day.adding(days: 90))
        let directory = try DirectorySigning.sign(contents, after: previous, with: root)
        try DirectoryFiles.publish(directory, at: out, policy: folder.policy, policyPath: policy)
        return directory
    }

    @Test func signsAndReadsBack() throws {
        let root = makeRoot()
        let signed = try sign(with: root)
        let read = try UnverifiedDirectory(DirectoryFiles.read(out)).verified(
            root: root.verifier, clock: today, newest: nil)
        #expect(read == signed)
        #expect(read.version == 1)
        let officePolicy = try Policy(DirectoryFiles.read(policy), of: read)
        #expect(officePolicy.clears(valid(OfficeID("office-a")), for: .place))
        let words = DirectoryWords.describe(read, policy: officePolicy, today: today)
        #expect(words.contains("office-b: Office B of nowhere (XX, a police unit)"))
        #expect(words.contains("cleared for: urgency, report, evidence"))
    }

    @Test func keepsEveryOlderVersion() throws {
        let root = makeRoot()
        let first = try sign(with: root)
        let oldPolicy = try keys.text("policy.json")
        try keys.replace("\"place\",", with: "", in: "agencies/office-a.toml")
        let second = try sign(with: root)
        #expect(second.version == 2)
        #expect(try DirectoryFiles.read(keys.path + "/directory-1.note") == first.note)
        #expect(try keys.text("policy-1.json") == oldPolicy)
        #expect(first.policyDigest != second.policyDigest)
        let changes = DirectoryChanges.describe(from: first.contents, to: second.contents)
        #expect(changes == ["the routing policy is another"])
    }

    @Test func leavesFilesAloneThatAreNotItsOwn() throws {
        let root = makeRoot()
        try keys.write("directory.note", "something else\n")
        #expect(throws: CeremonyError.self) { try sign(with: root) }
        #expect(try keys.text("directory.note") == "something else\n")
        try FileManager.default.removeItem(atPath: out)
        try keys.write("policy.json", "something else\n")
        #expect(throws: CeremonyError.inTheWay(path: policy)) { try sign(with: root) }
        #expect(!keys.exists("directory.note"))
        #expect(try keys.text("policy.json") == "something else\n")
    }

    @Test func anotherRootCannotContinue() throws {
        _ = try sign(with: makeRoot())
        let before = try keys.text("directory.note")
        let other = makeRoot()
        #expect(throws: CeremonyError.refused(path: out, .notSignedByRoot)) {
            try sign(with: other)
        }
        #expect(try keys.text("directory.note") == before)
    }

    @Test func resumesAfterACrashBetweenPolicyAndDirectory() throws {
        let root = makeRoot()
        let first = try sign(with: root)
        try keys.replace("\"place\",", with: "", in: "agencies/office-a.toml")
        // What a crash leaves: the old policy kept, the new one in place, the old directory.
        try keys.write("policy-1.json", keys.text("policy.json"))
        let policy = try KeysFolder(reading: keys.path).policy
        try keys.write("policy.json", String(decoding: policy.encoded, as: UTF8.self))
        #expect(throws: PolicyFault.notThisDirectorys) { try Policy(policy.encoded, of: first) }
        #expect(try sign(with: root).version == 2)
    }

    @Test func renewsWithNothingButDates() throws {
        let root = makeRoot()
        let first = try sign(with: root)
        let later = today.adding(days: 60)
        let contents = try first.contents.renewed(
            version: 2, issued: later, expires: later.adding(days: 90))
        let second = try DirectorySigning.sign(contents, after: first, with: root)
        try DirectoryFiles.publish(second, at: out)
        #expect(try DirectoryFiles.previous(at: out, root: root.verifier) == second)
        #expect(keys.exists("directory-1.note"))
        #expect(DirectoryChanges.describe(from: first.contents, to: second.contents).isEmpty)
    }

    @Test func aRevocationIsForEver() throws {
        let root = makeRoot()
        let key = Hash(sha256: [1]).hex
        try keys.write("revoked.toml", "[revoked]\n\(key) = \"lost\"\n")
        _ = try sign(with: root)
        try FileManager.default.removeItem(atPath: keys.path + "/revoked.toml")
        let error = #expect(throws: CeremonyError.self) { try sign(with: root) }
        #expect(error?.message == "revoked.toml no longer lists \(key); a revocation is for ever")
    }

    @Test func aRevokedVerifierCannotStay() throws {
        let root = makeRoot()
        let folder = try KeysFolder(reading: keys.path)
        let key = folder.verifiers[0].key.fingerprint.hex
        try keys.write("revoked.toml", "[revoked]\n\(key) = \"lost\"\n")
        let error = #expect(throws: CeremonyError.self) { try sign(with: root) }
        #expect(error?.message.hasPrefix("verifiers.ana: ") == true)
        #expect(!keys.exists("directory.note"))
    }

    @Test func epochsKeepTheirKeysAndDieOnce() throws {
        let root = makeRoot()
        let recipient = KeysFixture.postQuantum()
        try keys.write("desk.toml", KeysFixture.desk(recipient: recipient))
        _ = try sign(with: root)
        let good = try keys.text("desk.toml")
        try keys.write("desk.toml", KeysFixture.desk())
        #expect(throws: CeremonyError.self) { try sign(with: root) }
        try keys.write("desk.toml", KeysFixture.desk(number: 2))
        #expect(throws: CeremonyError.self) { try sign(with: root) }
        try keys.write("desk.toml", good.replacing("dead = false", with: "dead = true"))
        #expect(try sign(with: root).version == 2)
        try keys.write("desk.toml", good)
        #expect(throws: CeremonyError.self) { try sign(with: root) }
        try keys.write("desk.toml", KeysFixture.desk(number: 2))
        #expect(try sign(with: root).version == 3)
    }

    @Test func aClockSetBackIsNoticed() throws {
        let root = makeRoot()
        _ = try sign(with: root)
        let error = #expect(throws: CeremonyError.self) {
            try sign(with: root, on: today.adding(days: -1))
        }
        #expect(error?.message.contains("is the clock right?") == true)
    }
}

@Suite struct RootKeyTests {
    /// Fast enough for tests; the program uses the default.
    static let workFactor = 10

    @Test func readsBackUnderItsPassphrase() throws {
        let keys = try KeysFixture()
        let path = keys.path + "/root.key"
        let made = makeRoot("my-root")
        try made.write(to: path, passphrase: secret("correct"), workFactor: Self.workFactor)
        let read = try RootKey.read(path) { secret("correct") }
        #expect(read.verifier == made.verifier)
        #expect(read.verifier.name.description == "my-root")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.starts(with: Array("age-encryption.org/v1\n-> scrypt ".utf8)))
    }

    @Test func refusesWrongPassphraseAndOtherFiles() throws {
        let keys = try KeysFixture()
        let path = keys.path + "/root.key"
        try makeRoot().write(to: path, passphrase: secret("correct"), workFactor: Self.workFactor)
        #expect(throws: CeremonyError.self) { _ = try RootKey.read(path) { secret("wrong") } }
        try keys.write("plain.key", "-----BEGIN PRIVATE KEY-----\n")
        #expect(throws: CeremonyError.self) {
            _ = try RootKey.read(keys.path + "/plain.key") { secret("x") }
        }
        #expect(throws: CeremonyError.self) {
            _ = try RootKey.read(keys.path + "/none.key") { secret("x") }
        }
    }

    @Test func neverReplacesAKey() throws {
        let keys = try KeysFixture()
        let path = keys.path + "/root.key"
        try makeRoot().write(to: path, passphrase: secret("a"), workFactor: Self.workFactor)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: CeremonyError.self) {
            try makeRoot().write(to: path, passphrase: secret("a"), workFactor: Self.workFactor)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }
}
