internal import Sealing

/// What the reporter's device tells the desk about one envelope; travels as one of its parts.
///
///     ["sallyport.manifest/1", epoch, tip-key, mailbox-key, sequence, first-envelope / null,
///      [* [class, payload-digest, plaintext-digest, name]],
///      [* [consent-leaf, signature]], [* never-office],
///      [salt, logN, hash] / null, wishes]
///
/// The mailbox key is a secret and lives beside it, in ``OpenedManifest``.
package struct Manifest: Equatable, Sendable {
    /// What the manifest says of a part: its role, and what will come out when it is opened.
    package struct Part: Equatable, Sendable {
        /// What the part holds.
        package let partClass: PartClass
        /// Its content address, as in the envelope.
        package let payloadDigest: SHA256Digest
        /// SHA-256 of the padded plaintext.
        package let plaintextDigest: SHA256Digest
        /// The name that an original had on the reporter's device; "" for other parts.
        package let name: FormatText

        /// What the manifest shall say of a part.
        package init(
            partClass: PartClass, payloadDigest: SHA256Digest, plaintextDigest: SHA256Digest,
            name: FormatText = FormatText()
        ) {
            self.partClass = partClass
            self.payloadDigest = payloadDigest
            self.plaintextDigest = plaintextDigest
            self.name = name
        }
    }

    /// What the reporter wishes to be told in the mailbox; by default only that it was received.
    package struct Wishes: OptionSet, Equatable, Sendable {
        /// The bits.
        package let rawValue: Int
        /// The wishes of these bits.
        package init(rawValue: Int) { self.rawValue = rawValue }
        /// Tell when organisations have it, and when one confirmed.
        package static var progress: Wishes { Wishes(rawValue: 1) }
    }

    /// The desk's epoch, as in the envelope.
    package let epoch: Int
    /// The tip's key, as in the envelope.
    package let tipKey: TipKey
    /// 0 for the tip itself, then rising with each supplement.
    package let sequence: Int
    /// The digest of the tip's own envelope; nil in the tip itself, and in what is sent later with
    /// the receipt alone, which cannot tell it. The tip's key is what links a supplement.
    package let firstEnvelope: SHA256Digest?
    /// Every part of the envelope but this manifest.
    package let parts: [Part]
    /// Consent, office by office; only in the tip itself.
    package let consents: [UnverifiedConsent]
    /// Offices that must never have anything of this tip. A supplement can only add to them.
    package let never: [FormatText]
    /// What a withdrawal must open; nil when the reporter set no code word.
    package let withdrawal: WithdrawalLock?
    /// What to tell in the mailbox; only in the tip itself.
    package let wishes: Wishes

    /// A manifest of the given fields.
    package init(
        epoch: Int, tipKey: TipKey, sequence: Int, firstEnvelope: SHA256Digest?, parts: [Part],
        consents: [UnverifiedConsent] = [], never: [FormatText] = [],
        withdrawal: WithdrawalLock? = nil, wishes: Wishes = []
    ) {
        self.epoch = epoch
        self.tipKey = tipKey
        self.sequence = sequence
        self.firstEnvelope = firstEnvelope
        self.parts = parts
        self.consents = consents
        self.never = never
        self.withdrawal = withdrawal
        self.wishes = wishes
    }

    /// Highest sequence number.
    static var sequenceLimit: Int { Int(Int32.max) }
}
