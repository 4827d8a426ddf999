package import Sealing

/// Why a manifest does not belong to the envelope it came in.
package enum ManifestMismatch: Error, Equatable {
    /// It names another tip's key or another epoch.
    case otherTip
    /// It does not list exactly the other parts of the envelope.
    case otherParts
    /// The tip's own must have number 0 and all seven text parts once; a supplement's a higher
    /// number and nothing that widens consent.
    case wrongKind
    /// An office is named twice, in consents or among *never*.
    case officeTwice
    /// A consent leaf is not of this tip, or its signature does not verify.
    case badConsent
}

/// A manifest that belongs to the envelope it came in, its consents verified.
package struct VerifiedManifest: Equatable, Sendable {
    /// What the manifest says.
    package let manifest: Manifest
    /// The consents that the tip's key signed.
    package let consents: [VerifiedConsent]
    /// The digest of the envelope it came in.
    package let envelopeDigest: SHA256Digest

    fileprivate init(
        manifest: Manifest, consents: [VerifiedConsent], envelopeDigest: SHA256Digest
    ) {
        self.manifest = manifest
        self.consents = consents
        self.envelopeDigest = envelopeDigest
    }
}

extension Manifest {
    /// Holds the manifest against the envelope it came in, so that nobody can re-sign someone
    /// else's parts as their own (DESIGN §4).
    ///
    /// - Parameter ownPayload: the payload digest of the part that the manifest itself came in.
    /// - Throws: ``ManifestMismatch``.
    package func check<P: Primitives>(
        against verified: VerifiedEnvelope, ownPayload: SHA256Digest, with primitives: P.Type
    ) throws(ManifestMismatch) -> VerifiedManifest {
        let envelope = verified.envelope
        guard tipKey == envelope.tipKey, epoch == envelope.epoch else { throw .otherTip }
        try checkParts(of: envelope, ownPayload: ownPayload)
        try checkKind(envelope.kind)
        let offices = consents.map { $0.leaf.office }
        guard Self.areDistinct(offices), Self.areDistinct(never) else { throw .officeTwice }
        var found: [VerifiedConsent] = []
        for consent in consents {
            guard let good = try? consent.verified(for: tipKey, with: P.self) else {
                throw .badConsent
            }
            found.append(good)
        }
        return VerifiedManifest(
            manifest: self, consents: found, envelopeDigest: verified.digest)
    }

    private func checkParts(
        of envelope: Envelope, ownPayload: SHA256Digest
    ) throws(ManifestMismatch) {
        let listed = (parts.map { $0.payloadDigest } + [ownPayload]).sorted()
        let sent = envelope.parts.map { $0.payloadDigest }.sorted()
        guard listed == sent else { throw .otherParts }
    }

    private func checkKind(_ kind: Envelope.Kind) throws(ManifestMismatch) {
        switch kind {
        case .tip:
            let classes = parts.map { $0.partClass }.sorted()
            guard sequence == 0, firstEnvelope == nil, classes == PartClass.textParts else {
                throw .wrongKind
            }
        case .supplement:
            guard sequence > 0, consents.isEmpty, withdrawal == nil, wishes == [] else {
                throw .wrongKind
            }
        }
    }

    private static func areDistinct(_ names: [FormatText]) -> Bool {
        for index in names.indices {
            let name = names[index].utf8
            guard !names[..<index].contains(where: { $0.utf8.elementsEqual(name) }) else {
                return false
            }
        }
        return true
    }
}
