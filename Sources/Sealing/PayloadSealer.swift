/// Sealed length and chunk size of an age payload (age §Payload).
package enum Payload {
    /// Bytes of the nonce that a payload begins with.
    package static let nonceBytes = 16
    /// Bytes of plaintext in every chunk but the last.
    package static let chunkBytes = 64 * 1024
    /// Bytes that sealing adds to each chunk.
    package static let tagBytes = 16

    /// The length of the payload (nonce included) of `plaintextLength` bytes.
    package static func sealedLength(of plaintextLength: Int) -> Int {
        let chunks = max(1, (plaintextLength + chunkBytes - 1) / chunkBytes)
        return nonceBytes + plaintextLength + chunks * tagBytes
    }

    /// The length of the plaintext in a payload of `sealedLength` bytes; nil when none has it.
    package static func plaintextLength(of sealedLength: Int) -> Int? {
        let sealed = sealedLength - nonceBytes
        let chunks = (sealed + chunkBytes + tagBytes - 1) / (chunkBytes + tagBytes)
        let plaintext = sealed - chunks * tagBytes
        guard chunks >= 1, plaintext >= 0, Self.sealedLength(of: plaintext) == sealedLength else {
            return nil
        }
        return plaintext
    }
}

/// The nonce of each chunk: an 11-byte counter and one byte that is 1 for the last chunk.
package struct ChunkCounter: Sendable {
    private var next: UInt64

    /// Counts from the given chunk.
    package init(startingAt chunk: UInt64 = 0) {
        next = chunk
    }

    /// The nonce of the next chunk, without going on.
    package func nonce(isFinal: Bool) -> [12 of UInt8] {
        var nonce = [12 of UInt8](repeating: 0)
        for index in 0..<8 {
            nonce[10 - index] = UInt8(truncatingIfNeeded: next >> UInt64(8 * index))
        }
        nonce[11] = isFinal ? 1 : 0
        return nonce
    }

    /// Goes on to the next chunk; false when there is none left.
    package mutating func advance() -> Bool {
        let (sum, overflow) = next.addingReportingOverflow(1)
        next = sum
        return !overflow
    }
}

/// Seals one payload: owns the key and the counter, so that no nonce can repeat.
///
/// Bytes are pushed in pieces of any size; sealed bytes are appended to the caller's buffer, the
/// nonce first. Nothing is held back but the last chunk, which only ``finish(into:)`` can seal.
package struct PayloadSealer<P: Primitives>: ~Copyable {
    private let cipher: P.Cipher
    private var counter = ChunkCounter()
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
        cipher = fileKey.payloadCipher(nonce: nonce)
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
        let nonce = counter.nonce(isFinal: isFinal)
        var chunk = [UInt8](repeating: 0, count: pendingCount + Payload.tagBytes)
        var output = chunk.mutableSpan
        pending.withBytes {
            cipher.seal($0.extracting(first: pendingCount), nonce: nonce.span, into: &output)
        }
        sealed += chunk
        pendingCount = 0
        guard counter.advance() else { throw .payloadFinished }
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
