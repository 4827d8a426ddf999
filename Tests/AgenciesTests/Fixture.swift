import Agencies
import Custody
import NativePrimitives
import Opening
import Sealing
import Tips

/// A root and a small directory with fresh keys: offices a (post-quantum), b (X25519), c.
struct Fixture {
    let root: NoteVerifier
    let contents: DirectoryContents
    let policy: Policy
    private let seed: [UInt8]

    static let issued = day("2026-11-23")
    static let expires = day("2027-02-21")

    init(
        clearances: [OfficeID: Set<PartClass>] = [:], revoked: [Hash] = [],
        change: (inout Draft) -> Void = { _ in }
    ) throws {
        seed = NativePrimitives.randomBytes(count: 32)
        var copy = seed
        let key = try SigningKey(seed: Secret(consuming: &copy))
        root = NoteVerifier(name: valid(NoteKeyName("test-root")), key: key.publicKey)
        policy = try Policy(clearances: clearances)
        var draft = Draft(policy: policy.digest, revoked: Set(revoked))
        change(&draft)
        contents = try draft.contents()
    }

    /// The contents signed by the root.
    func note(of contents: DirectoryContents? = nil) throws -> [UInt8] {
        try sign((contents ?? self.contents).text)
    }

    /// Any text signed by the root.
    func sign(_ text: [UInt8]) throws -> [UInt8] {
        var copy = seed
        let key = try SigningKey(seed: Secret(consuming: &copy))
        return try NoteSigner(name: root.name, key: key).sign(text)
    }

    /// The contents as a verified directory.
    func directory() throws -> Directory {
        try UnverifiedDirectory(note()).verified(root: root, clock: Self.issued, newest: nil)
    }
}

/// Contents that are not checked yet.
struct Draft {
    var version = 7
    var issued = Fixture.issued
    var expires = Fixture.expires
    var epochs = [
        DeskEpoch(
            number: 3, recipient: postQuantumRecipient(), legacyRecipient: x25519Recipient(),
            opens: day("2026-11-01"), closes: day("2027-04-30"), isDead: false)
    ]
    var deskKey = verifyingKey()
    var offices = [
        office("office-a", postQuantumRecipient()), office("office-b", x25519Recipient()),
        office("office-c", postQuantumRecipient()),
    ]
    var verifiers = [
        Verifier(person: valid(PersonID("ana")), name: "Ana", key: verifyingKey()),
        Verifier(person: valid(PersonID("ben")), name: "Ben", key: verifyingKey()),
    ]
    var log = NoteVerifier(name: valid(NoteKeyName("log.example/sallyport")), key: verifyingKey())
    var witnesses: [NoteVerifier] = []
    var policy: Hash
    var revoked: Set<Hash>

    func contents() throws(DirectoryFault) -> DirectoryContents {
        try DirectoryContents(
            version: version, issued: issued, expires: expires, epochs: epochs, deskKey: deskKey,
            offices: offices, verifiers: verifiers, log: log, witnesses: witnesses,
            policyDigest: policy, revoked: revoked)
    }
}

func day(_ text: String) -> Day { valid(Day(text)) }
func id(_ text: String) -> OfficeID { valid(OfficeID(text)) }

func verifyingKey() -> VerifyingKey { SigningKey.generate().publicKey }

func postQuantumRecipient() -> Recipient {
    let seed = NativePrimitives.randomBytes(count: 32)
    return .mlkem768x25519(valid(try? NativePrimitives.xWingPublicKey(seed: seed.span)))
}

func x25519Recipient() -> Recipient {
    let scalar = NativePrimitives.randomBytes(count: 32)
    return .x25519(NativePrimitives.x25519PublicKey(scalar: scalar.span))
}

func office(_ name: String, _ recipient: Recipient) -> Office {
    Office(
        id: id(name), name: "The \(name) of the tests", country: "XX", kind: .policeUnit,
        isMilitaryLinked: false, recipient: recipient, signingKey: verifyingKey(),
        contact: "\(name)@example.org", descriptions: ["en": "An office that does not exist."])
}

/// A value that the test itself makes, and knows to be valid.
func valid<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a value of this test is not valid") }
    return value
}
