internal import Sealing
package import Tips

/// What two verifiers sign to let parts of a tip go to one office.
///
/// It becomes a ``Statement`` whose subjects are the parts' payloads; everything else is in the
/// predicate. Whoever serves or opens a bundle checks it against this. It names neither what the
/// parts are nor what they hold: that is in the sealed predicate, which it commits to.
package struct ReleaseStatement: Hashable, Sendable {
    /// The kind of the predicate.
    package static let predicateType = "urn:sallyport:release:1"
    /// The most parts of one release.
    package static let maximumPartCount = 100
    /// The length of the salt of ``sealedPredicateDigest(salt:predicate:)``, in bytes.
    package static let saltByteCount = 32

    /// One part of the bundle: a header made for the office, and a payload as the reporter sealed
    /// it.
    package struct Part: Hashable, Sendable {
        /// `parts/00.age` to `parts/99.age`.
        package let name: String
        /// SHA-256 of the payload: its content address.
        package let payloadDigest: Hash
        /// SHA-256 of the header for this office.
        package let headerDigest: Hash

        /// The part called `name`.
        package init(name: String, payloadDigest: Hash, headerDigest: Hash) {
            self.name = name
            self.payloadDigest = payloadDigest
            self.headerDigest = headerDigest
        }
    }

    /// The tip, by its pseudonym.
    package let tip: TipID
    /// The handle of the office.
    package let office: String
    /// Fingerprint of the office's recipient key, as the directory has it.
    package let officeKeyFingerprint: Hash
    /// The parts, in the order of their names; none in a recall.
    package let parts: [Part]
    /// What it says about earlier bundles of this tip for this office; nil for the first.
    package let notice: Notice?
    /// The number of this bundle for this office: 1, 2, 3 and so on, without gaps.
    package let sequence: UInt64
    /// The office gets the bundle from this hour on; later for a standby bundle.
    package let notBefore: Hour
    /// From this hour on the bundle is not served or accepted any more.
    package let expires: Hour
    /// The version of the directory that was in force.
    package let directoryVersion: UInt64
    /// SHA-256 of that directory.
    package let directoryDigest: Hash
    /// SHA-256 of the routing policy that was in force.
    package let policyDigest: Hash
    /// The salted digest of the sealed predicate.
    package let sealedPredicateDigest: Hash
    /// The newest checkpoint of the custody log that the desk had seen, as the log signed it.
    package let deskCheckpoint: String?

    /// A release.
    ///
    /// - Throws: ``StatementError/malformedStatement`` when a field breaks a rule of this type.
    package init(
        tip: TipID, office: String, officeKeyFingerprint: Hash, parts: [Part], sequence: UInt64,
        notBefore: Hour, expires: Hour, directoryVersion: UInt64, directoryDigest: Hash,
        policyDigest: Hash, sealedPredicateDigest: Hash, deskCheckpoint: String? = nil,
        notice: Notice? = nil
    ) throws(StatementError) {
        self.tip = tip
        self.office = office
        self.officeKeyFingerprint = officeKeyFingerprint
        self.parts = parts
        self.notice = notice
        self.sequence = sequence
        self.notBefore = notBefore
        self.expires = expires
        self.directoryVersion = directoryVersion
        self.directoryDigest = directoryDigest
        self.policyDigest = policyDigest
        self.sealedPredicateDigest = sealedPredicateDigest
        self.deskCheckpoint = deskCheckpoint
        guard isWellFormed else { throw .malformedStatement }
    }

    /// Whether the release is in force in `hour`.
    package func isInForce(at hour: Hour) -> Bool {
        notBefore <= hour && hour < expires
    }

    /// The name of part `index`, counted from 0, at most 99.
    package static func partName(_ index: Int) -> String {
        precondition((0..<maximumPartCount).contains(index), "no such part")
        return "parts/\(index / 10)\(index % 10).age"
    }

    /// The digest by which a statement commits to its sealed predicate without telling anything
    /// about it: SHA-256("sallyport.predicate/1" || salt || predicate).
    ///
    /// - Parameter salt: ``saltByteCount`` random bytes, sealed together with the predicate.
    package static func sealedPredicateDigest(salt: [UInt8], predicate: [UInt8]) -> Hash {
        precondition(salt.count == saltByteCount, "a salt has 32 bytes")
        return Hash(sha256: ascii("sallyport.predicate/1") + salt + predicate)
    }

    private var isWellFormed: Bool {
        let names = parts.map(\.name)
        let count = notice?.recall == nil ? 1...Self.maximumPartCount : 0...0
        return count.contains(parts.count)
            && (notice?.isWellFormed(before: sequence) ?? true)
            && names.allSatisfy(Self.isPartName)
            && zip(names, names.dropFirst()).allSatisfy { $0 < $1 }
            && (1...Limits.officeBytes).contains(office.utf8.count)
            && (1...UInt64(Int64.max)).contains(sequence)
            && directoryVersion <= UInt64(Int64.max)
            && notBefore < expires
            && (deskCheckpoint?.utf8.count ?? 0) <= UnverifiedCheckpoint.maximumByteCount
    }

    private static func isPartName(_ name: String) -> Bool {
        (0..<maximumPartCount).contains { partName($0) == name }
    }
}
