internal import ArgumentParser
internal import Matching
internal import Terminal
internal import Verification

/// What a machine sees in the texts of a case.
struct Hints: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hints",
        abstract: "Point out places, identifiers and old Burmese encoding in a case's texts.",
        discussion: """
            An opinion of a machine, for you to check; nothing of it is written down, but that you read the \
            case is (trail). A name that several \
            places share gives all of them. Texts typed in Zawgyi are shown as they read in Unicode, \
            and stay as they were typed.

            Example:
              sallyport-desk hints 3f2a90b1c4d5
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var reader: ReaderOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        try opened.lookAtTexts(by: try reader.reader(desk))
        let lines = try opened.hints()
        for line in lines { Say.result(line) }
        if lines.isEmpty { Say.note("nothing was found; that says nothing about the case") }
    }
}

/// Questions that were thought about before.
struct Phrases: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phrases",
        abstract: "List questions to reporters, ready to be asked, in ten languages.",
        discussion: """
            None says anything that a reporter wrote, since a captor may read the mailbox. Each book \
            says who has read its texts: ask only what you or a colleague can read.

            Examples:
              sallyport-desk phrases
              sallyport-desk phrases --language my
            """)

    @Option(help: "The language, as a tag like my or zh-Hans; all that there are when not given.")
    var language: String?

    func run() throws {
        guard let language else {
            for book in PhraseBook.builtIn { Say.result("\(book.language)  \(book.status)") }
            return
        }
        guard let book = PhraseBook.book(for: language) else {
            throw Failure(
                "There is no phrase book in “\(language)”.",
                hint: "sallyport-desk phrases lists those that there are.")
        }
        Say.note("\(book.language): \(book.status)")
        for phrase in book.phrases { Say.result("\(phrase.id)  \(phrase.text)") }
    }
}
