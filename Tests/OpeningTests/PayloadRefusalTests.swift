import NativePrimitives
import Opening
import Sealing
import Testing

/// Payloads that no honest sealer makes, made here chunk by chunk.
@Suite struct PayloadRefusalTests {
    private static let nonce = [UInt8](repeating: 4, count: Payload.nonceBytes)
    private static let full = [UInt8](repeating: 5, count: Payload.chunkBytes)

    private struct Chunk {
        let plaintext: [UInt8]
        let isFinal: Bool
    }

    private struct Outcome: Equatable {
        let error: OpeningError?
        let released: Int

        init(_ error: OpeningError?, _ released: Int) {
            self.error = error
            self.released = released
        }
    }

    private func fileKey() throws -> FileKey<NativePrimitives> {
        let bytes = Secret(copying: [UInt8](repeating: 6, count: 16).span)
        guard let key = FileKey(restoring: bytes) else { throw OpeningError.noMatch }
        return key
    }

    private func payload(_ chunks: [Chunk]) throws -> [UInt8] {
        let cipher = try fileKey().payloadKey(nonce: Self.nonce)
            .withBytes { LibcryptoEncryptor(key: $0) }
        var payload = Self.nonce
        for (number, chunk) in chunks.enumerated() {
            let nonce = Payload.nonce(ofChunk: UInt64(number), isFinal: chunk.isFinal)
            var sealed = [UInt8](repeating: 0, count: chunk.plaintext.count + Payload.tagBytes)
            var output = sealed.mutableSpan
            cipher.seal(chunk.plaintext.span, nonce: nonce.span, into: &output)
            payload += sealed
        }
        return payload
    }

    /// What opening `payload` ends with, and how many bytes it has let out.
    private func outcome(_ payload: [UInt8]) throws -> Outcome {
        var opener = PayloadOpener(fileKey: try fileKey())
        var plaintext: [UInt8] = []
        do throws(OpeningError) {
            try opener.update(payload.span, into: &plaintext)
            try opener.finish(into: &plaintext)
            return Outcome(nil, plaintext.count)
        } catch {
            return Outcome(error, plaintext.count)
        }
    }

    @Test func aPayloadThatEndsBeforeItsLastChunkIsCutShort() throws {
        let whole = try payload([
            Chunk(plaintext: Self.full, isFinal: false), Chunk(plaintext: [7], isFinal: true),
        ])
        for count in [0, 1, Payload.nonceBytes - 1, Payload.nonceBytes, Payload.nonceBytes + 15] {
            #expect(
                try outcome(Array(whole.prefix(count))) == Outcome(.truncatedPayload, 0),
                "\(count) bytes")
        }
        let first = Payload.nonceBytes + Payload.sealedChunkBytes
        #expect(
            try outcome(Array(whole.prefix(first))) == Outcome(.truncatedPayload, Self.full.count))
    }

    @Test func anEmptyLastChunkStandsOnlyAlone() throws {
        let alone = try payload([Chunk(plaintext: [], isFinal: true)])
        #expect(try outcome(alone) == Outcome(nil, 0))
        let after = try payload([
            Chunk(plaintext: Self.full, isFinal: false), Chunk(plaintext: [], isFinal: true),
        ])
        #expect(try outcome(after) == Outcome(.trailingData, Payload.chunkBytes))
    }

    @Test func aChunkInTheMiddleIsFull() throws {
        let short = try payload([
            Chunk(plaintext: [1, 2, 3], isFinal: false),
            Chunk(plaintext: Self.full, isFinal: true),
        ])
        #expect(try outcome(short) == Outcome(.badChunk, 0))
    }

    @Test func nothingIsOpenedAfterTheEndOrAFailure() throws {
        let good = try payload([Chunk(plaintext: [1], isFinal: true)])
        var opener = PayloadOpener(fileKey: try fileKey())
        var plaintext: [UInt8] = []
        try opener.update(good.span, into: &plaintext)
        try opener.finish(into: &plaintext)
        #expect(throws: OpeningError.payloadFinished) {
            try opener.update(good.span, into: &plaintext)
        }
        #expect(throws: OpeningError.payloadFinished) { try opener.finish(into: &plaintext) }
        #expect(plaintext == [1])
    }
}
