package import Sealing

/// An envelope that was read, with a signature nobody has checked yet.
package struct UnverifiedEnvelope: Equatable, Sendable {
    /// What the envelope claims.
    package let envelope: Envelope
    /// The exact bytes that were signed.
    package let encoded: [UInt8]
    /// The signature to check: 64 bytes.
    package let signature: [UInt8]

    /// Reads an envelope and keeps its signature for checking.
    ///
    /// - Throws: ``FormatError``.
    package init(decoding encoded: Span<UInt8>, signature: [UInt8]) throws(FormatError) {
        guard signature.count == 64 else { throw .wrongLength }
        envelope = try .decode(encoded)
        self.encoded = [UInt8](copying: encoded)
        self.signature = signature
    }

    /// The same envelope, once its signature verified with the key it names.
    ///
    /// - Throws: ``FormatError/badSignature``.
    package func verified<P: Primitives>(
        with primitives: P.Type
    ) throws(FormatError) -> VerifiedEnvelope {
        guard envelope.tipKey.verifies(signature, over: encoded.span, with: P.self) else {
            throw .badSignature
        }
        return VerifiedEnvelope(
            envelope: envelope, encoded: encoded, signature: signature,
            digest: .of(encoded.span, with: P.self), tipID: TipID(envelope.tipKey, with: P.self))
    }
}

/// An envelope whose signature verified: the holder of the tip's key wrote these bytes.
package struct VerifiedEnvelope: Equatable, Sendable {
    /// What the envelope says.
    package let envelope: Envelope
    /// The exact bytes that were signed.
    package let encoded: [UInt8]
    /// The signature over them: 64 bytes.
    package let signature: [UInt8]
    /// SHA-256 of ``encoded``: the submission's name; sending it twice changes nothing.
    package let digest: SHA256Digest
    /// The name of the tip it belongs to.
    package let tipID: TipID

    fileprivate init(
        envelope: Envelope, encoded: [UInt8], signature: [UInt8], digest: SHA256Digest, tipID: TipID
    ) {
        self.envelope = envelope
        self.encoded = encoded
        self.signature = signature
        self.digest = digest
        self.tipID = tipID
    }
}

extension Envelope {
    /// Signs the envelope with the tip's key.
    ///
    /// - Throws: ``FormatError/otherTip`` when the signer is not of the key that the envelope names.
    package func signed<P: Primitives>(
        by signer: borrowing TipSigner<P>
    ) throws(FormatError) -> VerifiedEnvelope {
        guard signer.key == tipKey else { throw .otherTip }
        let encoded = encoded
        return VerifiedEnvelope(
            envelope: self, encoded: encoded, signature: signer.sign(encoded.span),
            digest: .of(encoded.span, with: P.self), tipID: TipID(tipKey, with: P.self))
    }
}
