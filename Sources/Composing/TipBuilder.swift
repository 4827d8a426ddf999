package import Sealing
package import Tips

/// Makes a tip's frame out of a draft: pure but for randomness, no file, no clock, no network.
package enum TipBuilder {
    /// Seals every text part and the manifest to the desk, and signs the envelope (DESIGN §4).
    ///
    /// - Throws: ``BuildError``.
    package static func build<P: Primitives>(
        _ draft: TipDraft, terms: DeskTerms, keys: borrowing ReceiptKeys<P>
    ) throws(BuildError) -> Frame {
        try checkOffices(of: draft, terms)
        var sealed: [SealedContainer] = []
        var listed: [Manifest.Part] = []
        for content in draft.contents {
            let part = try SealedText(content, to: terms.recipient, with: P.self)
            sealed.append(part.container)
            listed.append(part.listed)
        }
        let manifest = Manifest(
            epoch: terms.epoch, tipKey: keys.signer.key, sequence: 0, firstEnvelope: nil,
            parts: listed, consents: try consents(of: draft, terms, keys: keys),
            never: draft.never, withdrawal: try lock(of: draft, with: P.self),
            wishes: draft.tellsProgress ? .progress : [])
        sealed.append(try ManifestSealing.seal(manifest, keys: keys, to: terms.recipient))
        do throws(FormatError) {
            return try Frame.make(
                kind: .tip, epoch: terms.epoch, parts: sealed, signedBy: keys.signer)
        } catch {
            throw error == .tooLarge ? .tooLong : .format(error)
        }
    }

    /// A misspelt office would get nothing, or worse, a misspelt *never* would protect nothing.
    private static func checkOffices(of draft: TipDraft, _ terms: DeskTerms) throws(BuildError) {
        let named = draft.shares.map { $0.office } + draft.never
        for id in named where terms.office(id) == nil {
            throw .unknownOffice(id, known: terms.offices.map { $0.id })
        }
        for share in draft.shares where terms.office(share.office)?.isRevoked ?? true {
            throw .revokedOffice(share.office)
        }
    }

    private static func consents<P: Primitives>(
        of draft: TipDraft, _ terms: DeskTerms, keys: borrowing ReceiptKeys<P>
    ) throws(BuildError) -> [UnverifiedConsent] {
        var consents: [UnverifiedConsent] = []
        do throws(FormatError) {
            for share in draft.shares {
                let leaf = try ConsentLeaf(
                    tipKey: keys.signer.key, office: share.office, classes: share.classes,
                    directoryVersion: terms.directoryVersion)
                consents.append(try leaf.signed(by: keys.signer))
            }
        } catch {
            throw .format(error)
        }
        return consents
    }

    private static func lock<P: Primitives>(
        of draft: TipDraft, with primitives: P.Type
    ) throws(BuildError) -> WithdrawalLock? {
        if let lock = draft.lock { return lock }
        guard let word = draft.withdrawalWord else { return nil }
        do throws(PrimitiveFailure) {
            return try WithdrawalLock.make(codeWord: [UInt8](word.utf8).span, with: P.self)
        } catch {
            throw .outOfMemory
        }
    }
}

/// Why a tip or a supplement could not be made.
package enum BuildError: Error, Equatable {
    /// The directory has no desk key to seal to today.
    case noOpenEpoch
    /// The directory does not know this office; those it knows.
    case unknownOffice(String, known: [String])
    /// The office's key must not be used any more.
    case revokedOffice(String)
    /// The text does not fit: a part above its limit, or all together above the tip's.
    case tooLong
    /// A value that the formats refuse.
    case format(FormatError)
    /// Content that its class refuses.
    case content(ContentError)
    /// Sealing failed.
    case sealing(SealingError)
    /// There was not enough memory.
    case outOfMemory
}
