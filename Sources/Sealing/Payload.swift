/// Sealed length and chunk size of an age payload (Container §5.2, §5.3).
package enum Payload {
    /// Bytes of the nonce that a payload begins with.
    package static let nonceBytes = 16
    /// Bytes of plaintext in every chunk but the last.
    package static let chunkBytes = 64 * 1024
    /// Bytes that sealing adds to each chunk.
    package static let tagBytes = 16
    /// Bytes of every sealed chunk but the last.
    package static let sealedChunkBytes = chunkBytes + tagBytes

    /// The length of the payload (nonce included) of `plaintextLength` bytes.
    package static func sealedLength<Count: FixedWidthInteger>(of plaintextLength: Count) -> Count {
        let chunks = max(1, pieces(of: plaintextLength, Count(chunkBytes)))
        return Count(nonceBytes) + plaintextLength + chunks * Count(tagBytes)
    }

    /// The length of the plaintext in a payload of `sealedLength` bytes; nil when none has it.
    package static func plaintextLength<Count: FixedWidthInteger>(of sealedLength: Count) -> Count?
    {
        guard sealedLength > Count(nonceBytes) else { return nil }
        let sealed = sealedLength - Count(nonceBytes)
        let chunks = pieces(of: sealed, Count(sealedChunkBytes))
        guard sealed >= chunks * Count(tagBytes) else { return nil }
        let plaintext = sealed - chunks * Count(tagBytes)
        guard Self.sealedLength(of: plaintext) == sealedLength else {
            return nil
        }
        return plaintext
    }

    /// Into how many pieces of `size` a length is cut; a sum first would overflow near the type's end.
    private static func pieces<Count: FixedWidthInteger>(of length: Count, _ size: Count) -> Count {
        length / size + (length % size == 0 ? 0 : 1)
    }

    /// The nonce of a chunk (Container §5.4): its number from 0 in 11 bytes, big-endian, and one byte that is 1 for
    /// the last chunk. Sealing takes it from a counter that no caller can set.
    package static func nonce(ofChunk chunk: UInt64, isFinal: Bool) -> [12 of UInt8] {
        var nonce = [12 of UInt8](repeating: 0)
        for index in 0..<8 {
            nonce[10 - index] = UInt8(truncatingIfNeeded: chunk >> UInt64(8 * index))
        }
        nonce[11] = isFinal ? 1 : 0
        return nonce
    }
}
