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
        let size = Count(chunkBytes)
        let chunks = max(1, (plaintextLength + size - 1) / size)
        return Count(nonceBytes) + plaintextLength + chunks * Count(tagBytes)
    }

    /// The length of the plaintext in a payload of `sealedLength` bytes; nil when none has it.
    package static func plaintextLength<Count: FixedWidthInteger>(of sealedLength: Count) -> Count?
    {
        let size = Count(sealedChunkBytes)
        let sealed = sealedLength - Count(nonceBytes)
        let chunks = (sealed + size - 1) / size
        let plaintext = sealed - chunks * Count(tagBytes)
        guard chunks >= 1, plaintext >= 0, Self.sealedLength(of: plaintext) == sealedLength else {
            return nil
        }
        return plaintext
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
