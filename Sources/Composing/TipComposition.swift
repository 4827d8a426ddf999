package import Sealing
package import Tips

/// A tip that is ready to be sealed: the plaintexts of its text parts, and what its manifest says.
///
/// Natively a ``TipDraft`` becomes one; the page composes it from texts that its script has written.
package struct TipComposition: Equatable, Sendable {
    /// Consent for one office.
    package struct Share: Equatable, Sendable {
        /// The office.
        package let office: FormatText
        /// The classes it may have, ascending.
        package let classes: [PartClass]
    }

    /// The padded plaintexts of the text parts, in the order of ``PartClass/textParts``.
    package private(set) var plaintexts: [[UInt8]]
    /// Who may have what.
    package private(set) var shares: [Share] = []
    /// Who must never have anything.
    package private(set) var never: [FormatText] = []
    /// What a true withdrawal must open.
    package var lock: WithdrawalLock?
    /// What to tell in the mailbox.
    package var wishes: Manifest.Wishes = []

    /// An empty tip: every part is `{}`.
    package init() {
        var empty = ascii("{}")
        PartText.pad(&empty)
        plaintexts = [[UInt8]](repeating: empty, count: PartClass.textParts.count)
    }

    /// Sets the JSON text of a part, and pads it; false for another class than the text parts'.
    ///
    /// - Throws: ``BuildError/tooLong``.
    package mutating func setText(
        _ text: consuming [UInt8], of partClass: PartClass
    ) throws(BuildError) -> Bool {
        guard let index = PartClass.textParts.firstIndex(of: partClass) else { return false }
        guard PartText.pad(&text) else { throw .tooLong }
        plaintexts[index] = text
        return true
    }

    /// Sets the plaintext of a text part, which is padded already.
    mutating func setPlaintext(_ plaintext: [UInt8], of partClass: PartClass) {
        guard let index = PartClass.textParts.firstIndex(of: partClass) else { return }
        plaintexts[index] = plaintext
    }

    /// Lets `office` have parts of `classes` (ascending).
    ///
    /// - Returns: false, and nothing changes, when the office is named already, or one more is more
    ///   than a manifest takes.
    package mutating func share(with office: FormatText, _ classes: [PartClass]) -> Bool {
        guard !isNamed(office), shares.count < Limits.consents else { return false }
        shares.append(Share(office: office, classes: classes))
        return true
    }

    /// Keeps everything from `office`; false as with ``share(with:_:)``.
    package mutating func neverShare(with office: FormatText) -> Bool {
        guard !isNamed(office), never.count < Limits.neverOffices else { return false }
        never.append(office)
        return true
    }

    /// Wipes the plaintexts.
    package mutating func wipe<P: Primitives>(with primitives: P.Type) {
        for index in plaintexts.indices { P.wipe(&plaintexts[index]) }
    }

    private func isNamed(_ office: FormatText) -> Bool {
        for share in shares where share.office.utf8.elementsEqual(office.utf8) { return true }
        for other in never where other.utf8.elementsEqual(office.utf8) { return true }
        return false
    }
}
