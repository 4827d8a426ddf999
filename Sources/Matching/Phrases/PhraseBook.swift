package import Tips

/// Questions to reporters in one language, ready to be asked.
///
/// None says anything that a reporter wrote: whoever forces a receipt out of somebody reads the
/// mailbox too. They are as open as they can be, since an account that was steered is worth less.
package struct PhraseBook: Sendable {
    /// One question.
    package struct Phrase: Equatable, Sendable {
        /// Its identifier, the same in every language: a topic, a point, a word.
        package let id: String
        /// The question in the book's language.
        package let text: String

        /// What it is about: the identifier's beginning.
        package var topic: String { String(id.prefix { $0 != "." }) }
    }

    /// The BCP 47 tag.
    package let language: String
    /// Who has read the texts. Whoever asks is shown it.
    package let status: String
    /// The questions, in the book's order.
    package let phrases: [Phrase]

    /// Most bytes of a question, the same as the desk takes.
    package static let questionBytes = 1000
    /// Most bytes of a book's file.
    private static let fileBytes = 128 * 1024

    /// Reads a book's file.
    ///
    /// - Throws: ``JSONError``.
    package init(_ file: [UInt8]) throws(JSONError) {
        let object = try JSON.parse(file.span, limit: Self.fileBytes).asObject()
        try object.allowOnly(["language", "status", "questions"])
        language = try object.string("language")
        guard !language.isEmpty, LanguageTag.isValidOrEmpty(language) else {
            throw .badValue("language")
        }
        status = try object.string("status")
        var phrases: [Phrase] = []
        for member in try object.object("questions").members {
            guard case .string(let text) = member.value else { throw .wrongType(member.key) }
            guard !text.isEmpty, text.utf8.count <= Self.questionBytes else {
                throw .badValue(member.key)
            }
            phrases.append(Phrase(id: member.key, text: text))
        }
        self.phrases = phrases
    }

    /// The question of this identifier.
    package subscript(id: String) -> Phrase? { phrases.first { $0.id == id } }

    /// Every language that this program was built with.
    package static let builtIn: [PhraseBook] = [
        PackageResources.en_json, PackageResources.zh_Hans_json, PackageResources.zh_Hant_json,
        PackageResources.vi_json, PackageResources.my_json, PackageResources.am_json,
        PackageResources.id_json, PackageResources.th_json, PackageResources.hi_json,
        PackageResources.ur_json,
    ].map { file in
        do throws(JSONError) {
            return try PhraseBook(file)
        } catch {
            preconditionFailure("a phrase book that was built in is malformed: \(error)")
        }
    }

    /// The book for a reporter who wrote in `language`: of the same tag, or else of the same
    /// language; nil when there is none.
    package static func book(for language: String) -> PhraseBook? {
        let wanted = language.lowercased()
        let exact = builtIn.first { $0.language.lowercased() == wanted }
        return exact
            ?? builtIn.first { $0.language.lowercased() == chinese(wanted) }
            ?? builtIn.first { $0.language == wanted.prefix { $0 != "-" } }
    }

    /// Chinese by region, where no script is said.
    private static func chinese(_ tag: String) -> String? {
        guard tag == "zh" || tag.hasPrefix("zh-") else { return nil }
        let parts = tag.split(separator: "-")
        let isTraditional = parts.contains { ["hant", "tw", "hk", "mo"].contains($0) }
        return isTraditional ? "zh-hant" : "zh-hans"
    }
}
