package import Sealing
package import Tips

/// Puts a file that was sealed without the page into an ordinary tip.
///
/// The tip's keys are random and go when this returns: nobody can add to it, ask for its mailbox, or
/// give consent in its name.
package enum DropBuilder {
    /// The frame of a tip whose report is `file`.
    ///
    /// - Parameters:
    ///   - file: an age file without armor, of at most ``Drop/fileBytes`` bytes.
    ///   - language: the language of the form that it came by, as a BCP 47 tag, or "".
    /// - Throws: ``BuildError``.
    package static func build<P: Primitives>(
        _ file: [UInt8], language: String, terms: DeskTerms, with primitives: P.Type
    ) throws(BuildError) -> Frame {
        let keys = ReceiptKeys<P>.random()
        var report = ReportPart()
        report.language = language
        report.drop = Drop(file, signedBy: keys.signer)
        var composition = TipComposition()
        do throws(ContentError) {
            composition.setPlaintext(try report.encoded(), of: .report)
        } catch {
            throw error == .tooLarge ? .tooLong : .content(error)
        }
        return try TipBuilder.build(composition, terms: terms, keys: keys)
    }
}
