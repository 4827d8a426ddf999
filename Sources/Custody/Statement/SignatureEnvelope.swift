internal import Sealing
internal import Tips

/// Signatures around a payload: a DSSE envelope (secure-systems-lab DSSE v1.0), as JSON.
///
/// ```
/// {"payload":"<base64>","payloadType":"application/vnd.in-toto+json",
///  "signatures":[{"keyid":"<64 hex digits>","sig":"<base64>"}]}
/// ```
///
/// Each signature covers payload and type; `keyid` is the SHA-256 fingerprint of the Ed25519 key.
/// The reader is stricter than DSSE asks: no other members, canonical base64, bounded.
package struct SignatureEnvelope: Hashable, Sendable {
    /// One signature.
    package struct Signature: Hashable, Sendable {
        /// Fingerprint of the key that is said to have signed: 64 hexadecimal digits.
        package let keyID: String
        /// The 64 bytes.
        package let bytes: [UInt8]

        /// The signature `bytes` by the key called `keyID`.
        package init(keyID: String, bytes: [UInt8]) {
            self.keyID = keyID
            self.bytes = bytes
        }
    }

    /// The longest envelope accepted, in bytes.
    package static let maximumByteCount = 262_144
    /// The most signatures accepted.
    package static let maximumSignatureCount = 16

    /// The media type of the payload.
    package let payloadType: String
    /// The exact bytes that are signed.
    package let payload: [UInt8]
    /// The signatures so far, none of them checked.
    package private(set) var signatures: [Signature]

    /// A payload that nobody has signed yet.
    package init(payloadType: String, payload: [UInt8]) {
        self.payloadType = payloadType
        self.payload = payload
        signatures = []
    }

    /// What is signed: the pre-authentication encoding (DSSE protocol, "PAE").
    package var signedBytes: [UInt8] {
        Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
    }

    /// Adds a signature that someone else made over ``signedBytes``; it is checked later.
    package mutating func add(_ signature: Signature) {
        signatures.append(signature)
    }

    /// Signs with `key`.
    package mutating func sign(with key: borrowing SigningKey) {
        add(Signature(keyID: key.publicKey.keyID, bytes: key.sign(signedBytes)))
    }
}

/// The JSON form.
extension SignatureEnvelope {
    /// The envelope as JSON, to write to a file or send.
    package var encoded: [UInt8] {
        let list = signatures.map { signature -> JSON in
            ["keyid": .string(signature.keyID), "sig": .string(Self.base64(signature.bytes))]
        }
        let json: JSON = [
            "payload": .string(Self.base64(payload)), "payloadType": .string(payloadType),
            "signatures": .array(list),
        ]
        return json.encoded
    }

    /// Reads an envelope.
    ///
    /// - Throws: ``StatementError/malformedEnvelope``.
    package init(_ bytes: [UInt8]) throws(StatementError) {
        do {
            self = try Self(json: JSON.parse(bytes.span, limit: Self.maximumByteCount))
        } catch {
            throw .malformedEnvelope
        }
    }

    private init(json: JSON) throws(JSONError) {
        let object = try json.asObject()
        try object.allowOnly(["payload", "payloadType", "signatures"])
        payloadType = try object.string("payloadType")
        payload = try Self.bytes(object, "payload")
        let list = try object.objects("signatures")
        guard list.count <= Self.maximumSignatureCount else { throw .badValue("signatures") }
        signatures = []
        for item in list {
            try item.allowOnly(["keyid", "sig"])
            let keyID = try item.string("keyid")
            guard Hash(hex: keyID) != nil else { throw .badValue("keyid") }
            let signature = try Self.bytes(item, "sig")
            guard signature.count == VerifyingKey.signatureByteCount else {
                throw .badValue("sig")
            }
            signatures.append(Signature(keyID: keyID, bytes: signature))
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        String(decoding: Base64.encode(bytes.span, padded: true), as: UTF8.self)
    }

    private static func bytes(_ object: JSONObject, _ key: String) throws(JSONError) -> [UInt8] {
        let text = Array(try object.string(key).utf8)
        guard let bytes = Base64.decode(text.span, padded: true) else { throw .badValue(key) }
        return bytes
    }
}
