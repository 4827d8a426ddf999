/// Seals consecutive chunks: the only place where a chunk is sealed, and its nonce made.
struct ChunkSealer<P: Primitives>: ~Copyable {
    private let cipher: P.Encryptor
    private var counter: ChunkCounter

    /// A sealer of the chunks that `counter` counts, under a payload's key.
    init(key: borrowing SecretBytes<P>, counter: consuming ChunkCounter) {
        cipher = key.withBytes { P.Encryptor(key: $0) }
        self.counter = counter
    }

    /// Seals the next chunk into `sealed`, which is ``Payload/tagBytes`` longer.
    ///
    /// - Throws: ``SealingError/payloadFinished`` after the last chunk.
    mutating func seal(
        _ plaintext: Span<UInt8>, isFinal: Bool, into sealed: inout MutableSpan<UInt8>
    ) throws(SealingError) {
        precondition(isFinal || plaintext.count == Payload.chunkBytes, "a chunk that is not full")
        guard let nonce = counter.take(isFinal: isFinal) else { throw .payloadFinished }
        cipher.seal(plaintext, nonce: nonce.span, into: &sealed)
    }
}
