package import Agencies
package import NativePrimitives
package import Sealing
package import Tips

/// Makes a tip's frame out of a draft: pure but for randomness, no file, no clock, no network.
package enum TipBuilder {
    /// The keys of one tip, over the native primitives.
    package typealias Keys = ReceiptKeys<NativePrimitives>

    /// Seals every text part and the manifest to the desk, and signs the envelope (DESIGN §4).
    ///
    /// - Throws: ``BuildError``.
    package static func build(
        _ draft: TipDraft, directory: Directory, today: Day, keys: borrowing Keys
    ) throws(BuildError) -> Frame {
        let epoch = try epoch(of: directory, today: today)
        try checkOffices(of: draft, in: directory)
        var sealed: [SealedContainer] = []
        var listed: [Manifest.Part] = []
        for content in draft.contents {
            let part = try SealedText(content, to: epoch)
            sealed.append(part.container)
            listed.append(part.listed)
        }
        let manifest = Manifest(
            epoch: epoch.number, tipKey: keys.signer.key, sequence: 0, firstEnvelope: nil,
            parts: listed,
            consents: try consents(of: draft, version: directory.version, keys: keys),
            never: draft.never.map(\.text), withdrawal: try lock(of: draft),
            wishes: draft.tellsProgress ? .progress : [])
        sealed.append(try ManifestSealing.seal(manifest, keys: keys, to: epoch))
        do throws(FormatError) {
            return try Frame.make(
                kind: .tip, epoch: epoch.number, parts: sealed, signedBy: keys.signer)
        } catch {
            throw error == .tooLarge ? .tooLong : .format(error)
        }
    }

    /// The epoch to seal to.
    static func epoch(of directory: Directory, today: Day) throws(BuildError) -> DeskEpoch {
        let day = directory.today(clock: today)
        guard let epoch = directory.currentEpoch(on: day) else { throw .noOpenEpoch }
        return epoch
    }

    /// A misspelt office would get nothing, or worse, a misspelt *never* would protect nothing.
    private static func checkOffices(
        of draft: TipDraft, in directory: Directory
    ) throws(BuildError) {
        for id in draft.shares.map(\.office) + draft.never {
            guard directory.office(id) != nil else {
                throw .unknownOffice(id, known: directory.offices.map(\.id))
            }
        }
        for share in draft.shares {
            guard let office = directory.office(share.office), !directory.isRevoked(office) else {
                throw .revokedOffice(share.office)
            }
        }
    }

    private static func consents(
        of draft: TipDraft, version: Int, keys: borrowing Keys
    ) throws(BuildError) -> [UnverifiedConsent] {
        var consents: [UnverifiedConsent] = []
        do throws(FormatError) {
            for share in draft.shares {
                let leaf = try ConsentLeaf(
                    tipKey: keys.signer.key, office: share.office.text, classes: share.classes,
                    directoryVersion: version)
                consents.append(try leaf.signed(by: keys.signer))
            }
        } catch {
            throw .format(error)
        }
        return consents
    }

    private static func lock(of draft: TipDraft) throws(BuildError) -> WithdrawalLock? {
        if let lock = draft.lock { return lock }
        guard let word = draft.withdrawalWord else { return nil }
        do {
            return try WithdrawalLock.make(
                codeWord: [UInt8](word.utf8).span, with: NativePrimitives.self)
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
    case unknownOffice(OfficeID, known: [OfficeID])
    /// The office's key must not be used any more.
    case revokedOffice(OfficeID)
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

/// One JSON part, sealed, and what the manifest says of it.
struct SealedText {
    let container: SealedContainer
    let listed: Manifest.Part

    init(_ content: TipContent, to epoch: DeskEpoch) throws(BuildError) {
        var plaintext: [UInt8]
        do throws(ContentError) {
            plaintext = try content.encoded()
        } catch {
            throw error == .tooLarge ? .tooLong : .content(error)
        }
        defer { NativePrimitives.wipe(&plaintext) }
        try self.init(plaintext: plaintext.span, as: content.partClass, to: epoch)
    }

    init(
        plaintext: Span<UInt8>, as partClass: PartClass, to epoch: DeskEpoch
    ) throws(BuildError) {
        let container: SealedContainer
        do throws(SealingError) {
            container = try .sealing(
                plaintext, to: [epoch.recipient], with: NativePrimitives.self)
        } catch {
            throw .sealing(error)
        }
        self.container = container
        listed = Manifest.Part(
            partClass: partClass,
            payloadDigest: .of(container.payload.span, with: NativePrimitives.self),
            plaintextDigest: .of(plaintext, with: NativePrimitives.self))
    }
}

/// Seals manifests; the only place that puts the mailbox key into one.
enum ManifestSealing {
    static func seal(
        _ manifest: Manifest, keys: borrowing TipBuilder.Keys, to epoch: DeskEpoch
    ) throws(BuildError) -> SealedContainer {
        let plaintext: Secret
        do throws(FormatError) {
            plaintext = try manifest.encoded(mailboxKey: keys.mailboxKey)
        } catch {
            throw error == .tooLarge ? .tooLong : .format(error)
        }
        do throws(SealingError) {
            return try plaintext.withBytes { (bytes) throws(SealingError) in
                try .sealing(bytes, to: [epoch.recipient], with: NativePrimitives.self)
            }
        } catch {
            throw .sealing(error)
        }
    }
}
