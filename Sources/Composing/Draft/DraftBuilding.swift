package import Sealing
package import Tips

extension TipBuilder {
    /// Makes the frame of a draft.
    ///
    /// - Throws: ``BuildError``.
    package static func build<P: Primitives>(
        _ draft: TipDraft, terms: DeskTerms, keys: borrowing ReceiptKeys<P>
    ) throws(BuildError) -> Frame {
        try checkOffices(of: draft, terms)
        var composition = try TipComposition(draft, with: P.self)
        defer { composition.wipe(with: P.self) }
        return try build(composition, terms: terms, keys: keys)
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
}

extension TipComposition {
    /// What a draft says.
    ///
    /// - Throws: ``BuildError``.
    init<P: Primitives>(_ draft: TipDraft, with primitives: P.Type) throws(BuildError) {
        self.init()
        for content in draft.contents {
            setPlaintext(try content.plaintext(), of: content.partClass)
        }
        // A draft names no office twice, and no more than a manifest takes.
        for share in draft.shares { _ = self.share(with: share.office, share.classes.sorted()) }
        for office in draft.never { _ = neverShare(with: office) }
        lock = try draft.withdrawalLock(with: P.self)
        wishes = draft.tellsProgress ? .progress : []
    }
}

extension TipDraft {
    /// The lock that was made of a typed word, or of the file's.
    fileprivate func withdrawalLock<P: Primitives>(
        with primitives: P.Type
    ) throws(BuildError) -> WithdrawalLock? {
        if let lock { return lock }
        guard let word = withdrawalWord else { return nil }
        do throws(PrimitiveFailure) {
            return try WithdrawalLock.make(codeWord: [UInt8](word.utf8).span, with: P.self)
        } catch {
            throw .outOfMemory
        }
    }
}

extension TipContent {
    /// The plaintext of a part with this content.
    ///
    /// - Throws: ``BuildError``.
    fileprivate func plaintext() throws(BuildError) -> [UInt8] {
        do throws(ContentError) {
            return try encoded()
        } catch {
            throw error == .tooLarge ? .tooLong : .content(error)
        }
    }
}

extension SealedText {
    /// Seals `content` to the desk.
    ///
    /// - Throws: ``BuildError``.
    package init<P: Primitives>(
        _ content: TipContent, to recipient: Recipient, with primitives: P.Type
    ) throws(BuildError) {
        var plaintext = try content.plaintext()
        defer { P.wipe(&plaintext) }
        try self.init(
            plaintext: plaintext.span, as: content.partClass, to: recipient, with: P.self)
    }
}

extension SupplementBuilder {
    /// Seals `content` and a manifest to the desk, and signs the envelope with the tip's key.
    ///
    /// - Throws: ``BuildError``.
    package static func build<P: Primitives>(
        _ content: TipContent, at place: SupplementPlace, terms: DeskTerms,
        keys: borrowing ReceiptKeys<P>
    ) throws(BuildError) -> Frame {
        let part = try SealedText(content, to: terms.recipient, with: P.self)
        return try build(part, at: place, terms: terms, keys: keys)
    }
}
