import NativePrimitives
import Sealing
import Testing
import Tips

/// Frames as a reporter's device makes them, of parts nobody needs to open.
struct Sample {
    let frame: Frame

    var bytes: [UInt8] { frame.encoded }
    var digest: SHA256Digest { frame.envelope.digest }
    var head: FrameHead { frame.envelope.head }

    /// A tip: manifest and seven text parts.
    static func tip() throws -> Sample { try make(.tip, sizes: Array(repeating: 1024, count: 8)) }

    /// A small supplement: manifest and one part.
    static func supplement(seed: [UInt8] = freshSeed()) throws -> Sample {
        try make(.supplement, sizes: [1024, 1024], seed: seed)
    }

    /// An evidence supplement whose payload is at least `bytes` long.
    static func evidence(bytes: Int, seed: [UInt8] = freshSeed()) throws -> Sample {
        try make(.supplement, sizes: [1024, Padding.paddedLength(bytes)], seed: seed)
    }

    static func freshSeed() -> [UInt8] { NativePrimitives.randomBytes(count: 32) }

    static func signer(_ seed: [UInt8]) throws -> TipSigner<NativePrimitives> {
        guard let signer = TipSigner<NativePrimitives>(seed: Secret(copying: seed.span)) else {
            throw FormatError.wrongLength
        }
        return signer
    }

    private static func make(
        _ kind: Envelope.Kind, sizes: [Int], seed: [UInt8] = freshSeed()
    ) throws -> Sample {
        var parts: [SealedContainer] = []
        for size in sizes { parts.append(try part(size)) }
        return Sample(
            frame: try .make(kind: kind, epoch: 1, parts: parts, signedBy: try signer(seed)))
    }

    /// A part with a real header, and a payload of the right length.
    private static func part(_ size: Int) throws -> SealedContainer {
        let key = FileKey<NativePrimitives>()
        let scalar = NativePrimitives.randomBytes(count: 32)
        let recipient = Recipient.x25519(NativePrimitives.x25519PublicKey(scalar: scalar.span))
        let header = try Header(wrapping: key, to: [recipient])
        return SealedContainer(
            header: header.encoded,
            payload: NativePrimitives.randomBytes(count: Payload.sealedLength(of: size)))
    }
}
