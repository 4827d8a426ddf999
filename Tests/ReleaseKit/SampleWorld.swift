package import Agencies
package import Custody
package import NativePrimitives
package import Opening
import Sealing
package import Tips

/// A root, a log, three verifiers, two offices and a reporter, with real keys, for tests of
/// releases.
package struct SampleWorld: Sendable {
    /// Office A: post-quantum.
    package let officeA: Identity<NativePrimitives>
    /// Office B: X25519, for stock tools.
    package let officeB: Identity<NativePrimitives>
    /// The day on which the directory was signed.
    package let issued: Day

    /// Fresh recipients; signing keys are the same in every world.
    package init(issued: String = "2026-11-01") throws {
        officeA = try .generate(.mlkem768x25519)
        officeB = try .generate(.x25519)
        self.issued = try required(Day(issued))
    }

    /// The signing key number `number`: 1 root, 2 log, 3 desk, 4 and 5 offices, 10 to 12 verifiers,
    /// 20 and up reporters.
    package static func key(_ number: UInt8) throws -> SigningKey {
        try SigningKey(seed: Secret(copying: [UInt8](repeating: number, count: 32).span))
    }

    /// The signer of a reporter.
    package static func reporter(_ number: UInt8 = 20) throws -> TipSigner<NativePrimitives> {
        let seed = Secret(copying: [UInt8](repeating: number, count: 32).span)
        guard let signer = TipSigner<NativePrimitives>(seed: seed) else { throw Missing() }
        return signer
    }

    /// The persons who may sign, with the numbers of their keys.
    package static let persons: [String: UInt8] = ["alice": 10, "bob": 11, "carol": 12]

    /// The root's public key.
    package func root() throws -> NoteVerifier {
        try NoteSigner(name: required(NoteKeyName("root.test/sallyport")), key: Self.key(1))
            .verifier
    }

    /// The log's signer.
    package func log() throws -> NoteSigner {
        NoteSigner(name: try required(NoteKeyName("log.test/custody")), key: try Self.key(2))
    }

    /// A signed directory.
    package func directoryNote(
        version: Int = 7, days: Int = 90, revoked: Set<Hash> = [],
        policy: Hash = Hash(sha256: [UInt8]("policy".utf8))
    ) throws -> [UInt8] {
        let desk = try Identity<NativePrimitives>.generate(.mlkem768x25519)
        let epoch = DeskEpoch(
            number: 1, recipient: desk.recipient, legacyRecipient: nil, opens: issued,
            closes: issued.adding(days: 30), isDead: false)
        let contents = try DirectoryContents(
            version: version, issued: issued, expires: issued.adding(days: days), epochs: [epoch],
            deskKey: Self.key(3).publicKey,
            offices: [
                office("office-a", recipient: officeA.recipient, key: 4),
                office("office-b", recipient: officeB.recipient, key: 5),
            ],
            verifiers: Self.persons.map { name, key in
                Verifier(
                    person: try required(PersonID(name)), name: name.capitalized,
                    key: try Self.key(key).publicKey)
            }, log: log().verifier, witnesses: [], policyDigest: policy, revoked: revoked)
        let signer = NoteSigner(
            name: try required(NoteKeyName("root.test/sallyport")), key: try Self.key(1))
        return try signer.sign(contents.text)
    }

    /// The verified directory of ``directoryNote(version:days:revoked:policy:)``.
    package func directory(_ note: [UInt8]) throws -> Directory {
        try UnverifiedDirectory(note).signed(by: root())
    }

    private func office(_ id: String, recipient: Recipient, key: UInt8) throws -> Office {
        Office(
            id: try required(OfficeID(id)), name: "Test \(id)", country: "TH", kind: .policeUnit,
            isMilitaryLinked: false, recipient: recipient, signingKey: try Self.key(key).publicKey,
            contact: "by post", descriptions: ["en": "An office of a test."])
    }
}

/// A value of a test that should have been there.
package struct Missing: Error {
    /// Nothing to say.
    package init() {}
}

/// `value`, or an error where it is nil.
package func required<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
}

extension String {
    var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
