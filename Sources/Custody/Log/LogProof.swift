internal import Sealing

/// A proof that an entry is in a log, checkable offline: the text format C2SP tlog-proof.
///
/// ```
/// c2sp.org/tlog-proof@v1
/// index 73894
/// gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
///
/// log.example.org/custody
/// 109482
/// sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
///
/// — log.example.org/custody hI2DJw…
/// ```
///
/// An `extra` line of another writer is skipped: it is not authenticated and we have no use for it.
package struct UnverifiedLogProof: Hashable, Sendable {
    /// The longest proof accepted, in bytes.
    package static let maximumByteCount = 32_768
    /// The name of the file in a bundle, without its folder, ends so.
    package static let fileExtension = "tlog-proof"
    private static let firstLine = Array("c2sp.org/tlog-proof@v1".utf8)

    /// The index of the entry that is proved.
    package let index: UInt64
    /// The way from the entry to the root.
    package let inclusion: InclusionProof
    /// The tree it is proved to be in.
    package let checkpoint: UnverifiedCheckpoint

    /// A proof out of its parts.
    package init(index: UInt64, inclusion: InclusionProof, checkpoint: UnverifiedCheckpoint) {
        self.index = index
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    /// The text of the proof.
    package var bytes: [UInt8] {
        let hashes = inclusion.hashes.map { $0.base64 + "\n" }.joined()
        return Self.firstLine + Array("\nindex \(index)\n\(hashes)\n".utf8) + checkpoint.note.bytes
    }

    /// Reads a proof.
    ///
    /// - Throws: ``LogProofError/tooLong``, ``LogProofError/malformed``,
    ///   ``LogProofError/checkpoint(_:)``.
    package init(_ bytes: [UInt8]) throws(LogProofError) {
        guard bytes.count <= Self.maximumByteCount else { throw .tooLong }
        var lines = LineReader(bytes)
        guard lines.next().map(Array.init) == Self.firstLine, var line = lines.next() else {
            throw .malformed
        }
        if let extra = line.dropping("extra ") {
            guard Base64.decode(Array(extra).span, padded: true) != nil, let next = lines.next()
            else { throw .malformed }
            line = next
        }
        guard let index = line.dropping("index ").flatMap(CanonicalDecimal.parse) else {
            throw .malformed
        }
        var hashes: [Hash] = []
        while let line = lines.next(), !line.isEmpty {
            guard hashes.count < InclusionProof.maximumHashCount, let hash = Hash(base64: line)
            else { throw .malformed }
            hashes.append(hash)
        }
        do {
            checkpoint = try UnverifiedCheckpoint(Array(lines.rest))
        } catch {
            throw .checkpoint(error)
        }
        self.index = index
        inclusion = InclusionProof(hashes: hashes)
    }

    /// Checks that the log of `policy` holds `entry` at ``index``.
    ///
    /// - Throws: ``LogProofError/checkpoint(_:)`` when the checkpoint is refused,
    ///   ``LogProofError/notIncluded`` when the entry is not what is proved.
    package func verified(
        entry: [UInt8], by policy: LogPolicy
    ) throws(LogProofError) -> VerifiedLogProof {
        let verified: VerifiedCheckpoint
        do {
            verified = try checkpoint.verified(by: policy)
        } catch {
            throw .checkpoint(error)
        }
        guard
            inclusion.verifies(
                leafHash: TreeHash.leaf(entry), index: index, size: verified.checkpoint.size,
                root: verified.checkpoint.root)
        else { throw .notIncluded }
        return VerifiedLogProof(entry: entry, proof: self, checkpoint: verified)
    }
}

/// An entry that a believed log holds.
///
/// Only ``UnverifiedLogProof/verified(entry:by:)`` makes one.
package struct VerifiedLogProof: Hashable, Sendable {
    /// The entry: for our log, the 32 bytes of a commitment.
    package let entry: [UInt8]
    /// The proof that shows it.
    package let proof: UnverifiedLogProof
    /// The tree it is in.
    package let checkpoint: VerifiedCheckpoint

    /// The index of the entry.
    package var index: UInt64 { proof.index }
    /// The text of the proof, to pass on.
    package var bytes: [UInt8] { proof.bytes }

    fileprivate init(entry: [UInt8], proof: UnverifiedLogProof, checkpoint: VerifiedCheckpoint) {
        self.entry = entry
        self.proof = proof
        self.checkpoint = checkpoint
    }
}

/// A proof was refused.
package enum LogProofError: Error, Hashable {
    /// The text is longer than ``UnverifiedLogProof/maximumByteCount``.
    case tooLong
    /// The text is not a tlog-proof.
    case malformed
    /// The checkpoint in it was refused.
    case checkpoint(NoteError)
    /// The entry is not in the tree at that index.
    case notIncluded
}

/// Lines that end in a newline, one after the other.
private struct LineReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// The next line without its newline; nil when there is no newline any more.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: 0x0A) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }
}

extension ArraySlice<UInt8> {
    /// What follows `prefix`, or nil when the slice does not begin with it.
    fileprivate func dropping(_ prefix: String) -> ArraySlice<UInt8>? {
        starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
    }
}
