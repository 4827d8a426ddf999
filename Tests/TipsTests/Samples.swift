import NativePrimitives
import Sealing

@testable import Tips

typealias P = NativePrimitives

/// 32 equal bytes as a digest.
func digest(_ byte: UInt8) -> SHA256Digest {
    guard let digest = SHA256Digest(filled(byte)) else { preconditionFailure("32 bytes") }
    return digest
}

func filled(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }

func secret(_ bytes: [UInt8]) -> Secret { Secret(copying: bytes.span) }

/// The signer whose seed is 32 times `byte`.
func signer(_ byte: UInt8) -> TipSigner<P> {
    guard let signer = TipSigner<P>(seed: secret(filled(byte))) else {
        preconditionFailure("a seed of 32 bytes")
    }
    return signer
}

/// Bytes of a hexadecimal text.
func hex(_ text: String) -> [UInt8] {
    let digits = [UInt8](text.utf8)
    guard let bytes = Hex.decode(digits.span) else { preconditionFailure("hexadecimal") }
    return bytes
}

func sha256(_ bytes: [UInt8]) -> String { Hex.string(P.sha256(bytes.span)) }

/// A recipient whose key anyone can seal to.
let recipient = Recipient.x25519(P.x25519PublicKey(scalar: filled(1).span))

func sealed(_ plaintext: [UInt8]) throws -> SealedContainer {
    try .sealing(plaintext.span, to: [recipient], with: P.self)
}

/// What the reporter's device makes of a tip: the manifest's part and the seven text parts.
struct SampleTip {
    let frame: Frame
    let manifest: Manifest
    let manifestPayload: SHA256Digest

    init(signedBy seed: UInt8 = 7, epoch: Int = 5, narrative: String = "") throws {
        let signer = signer(seed)
        var containers: [SealedContainer] = []
        var listed: [Manifest.Part] = []
        for partClass in PartClass.textParts {
            var object = JSONObject()
            if partClass == .report { object.addUnlessEmpty("narrative", narrative) }
            let plaintext = try TipContent(object, as: partClass).encoded()
            let container = try sealed(plaintext)
            containers.append(container)
            listed.append(
                Manifest.Part(
                    partClass: partClass, payloadDigest: .of(container.payload.span, with: P.self),
                    plaintextDigest: .of(plaintext.span, with: P.self)))
        }
        let consent = try ConsentLeaf(
            tipKey: signer.key, office: "office-a", classes: [.report, .person],
            directoryVersion: 3
        ).signed(by: signer)
        manifest = Manifest(
            epoch: epoch, tipKey: signer.key, sequence: 0, firstEnvelope: nil, parts: listed,
            consents: [consent], never: ["office-c"])
        let plaintext = try manifest.encoded(mailboxKey: secret(filled(9)))
        let own = try sealed(plaintext.withBytes { [UInt8](copying: $0) })
        manifestPayload = .of(own.payload.span, with: P.self)
        frame = try .make(
            kind: .tip, epoch: epoch, parts: containers + [own], signedBy: signer)
    }
}
