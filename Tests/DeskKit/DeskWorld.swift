package import Agencies
package import Agents
package import Custody
import DurableFiles
import Foundation
package import NativePrimitives
package import Opening
import Sealing
import Tips

/// A desk with a real agent at a real socket, two verifiers with signing agents of their own, and
/// two offices; everything fresh in a folder that vanishes.
package final class DeskWorld {
    package let folder: String
    private let root = SigningKey.generate()
    private let log = SigningKey.generate()
    private let officeKeyA = SigningKey.generate()
    private let officeKeyB = SigningKey.generate()
    package let rootVerifier: NoteVerifier
    package let station: VerifyingKey
    package let epoch: DeskKeys.PublicEpoch
    package let officeA: Identity<NativePrimitives>
    package let officeB: Identity<NativePrimitives>
    private var servers: [AgentServer] = []
    package private(set) var persons: [String: SigningAgentClient] = [:]
    private var keys: [String: VerifyingKey] = [:]
    package let client: DeskAgentClient

    package static let today = Day(unixTime: Int(Date().timeIntervalSince1970))

    package init(persons names: [String] = ["ana", "ben"]) throws {
        folder = "/tmp/sp-\(UInt64.random(in: .min ... .max))"
        try Durable.createDirectory(folder)
        let name = try require(NoteKeyName("root.example"))
        rootVerifier = NoteVerifier(name: name, key: root.publicKey)
        let (deskKeys, station) = try DeskKeys.create(
            in: folder + "/keys", root: rootVerifier, passphrase: Self.secret("desk"),
            workFactor: 10)
        self.station = station
        epoch = try deskKeys.addEpoch(1)
        officeA = try .generate(.mlkem768x25519)
        officeB = try .generate(.x25519)
        client = DeskAgentClient(folder + "/desk.sock")
        let agent = try DeskAgent(
            try DeskKeys.open(folder + "/keys") { Self.secret("desk") })
        serve(try agent.listen(at: folder + "/desk.sock", users: [getuid()]))
        for name in names { try addPerson(name) }
    }

    deinit {
        for server in servers { server.stop() }
        try? FileManager.default.removeItem(atPath: folder)
    }

    package func addPerson(_ name: String) throws {
        let path = "\(folder)/\(name).key"
        keys[name] = try VerifierKey.create(
            at: path, person: try require(PersonID(name)), passphrase: Self.secret(name),
            workFactor: 10)
        let agent = try SigningAgent(path)
        serve(try agent.listen(at: "\(folder)/\(name).sock", users: [getuid()]))
        persons[name] = SigningAgentClient("\(folder)/\(name).sock")
    }

    /// Serves on a thread of its own.
    package func serve(_ server: AgentServer) {
        servers.append(server)
        Thread { server.run() }.start()
    }

    package static func secret(_ text: String) -> Secret { Secret(copying: Array(text.utf8).span) }

    /// A directory of this world, signed by its root.
    package func directory(
        version: Int = 1, issued: Int = 0, days: Int = 30, isEpochDead: Bool = false,
        revoked: Set<Hash> = []
    ) throws -> [UInt8] {
        let today = try require(Self.today)
        let log = NoteVerifier(
            name: try require(NoteKeyName("log.example")), key: log.publicKey)
        let contents = try DirectoryContents(
            version: version, issued: today.adding(days: issued),
            expires: today.adding(days: issued + days),
            epochs: [
                DeskEpoch(
                    number: 1, recipient: epoch.recipient, legacyRecipient: epoch.legacyRecipient,
                    opens: today.adding(days: -5), closes: today.adding(days: 25),
                    isDead: isEpochDead)
            ], deskKey: station,
            offices: [
                try office("office-a", officeA, officeKeyA.publicKey),
                try office("office-b", officeB, officeKeyB.publicKey),
            ],
            verifiers: try keys.map {
                Verifier(person: try require(PersonID($0.key)), name: $0.key, key: $0.value)
            }, log: log, witnesses: [], policyDigest: try Self.policy().digest, revoked: revoked)
        let signer = NoteSigner(name: rootVerifier.name, key: try copy(of: root))
        return try signer.sign(contents.text)
    }

    /// A checkpoint of the custody log, signed by the directory's log key or by a `stranger`'s.
    package func checkpoint(size: UInt64, stranger: Bool = false) throws -> [UInt8] {
        let name = try require(NoteKeyName("log.example"))
        let key = stranger ? SigningKey.generate() : try copy(of: log)
        return try NoteSigner(name: name, key: key).sign(
            Checkpoint(origin: name, size: size, root: Hash(sha256: [UInt8(size)])))
    }

    /// Office A may see everything, office B neither the place nor what needs a stronger key.
    package static func policy() throws -> Policy {
        try Policy(clearances: [
            try require(OfficeID("office-a")): Set(PartClass.releasable),
            try require(OfficeID("office-b")): [.urgency, .report, .person, .evidence],
        ])
    }

    /// Lends the key with which office A signs its answers.
    package func withOfficeKey<Result>(_ body: (borrowing SigningKey) throws -> Result) rethrows
        -> Result
    {
        try body(officeKeyA)
    }

    private func office(
        _ id: String, _ identity: Identity<NativePrimitives>, _ key: VerifyingKey
    ) throws -> Office {
        Office(
            id: try require(OfficeID(id)), name: id, country: "TH", kind: .policeUnit,
            isMilitaryLinked: false, recipient: identity.recipient,
            signingKey: key, contact: "someone",
            descriptions: ["en": "an office"])
    }

    private func copy(of key: borrowing SigningKey) throws -> SigningKey {
        try SigningKey(seed: key.withSeed { Secret(copying: $0) })
    }
}

/// Something that a test needs is not there.
package struct Missing: Error {}

/// The value, or ``Missing``.
package func require<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
}
