internal import Agents
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// The key under which the desk hashes what names one person or one account: equal things have equal
/// hashes, and without the key a hash tells nothing, not even to who tries every telephone number.
final class MatchingKey: Sendable {
    /// Bytes of the key.
    static let byteCount = 32

    let secret: Secret
    /// Tells this key from any other: the tables' rows say under which they were made.
    let id: [UInt8]

    init(_ secret: consuming Secret) {
        let label = [UInt8]("sallyport.matching-key/1".utf8)
        id = secret.withBytes { NativePrimitives.hmacSHA256(key: $0, label.span) }
        self.secret = secret
    }
}

extension Desk {
    private var matchingKeyFile: String { "\(folder)/tables/\(matchTable.name)/key" }

    /// The desk's matching key, made when there is none: it is random, and sealed like the tables.
    ///
    /// Rows under a key that is lost are worth nothing: they go, and are made anew from the cases.
    func matchingKey() throws -> MatchingKey {
        if let key = try storedMatchingKey() { return key }
        let folder = Durable.parent(of: matchingKeyFile)
        try Durable.createDirectory(folder, mode: 0o770)
        let lock = try FolderLock(folder, waits: true)
        defer { withExtendedLifetime(lock) {} }
        // Another program may have made it in the meantime.
        if let key = try storedMatchingKey() { return key }
        try matchTable.removeFiles()
        let secret = Secret.random(count: MatchingKey.byteCount)
        let sealed = try secret.withBytes { try sealedForDesk($0) }
        try Durable.write(sealed.span, to: matchingKeyFile, mode: 0o660, .replace)
        return MatchingKey(secret)
    }

    /// The key on disk; nil when it is missing or damaged.
    private func storedMatchingKey() throws -> MatchingKey? {
        guard Durable.exists(matchingKeyFile) else { return nil }
        do {
            let secret = try openedForDesk(matchingKeyFile, limit: 1 << 16)
            guard secret.count == MatchingKey.byteCount else { return nil }
            return MatchingKey(secret)
        } catch  where SealedTable.isDamage(error) {
            return nil
        }
    }
}

/// Small files that are sealed to the desk's own key, like its tables.
extension Desk {
    func sealedForDesk(_ plaintext: Span<UInt8>) throws -> [UInt8] {
        let recipient = try agent.caseRecipient(deskJournal.tip)
        let sealed = try SealedContainer.sealing(
            plaintext, to: [recipient], with: NativePrimitives.self)
        return sealed.header + sealed.payload
    }

    func openedForDesk(_ path: String, limit: Int) throws -> Secret {
        let bytes = try Durable.read(path, limit: limit)
        let (_, count) = try Header.parse(bytes.span)
        let fileKey = try agent.unwrap(Array(bytes[..<count]), ofCase: deskJournal.tip)
        return try OpenedContainer.open(
            payload: bytes.span.extracting(count..<bytes.count), fileKey: fileKey)
    }
}
