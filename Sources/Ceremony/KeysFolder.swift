package import Agencies
package import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips

/// The Keys folder as people keep it: public keys and clearances in small text files.
///
/// ```
/// Keys/desk.toml  log.vkey  revoked.toml  agencies/<office>.toml  verifiers/<person>.toml
/// Keys/witnesses/<name>.vkey
/// ```
/// `revoked.toml` and `witnesses/` may be absent. Names that begin with a dot or end in `.md` or
/// `.example` are passed over; any other unknown name is refused. Keys/README.md tells more.
package struct KeysFolder: Sendable {
    /// What the desk's machine signs with.
    package let deskKey: VerifyingKey
    /// The desk's epochs.
    package let epochs: [DeskEpoch]
    /// The offices.
    package let offices: [Office]
    /// What each office is cleared for.
    package let policy: Policy
    /// The persons who may sign releases.
    package let verifiers: [Verifier]
    /// The custody log's key.
    package let log: NoteVerifier
    /// The log's witnesses.
    package let witnesses: [NoteVerifier]
    /// Fingerprints of keys that must not be used any more.
    package let revoked: Set<Hash>

    /// Reads the folder at `path`.
    ///
    /// - Throws: ``CeremonyError``, the first thing wrong: unknown keys, bad values, recipients
    ///   that nothing can be sealed to, clearances that the office's key is too weak for.
    package init(reading path: String) throws(CeremonyError) {
        let desk = try DeskFile(path + "/desk.toml")
        deskKey = desk.key
        epochs = desk.epochs
        let offices = try Self.each(path + "/agencies", ".toml") {
            (path, name) throws(CeremonyError) in
            try OfficeFile(path, name: name)
        }
        self.offices = offices.map(\.office)
        let pairs = offices.map { ($0.office.id, $0.clearances) }
        do throws(PolicyFault) {
            policy = try Policy(clearances: Dictionary(uniqueKeysWithValues: pairs))
        } catch {
            throw .policy(error)
        }
        verifiers = try Self.each(path + "/verifiers", ".toml") {
            (path, name) throws(CeremonyError) in
            try Self.verifier(path, name: name)
        }
        log = try Self.vkey(path + "/log.vkey")
        let witnesses = path + "/witnesses"
        self.witnesses =
            Durable.exists(witnesses)
            ? try Self.each(witnesses, ".vkey") { (path, _) throws(CeremonyError) in
                try Self.vkey(path)
            } : []
        revoked = try Self.revoked(path + "/revoked.toml")
    }

    /// The contents of a directory of these keys.
    ///
    /// - Throws: ``CeremonyError/directory(_:)``.
    package func contents(
        version: Int, issued: Day, expires: Day
    ) throws(CeremonyError) -> DirectoryContents {
        do throws(DirectoryFault) {
            return try DirectoryContents(
                version: version, issued: issued, expires: expires, epochs: epochs,
                deskKey: deskKey, offices: offices, verifiers: verifiers, log: log,
                witnesses: witnesses, policyDigest: policy.digest, revoked: revoked)
        } catch {
            throw .directory(error)
        }
    }

    /// Reads one vkey on one line.
    package static func vkey(_ path: String) throws(CeremonyError) -> NoteVerifier {
        let bytes = try readingFile { () throws(FileError) in
            try Durable.read(path, limit: 1_024)
        }
        let line = bytes.last == 0x0A ? Array(bytes.dropLast()) : bytes
        guard let key = try? NoteVerifier(vkey: String(decoding: line, as: UTF8.self)) else {
            throw .keys(path: path, place: "", problem: "is not one vkey on one line")
        }
        return key
    }

    /// Reads each file of `folder` whose name ends in `suffix`; `read` gets path and bare name.
    private static func each<Value>(
        _ folder: String, _ suffix: String,
        _ read: (String, String) throws(CeremonyError) -> Value
    ) throws(CeremonyError) -> [Value] {
        var values: [Value] = []
        let names = try readingFile { () throws(FileError) in try Durable.list(folder) }
        for name in names {
            if name.hasPrefix(".") || name.hasSuffix(".md") || name.hasSuffix(".example") {
                continue
            }
            let path = folder + "/" + name
            guard name.hasSuffix(suffix) else {
                throw .keys(path: path, place: "", problem: "does not belong here")
            }
            values.append(try read(path, String(name.dropLast(suffix.count))))
        }
        return values
    }

    private static func verifier(
        _ path: String, name: String
    ) throws(CeremonyError) -> Verifier {
        guard let person = PersonID(name) else {
            throw .keys(
                path: path, place: "",
                problem: "the file's name must be a handle: lower-case letters, digits, hyphens")
        }
        let table = try StrictTable(file: path, keys: ["name", "key"])
        return Verifier(
            person: person, name: try table.string("name"), key: try table.signingKey("key"))
    }

    private static func revoked(_ path: String) throws(CeremonyError) -> Set<Hash> {
        guard Durable.exists(path) else { return [] }
        let file = try StrictTable(file: path, keys: ["revoked"])
        let reasons = try file.table("revoked")
        var revoked: Set<Hash> = []
        for key in reasons.keys {
            guard let fingerprint = Hash(hex: key) else {
                throw reasons.fault(
                    key, "must be a fingerprint of 64 lower-case hexadecimal digits")
            }
            guard !(try reasons.string(key)).isEmpty else {
                throw reasons.fault(key, "must say why and when")
            }
            revoked.insert(fingerprint)
        }
        return revoked
    }
}

extension StrictTable {
    /// The signing key under `key`.
    func signingKey(_ key: String) throws(CeremonyError) -> VerifyingKey {
        try read(key, expected: "a signing key like \"ed25519:…\" (44 characters of base64)") {
            VerifyingKey(keyText: $0)
        }
    }

    /// The recipient under `key`, proved by sealing to it once.
    func recipient(_ key: String) throws(CeremonyError) -> Recipient {
        let recipient = try read(key, expected: "an age recipient (age1pq1… or age1…)") {
            Recipient(string: $0)
        }
        guard (try? recipient.prove(with: NativePrimitives.self)) != nil else {
            throw fault(key, "is no key that anything can be sealed to")
        }
        return recipient
    }
}
