internal import Sealing

/// Opens consecutive chunks: the only place where a chunk is opened.
///
/// A chunk that fails under the flag its place asks for is tried under the other one: if it opens,
/// it is released and the opening stops with the error that names what is wrong with the file,
/// exactly as the reference implementation does (Container §5.6, §5.7).
struct ChunkOpener<P: Primitives>: ~Copyable {
    /// What became of one chunk.
    enum Outcome {
        /// It is authentic and where it belongs.
        case opened
        /// It is authentic, and the file wrong all the same: nothing after it may be opened.
        case openedLast(OpeningError)
        /// Nothing of it may be used; the output has been wiped.
        case refused(OpeningError)
    }

    private let cipher: P.Decryptor
    private var number: UInt64

    /// An opener of the chunks from `number` on, under a payload's key.
    init(key: borrowing SecretBytes<P>, startingAt number: UInt64) {
        cipher = key.withBytes { P.Decryptor(key: $0) }
        self.number = number
    }

    /// Opens a full chunk after which more bytes follow.
    mutating func openInner(
        _ sealed: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>
    ) -> Outcome {
        if open(sealed, isFinal: false, into: &plaintext) {
            number += 1
            return .opened
        }
        return open(sealed, isFinal: true, into: &plaintext)
            ? .openedLast(.trailingData) : .refused(.badChunk)
    }

    /// Opens the chunk after which the input ends.
    func openLast(_ sealed: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>) -> Outcome {
        guard sealed.count >= Payload.tagBytes else { return .refused(.truncatedPayload) }
        if open(sealed, isFinal: true, into: &plaintext) {
            let isEmpty = sealed.count == Payload.tagBytes
            return isEmpty && number > 0 ? .refused(.trailingData) : .opened
        }
        guard sealed.count == Payload.sealedChunkBytes,
            open(sealed, isFinal: false, into: &plaintext)
        else { return .refused(.badChunk) }
        return .openedLast(.truncatedPayload)
    }

    private func open(
        _ sealed: Span<UInt8>, isFinal: Bool, into plaintext: inout MutableSpan<UInt8>
    ) -> Bool {
        let nonce = Payload.nonce(ofChunk: number, isFinal: isFinal)
        return cipher.open(sealed, nonce: nonce.span, into: &plaintext)
    }
}
