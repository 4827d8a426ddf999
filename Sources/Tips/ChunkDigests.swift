package import Sealing

/// The digests of an original's chunks, taken in the first pass; the second compares.
///
/// Every chunk but the last has ``Limits/chunkBytes``. The root names the original to who has it,
/// and is stored nowhere: SHA-256("sallyport.chunks/1" || length as u64be || digests).
package struct ChunkDigests: Equatable, Sendable {
    /// SHA-256 of each chunk, in order.
    package private(set) var digests: [SHA256Digest] = []
    /// Bytes of the original so far.
    package private(set) var byteCount: UInt64 = 0

    /// No chunks yet.
    package init() {}

    /// Adds the next chunk.
    ///
    /// - Throws: ``FormatError/tooLarge`` beyond ``Limits/evidenceBytes``;
    ///   ``FormatError/wrongLength`` for a chunk after a short one, or one too long.
    package mutating func add<P: Primitives>(
        _ chunk: Span<UInt8>, with primitives: P.Type
    ) throws(FormatError) {
        guard byteCount % UInt64(Limits.chunkBytes) == 0, chunk.count <= Limits.chunkBytes,
            chunk.count > 0
        else { throw .wrongLength }
        guard byteCount + UInt64(chunk.count) <= UInt64(Limits.evidenceBytes) else {
            throw .tooLarge
        }
        digests.append(.of(chunk, with: P.self))
        byteCount += UInt64(chunk.count)
    }

    /// Whether `chunk` is the one that was hashed at `index`.
    package func matches<P: Primitives>(
        _ chunk: Span<UInt8>, at index: Int, with primitives: P.Type
    ) -> Bool {
        digests.indices.contains(index) && digests[index] == .of(chunk, with: P.self)
    }

    /// The root over all chunks.
    package func root<P: Primitives>(with primitives: P.Type) -> SHA256Digest {
        let length = (0..<8).map { UInt8(truncatingIfNeeded: byteCount >> (56 - 8 * UInt64($0))) }
        let data = digests.reduce(into: length) { $0 += $1.bytes }
        return .of(label: "sallyport.chunks/1", data, with: P.self)
    }
}
