/// Seals one payload: owns the key and the counter, so that no nonce can repeat.
///
/// Bytes are pushed in pieces of any size; sealed bytes are appended to the caller's buffer, the
/// nonce first. Nothing is held back but the last chunk, which only ``finish(into:)`` can seal.
/// ``SegmentedSealer`` is the same for several threads.
package struct PayloadSealer<P: Primitives>: ~Copyable {
    private var chunks: ChunkSealer<P>
    private var pending = SecretBytes<P>(count: Payload.chunkBytes)
    private var pendingCount = 0
    private var preamble: [UInt8]

    /// A payload under `fileKey` with a fresh nonce.
    package init(fileKey: borrowing FileKey<P>) {
        self.init(fileKey: fileKey, nonce: P.randomBytes(count: Payload.nonceBytes))
    }

    /// Only for a sealing that is done again from its kept state: the same bytes under the same
    /// nonce give the same payload, other bytes must never be sealed with it.
    package init(fileKey: borrowing FileKey<P>, resuming state: PayloadState) {
        self.init(fileKey: fileKey, nonce: state.nonce)
    }

    private init(fileKey: borrowing FileKey<P>, nonce: [UInt8]) {
        chunks = ChunkSealer(key: fileKey.payloadKey(nonce: nonce), counter: ChunkCounter())
        preamble = nonce
        state = PayloadState(nonce: nonce)
    }

    /// What resuming this sealing needs beside the file key.
    package let state: PayloadState

    /// Seals `bytes`, and appends what is complete to `sealed`.
    ///
    /// - Throws: ``SealingError/payloadFinished`` when the counter is exhausted.
    package mutating func update(
        _ bytes: Span<UInt8>, into sealed: inout [UInt8]
    ) throws(SealingError) {
        var start = 0
        while start < bytes.count {
            if pendingCount == Payload.chunkBytes {
                try sealPending(isFinal: false, into: &sealed)
            }
            let count = min(Payload.chunkBytes - pendingCount, bytes.count - start)
            pending.write(bytes.extracting(start..<start + count), at: pendingCount)
            pendingCount += count
            start += count
        }
    }

    /// Seals the last chunk, which may be empty only if there was nothing else.
    package consuming func finish(into sealed: inout [UInt8]) throws(SealingError) {
        try sealPending(isFinal: true, into: &sealed)
    }

    private mutating func sealPending(
        isFinal: Bool, into sealed: inout [UInt8]
    ) throws(SealingError) {
        sealed += preamble
        preamble = []
        let start = sealed.count
        sealed.appendZeros(pendingCount + Payload.tagBytes)
        var all = sealed.mutableSpan
        var output = all._mutatingExtracting(start..<all.count)
        try pending.withBytes { (bytes) throws(SealingError) in
            try chunks.seal(
                bytes.extracting(first: pendingCount), isFinal: isFinal, into: &output)
        }
        pendingCount = 0
    }
}

/// The part of a sealing's state that is no secret: the payload's nonce.
package struct PayloadState: Equatable, Sendable {
    /// 16 bytes.
    package let nonce: [UInt8]

    /// The state with the given nonce.
    package init(nonce: [UInt8]) {
        self.nonce = nonce
    }
}
