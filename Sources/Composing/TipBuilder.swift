package import Sealing
package import Tips

/// Makes a tip's frame: pure but for randomness, no file, no clock, no network.
package enum TipBuilder {
    /// Seals every text part and the manifest to the desk, and signs the envelope (DESIGN §4).
    ///
    /// - Throws: ``BuildError``.
    package static func build<P: Primitives>(
        _ composition: TipComposition, terms: DeskTerms, keys: borrowing ReceiptKeys<P>
    ) throws(BuildError) -> Frame {
        var sealed: [SealedContainer] = []
        var listed: [Manifest.Part] = []
        for (index, partClass) in PartClass.textParts.enumerated() {
            let plaintext = composition.plaintexts[index]
            let part = try SealedText(
                plaintext: plaintext.span, as: partClass, to: terms.recipient, with: P.self)
            sealed.append(part.container)
            listed.append(part.listed)
        }
        let manifest = Manifest(
            epoch: terms.epoch, tipKey: keys.signer.key, sequence: 0, firstEnvelope: nil,
            parts: listed, consents: try consents(of: composition, terms, keys: keys),
            never: composition.never, withdrawal: composition.lock, wishes: composition.wishes)
        sealed.append(try ManifestSealing.seal(manifest, keys: keys, to: terms.recipient))
        do throws(FormatError) {
            return try Frame.make(
                kind: .tip, epoch: terms.epoch, parts: sealed, signedBy: keys.signer)
        } catch {
            throw error == .tooLarge ? .tooLong : .format(error)
        }
    }

    private static func consents<P: Primitives>(
        of composition: TipComposition, _ terms: DeskTerms, keys: borrowing ReceiptKeys<P>
    ) throws(BuildError) -> [UnverifiedConsent] {
        var consents: [UnverifiedConsent] = []
        do throws(FormatError) {
            for share in composition.shares {
                let leaf = try ConsentLeaf(
                    tipKey: keys.signer.key, office: share.office, inOrder: share.classes,
                    directoryVersion: terms.directoryVersion)
                consents.append(try leaf.signed(by: keys.signer))
            }
        } catch {
            throw .format(error)
        }
        return consents
    }
}

/// Why a tip or a supplement could not be made.
package enum BuildError: Error, Equatable {
    /// The directory has no desk key to seal to today.
    case noOpenEpoch
    /// The text does not fit: a part above its limit, or all together above the tip's.
    case tooLong
    /// A value that the formats refuse.
    case format(FormatError)
    /// Sealing failed.
    case sealing(SealingError)
    /// There was not enough memory.
    case outOfMemory
    // The page reads no draft: its script looks the offices up and writes the contents. Errors
    // that hold texts would cost it a kilobyte.
    #if !hasFeature(Embedded)
        /// The directory does not know this office; those it knows.
        case unknownOffice(String, known: [String])
        /// The office's key must not be used any more.
        case revokedOffice(String)
        /// Content that its class refuses.
        case content(ContentError)
    #endif
}
