internal import NativePrimitives
internal import Opening
internal import Sealing

/// Opens a payload piece by piece only to see whether it opens; no plaintext outlives its piece.
struct PayloadProof: ~Copyable {
    private var opener: PayloadOpener<NativePrimitives>
    private var holds = true

    /// A proof with an opener that has seen nothing yet.
    init(_ opener: consuming PayloadOpener<NativePrimitives>) {
        self.opener = opener
    }

    /// Takes a piece. After a failure the rest is read and ignored, so that the peer, who sends all
    /// of it before it listens, hears the refusal.
    mutating func update(_ piece: Span<UInt8>) {
        guard holds else { return }
        var plaintext: [UInt8] = []
        // All that one piece and what was held back can yield: growing would leave copies behind.
        plaintext.reserveCapacity(piece.count + Payload.chunkBytes + Payload.tagBytes)
        do throws(OpeningError) {
            try opener.update(piece, into: &plaintext)
        } catch {
            holds = false
        }
        NativePrimitives.wipe(&plaintext)
    }

    /// Whether the payload opened, as a whole.
    mutating func finish() -> Bool {
        guard holds else { return false }
        var plaintext: [UInt8] = []
        plaintext.reserveCapacity(Payload.chunkBytes)
        defer { NativePrimitives.wipe(&plaintext) }
        do throws(OpeningError) {
            try opener.finish(into: &plaintext)
            return true
        } catch {
            return false
        }
    }
}
