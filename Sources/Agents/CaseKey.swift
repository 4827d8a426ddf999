internal import Agencies
internal import Custody
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// The key of one case, and the headers for offices that wait for their two signatures.
///
/// On disk, sealed to the agent's store key:
///
///     ["sallyport.case-key/1", tip, identity, [* [draft, office, fingerprint,
///      [* [file, header, payload, payload bytes, whole]]]]]
struct CaseKey {
    /// Most drafts of one case: for every office that a reporter can agree to, one that is being
    /// prepared beside the one that it will replace.
    static let draftLimit = 2 * Limits.consents
    /// Most files of one draft: the parts, the predicate and the cover sheet.
    static let fileLimit = ReleaseStatement.maximumPartCount + 2
    /// Most bytes of the plaintext on disk.
    static let byteLimit = 32 * 1024 * 1024

    /// One kept header.
    struct Kept {
        let told: PreparedFile
        let header: [UInt8]
    }

    /// A bundle for one office that is being prepared.
    struct Draft {
        let id: Hash
        let office: OfficeID
        /// Of the office's recipient, when the first header was made.
        let fingerprint: Hash
        var files: [Kept] = []
    }

    let tip: TipID
    let identity: Identity<NativePrimitives>
    var drafts: [Draft] = []

    /// The key of a new case.
    init(newFor tip: TipID) throws(SealingError) {
        self.tip = tip
        identity = try .generate(.mlkem768x25519)
    }

    /// The plaintext to seal and store.
    var encoded: Secret {
        var writer = CBORWriter(reserving: 1024 * 1024)
        writer.array(4)
        writer.label("sallyport.case-key/1")
        writer.bytes(tip.bytes)
        identity.text.withBytes { writer.bytes($0) }
        writer.array(drafts.count)
        for draft in drafts {
            writer.array(4)
            writer.bytes(draft.id.bytes)
            writer.text(draft.office.text)
            writer.bytes(draft.fingerprint.bytes)
            writer.array(draft.files.count)
            for file in draft.files {
                writer.array(2)
                file.told.write(to: &writer)
                writer.bytes(file.header)
            }
        }
        return writer.takeSecret(as: NativePrimitives.self)
    }

    /// Reads what ``encoded`` writes.
    init(decoding bytes: borrowing Secret) throws(FormatError) {
        self = try bytes.withBytes { (bytes) throws(FormatError) in
            try CBOR.decode(bytes, limit: Self.byteLimit) { (reader) throws(FormatError) in
                try CaseKey(reading: &reader)
            }
        }
    }

    private init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 4)
        try reader.label("sallyport.case-key/1")
        tip = try reader.tip()
        var text = try reader.bytes(atMost: 256)
        let secret = Secret(consuming: &text)
        guard let identity = secret.withBytes({ Identity<NativePrimitives>(parsing: $0) }) else {
            throw .badText
        }
        self.identity = identity
        for _ in 0..<(try reader.arrayCount(in: 0...Self.draftLimit)) {
            drafts.append(try Self.draft(&reader))
        }
    }

    private static func draft(_ reader: inout CBORReader) throws(FormatError) -> Draft {
        try reader.array(count: 4)
        var draft = Draft(
            id: try reader.hash(), office: try reader.office(), fingerprint: try reader.hash())
        for _ in 0..<(try reader.arrayCount(in: 0...fileLimit)) {
            try reader.array(count: 2)
            draft.files.append(
                Kept(told: try PreparedFile(reading: &reader), header: try reader.header()))
        }
        return draft
    }
}
