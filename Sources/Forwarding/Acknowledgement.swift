package import Agencies
package import Custody
internal import Sealing
internal import Tips

/// What an office says about a bundle, signed by the office's key.
///
/// A DSSE envelope whose payload is one line of strict JSON:
///
/// ```
/// {"format":"sallyport.acknowledgement/1","bundle":"<hex>","office":"office-a",
///  "answer":"accepted","reason":"","hour":"2026-11-23T15"}
/// ```
package struct Acknowledgement: Equatable, Sendable {
    /// DSSE payload type.
    package static let payloadType = "application/vnd.sallyport.acknowledgement+json"
    /// Most bytes of a signed acknowledgement.
    package static let byteLimit = 16 * 1024
    /// Most bytes of ``reason``.
    package static let reasonLimit = 2 * 1024

    /// The digest of the bundle's statement.
    package let bundle: Hash
    /// The office.
    package let office: OfficeID
    /// What it says.
    package let answer: OfficeAnswer
    /// Why, in words; needed when it declines or needs more, otherwise possibly empty.
    package let reason: String
    /// When it said so.
    package let hour: Hour

    /// An acknowledgement; nil when a reason is needed and missing, or too long.
    package init?(
        bundle: Hash, office: OfficeID, answer: OfficeAnswer, reason: String, hour: Hour
    ) {
        guard reason.utf8.count <= Self.reasonLimit else { return nil }
        guard !reason.isEmpty || (answer != .declined && answer != .needsMore) else { return nil }
        self.bundle = bundle
        self.office = office
        self.answer = answer
        self.reason = reason
        self.hour = hour
    }

    /// The bytes that are signed.
    var payload: [UInt8] {
        let json: JSON = [
            "format": .string(Self.label), "bundle": .string(bundle.hex),
            "office": .string(office.text), "answer": .string(answer.rawValue),
            "reason": .string(reason), "hour": .string(hour.text),
        ]
        return json.encoded
    }

    private static let label = "sallyport.acknowledgement/1"

    /// Reads exactly what ``payload`` writes; nil for anything else.
    init?(payload: [UInt8]) {
        guard let json = try? JSON.parse(payload.span, limit: Self.byteLimit, trailing: .nothing),
            let object = try? json.asObject(), (try? object.string("format")) == Self.label,
            let bundle = (try? object.string("bundle")).flatMap(Hash.init(hex:)),
            let office = (try? object.string("office")).flatMap(OfficeID.init),
            let answer = (try? object.string("answer")).flatMap(OfficeAnswer.init(rawValue:)),
            let reason = try? object.string("reason"),
            let hour = (try? object.string("hour")).flatMap(Hour.init)
        else { return nil }
        self.init(bundle: bundle, office: office, answer: answer, reason: reason, hour: hour)
        guard self.payload == payload else { return nil }
    }
}

/// Why an acknowledgement is refused.
package enum AcknowledgementRefusal: Error, Equatable, Sendable {
    /// It is not a signed acknowledgement.
    case malformed
    /// The directory does not know the office, or a key of it is revoked.
    case unknownOffice(OfficeID)
    /// The signature is not the office's, or is not over these bytes.
    case badSignature(OfficeID)

    /// The refusal in plain words.
    package var message: String {
        switch self {
        case .malformed: "this is not an acknowledgement in the form that offices sign"
        case .unknownOffice(let office):
            "the signed directory does not know the office \(office), or its key is revoked"
        case .badSignature(let office):
            "the acknowledgement is not signed by the key of \(office), or was altered"
        }
    }
}

extension Acknowledgement {
    /// The acknowledgement in its signed envelope.
    package func signed(with key: borrowing SigningKey) -> [UInt8] {
        var envelope = SignatureEnvelope(payloadType: Self.payloadType, payload: payload)
        envelope.sign(with: key)
        return envelope.encoded
    }

    /// Reads a signed acknowledgement and checks it against the key of the office it names.
    ///
    /// - Throws: ``AcknowledgementRefusal``.
    package static func verified(
        _ bytes: [UInt8], by directory: Directory
    ) throws(AcknowledgementRefusal) -> Acknowledgement {
        guard bytes.count <= byteLimit, let envelope = try? SignatureEnvelope(bytes),
            envelope.payloadType == payloadType, envelope.signatures.count == 1,
            envelope.encoded == bytes,
            let acknowledgement = Acknowledgement(payload: envelope.payload)
        else { throw .malformed }
        let id = acknowledgement.office
        guard let office = directory.office(id), !directory.isRevoked(office) else {
            throw .unknownOffice(id)
        }
        let signature = envelope.signatures[0]
        guard signature.keyID == office.signingKey.keyID,
            office.signingKey.verifies(signature.bytes, over: envelope.signedBytes)
        else { throw .badSignature(id) }
        return acknowledgement
    }
}
