package import HTTPTypes
internal import RawStructuredFieldValues
internal import Sealing

/// Why a request's signature was not accepted. The server tells the client none of this.
package enum SignatureFault: Error, Equatable {
    /// `Signature-Input`, `Signature` or `Content-Digest` is missing, doubled or not in its one form.
    case malformed
    /// The signature does not cover exactly what it must.
    case wrongComponents
    /// `created` is too far from this machine's clock.
    case notNow
    /// The signature is not the key's over this request.
    case wrong
}

extension HTTPField.Name {
    /// `Signature-Input` (RFC 9421 §4.1).
    package static let signatureInput = partnerFieldName("Signature-Input")
    /// `Signature` (RFC 9421 §4.2).
    package static let signature = partnerFieldName("Signature")
    /// `Content-Digest` (RFC 9530 §2).
    package static let contentDigest = partnerFieldName("Content-Digest")
}

private func partnerFieldName(_ literal: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(literal) else {
        preconditionFailure("\(literal) is not a field name")
    }
    return name
}

/// A request's signature as it arrived: read, not checked.
package struct UnverifiedRequestSignature: Equatable, Sendable {
    /// What it says about itself; not to be believed yet.
    package let parameters: SignatureParameters
    private let signature: [UInt8]

    /// Reads the two fields of a request.
    ///
    /// - Throws: ``SignatureFault/malformed``.
    package init(_ fields: HTTPFields) throws(SignatureFault) {
        let inputs = fields[values: .signatureInput]
        let signatures = fields[values: .signature]
        guard inputs.count == 1, signatures.count == 1 else { throw .malformed }
        let (label, parameters) = try SignatureParameters.parse(signatureInput: inputs[0])
        let prefix = "\(label)=:"
        guard signatures[0].hasPrefix(prefix), signatures[0].hasSuffix(":"),
            let bytes = Base64.decode(
                Array(signatures[0].utf8.dropFirst(prefix.utf8.count).dropLast()).span,
                padded: true),
            bytes.count == 64
        else { throw .malformed }
        self.parameters = parameters
        signature = bytes
    }

    /// Checks the signature.
    ///
    /// Whether the nonce was used before is the store's to say, after this.
    /// - Parameters:
    ///   - request: what the server itself received.
    ///   - now: the server's clock, seconds since 1970.
    ///   - verifies: whether a signature over bytes is that of the key named by
    ///     ``SignatureParameters/keyID``.
    /// - Throws: ``SignatureFault``, the first rule that is broken.
    package func check(
        _ request: SignedRequest, now: Int,
        verifies: (_ signature: [UInt8], _ message: [UInt8]) -> Bool
    ) throws(SignatureFault) {
        guard Set(parameters.components) == request.requiredComponents else {
            throw .wrongComponents
        }
        let tolerance = SignatureParameters.clockToleranceSeconds
        guard (now - tolerance...now + tolerance).contains(parameters.created) else {
            throw .notNow
        }
        guard verifies(signature, try request.signatureBase(parameters)) else { throw .wrong }
    }
}

/// Writes the fields of a signed request.
package enum RequestSignature {
    /// The three fields for `signature` over the base of `request` and `parameters`.
    package static func fields(
        _ request: SignedRequest, _ parameters: SignatureParameters, signature: [UInt8]
    ) -> HTTPFields {
        let label = SignatureParameters.label
        let base64 = String(decoding: Base64.encode(signature.span, padded: true), as: UTF8.self)
        var fields = HTTPFields()
        if let digest = request.contentDigest { fields[.contentDigest] = digest.fieldValue }
        fields[.signatureInput] = "\(label)=\(parameters.text)"
        fields[.signature] = "\(label)=:\(base64):"
        return fields
    }
}
