/// What a log says about itself: how many leaves it has and their root (C2SP tlog-checkpoint).
///
/// ```
/// log.example.org/custody
/// 1042
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
/// ```
package struct Checkpoint: Hashable, Sendable {
    /// The name of the log, which is also the name of its key.
    package let origin: NoteKeyName
    /// The number of leaves.
    package let size: UInt64
    /// The root hash of these leaves.
    package let root: Hash

    /// The checkpoint of a log called `origin`.
    package init(origin: NoteKeyName, size: UInt64, root: Hash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The text that the log signs: origin, size and base64 root, one a line.
    package var text: [UInt8] {
        Array("\(origin)\n\(size)\n\(root.base64)\n".utf8)
    }

    /// Reads the text of a checkpoint.
    ///
    /// Extension lines, which the specification advises against and our log never writes, are
    /// refused: what is accepted is exactly what ``text`` writes.
    ///
    /// - Throws: ``NoteError/malformedCheckpoint``.
    package init(text: [UInt8]) throws(NoteError) {
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count == 4, lines[3].isEmpty,
            let origin = NoteKeyName(String(decoding: lines[0], as: UTF8.self)),
            let size = CanonicalDecimal.parse(lines[1]), let root = Hash(base64: lines[2]),
            size > 0 || root == TreeHash.emptyRoot
        else { throw .malformedCheckpoint }
        self.init(origin: origin, size: size, root: root)
        guard self.text == text else { throw .malformedCheckpoint }
    }
}

extension NoteSigner {
    /// Signs a checkpoint of the log that this key belongs to.
    ///
    /// Only `Ledger` calls this, after the size and root have been persisted: two checkpoints that
    /// contradict each other can never be taken back.
    ///
    /// - Throws: ``NoteError/wrongOrigin(_:)`` when the origin is not this key's name.
    package borrowing func sign(_ checkpoint: Checkpoint) throws(NoteError) -> [UInt8] {
        guard checkpoint.origin == verifier.name else {
            throw .wrongOrigin(checkpoint.origin.description)
        }
        return try sign(checkpoint.text)
    }
}
