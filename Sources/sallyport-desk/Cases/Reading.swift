internal import ArgumentParser
internal import Terminal
internal import Tips
internal import Verification

/// Fetches what waits.
struct PullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Fetch tips, supplements and offices' answers.",
        discussion: """
            Everything is checked again, opened, sealed to the key of its case and written down; \
            only then is dispatch told that it may delete its copy. A frame that breaks a rule is \
            kept, sealed, in the desk's folder, and the rule is printed. A frame that cannot be taken \
            for another reason waits at dispatch, unconfirmed, and keeps back no other.

            Examples:
              sallyport-desk pull
              sallyport-desk pull --carry /media/usb/sallyport
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions

    func run() async throws {
        let desk = try desk.opened()
        let link = try link.link(desk)
        let report = try await Pull(desk, over: link).run { Say.note($0) }
        for line in report.lines { Say.result(line) }
        for line in try await Sync(desk, over: link).run() { Say.result(line) }
        if report.changed.isEmpty, report.refused.isEmpty { Say.note("nothing new") }
        if let failure = Self.failure(report) { throw failure }
    }

    /// What was not taken, so that whoever watches the exit code notices it.
    private static func failure(_ report: Pull.Report) -> Failure? {
        let lines = report.troubles
        guard !lines.isEmpty else { return nil }
        return Failure(
            lines.joined(separator: "\n"),
            hint: "Nothing is lost: dispatch keeps its copy until the desk has confirmed it."
                + (report.damaged.isEmpty
                    ? "" : " Delete the file, and let dispatch export into the folder again."))
    }
}

/// The queue.
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the cases, the most urgent first, with the reason.",
        discussion: """
            A case that two persons rejected is not listed, unless something of the reporter's came \
            since.

            Examples:
              sallyport-desk list
              sallyport-desk list --rejected
            """)

    @OptionGroup var desk: DeskOptions

    @Flag(help: "Also the rejected cases.")
    var rejected = false

    func run() throws {
        let entries = try desk.opened().queue(withRejected: rejected)
        for entry in entries { Say.result(entry.line) }
        if entries.isEmpty { Say.note("there are no cases") }
    }
}

/// One case.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a case, or export a safe copy or an original.",
        discussion: """
            Texts are shown with everything that could deceive a terminal replaced by its code. \
            Originals are listed with size, digest and what workers found in them (examine). \
            --export-copy writes a safe copy to a file. --export-original writes the original, on your \
            own decision: handle it as a trap.

            Who was shown or given what is written into the case's journal first, once a day for each \
            part (trail).

            Examples:
              sallyport-desk show 3f2a90b1c4d5
              sallyport-desk show 3f2a90b1c4d5 --part report
              sallyport-desk show 3f2a90b1c4d5 --part 8 --export-copy photo.png
              sallyport-desk show 3f2a90b1c4d5 --part 8 --export-original photo.bin
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var reader: ReaderOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Option(help: "One part: its number, or its class when there is one of it.")
    var part: String?

    @Option(help: ArgumentHelp("Write the part's original to a new file.", valueName: "file"))
    var exportOriginal: String?

    @Option(help: ArgumentHelp("Write a safe copy of the part to a new file.", valueName: "file"))
    var exportCopy: String?

    @Option(help: "Which safe copy, as it is listed.")
    var copy = 1

    func validate() throws {
        guard exportOriginal == nil && exportCopy == nil || part != nil else {
            throw ValidationError("--export-original and --export-copy need --part.")
        }
    }

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let reader = try reader.reader(desk)
        guard let part else {
            try opened.lookAtTexts(by: reader)
            for line in try opened.overview().lines { Say.result(line) }
            for link in try opened.links() { Say.result("linked: \(link.line)") }
            return
        }
        // What is not whole yet would lie under a hidden name, in the clear.
        let interruption = Interruption()
        defer { withExtendedLifetime(interruption) {} }
        if let path = exportOriginal {
            try opened.look(.originalSaved, atPart: part, by: reader)
            let count = try opened.export(part: part, to: path)
            return Say.note("\(path): \(count) bytes, not sealed any more")
        }
        if let path = exportCopy {
            try opened.look(.copySaved, atPart: part, by: reader)
            let kind = try opened.exportCopy(copy, ofPart: part, to: path)
            return Say.note("\(path): a \(kind) file, not sealed any more")
        }
        let shown = try opened.overview(ofPart: part)
        // Of a file only what was found in it is shown.
        if shown.partClass != .evidence { try opened.look(.text, atPart: part, by: reader) }
        for line in shown.lines { Say.result(line) }
    }
}

/// Who did what in a case.
struct Trail: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trail",
        abstract: "Show who did what in a case, and who was shown what.",
        discussion: """
            Entries of the custody log are written by dispatch, the others by the desk. With --part only \
            what concerned that part.

            Examples:
              sallyport-desk trail 3f2a90b1c4d5
              sallyport-desk trail 3f2a90b1c4d5 --part 8
            """)

    @OptionGroup var desk: DeskOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Option(help: "One part: its number, or its class when there is one of it.")
    var part: String?

    func run() throws {
        let opened = try desk.opened().openCase(name)
        let payload = try part.map { try opened.overview(ofPart: $0).payload }
        for entry in opened.trail where payload.map(entry.parts.contains) ?? true {
            Say.result(entry.line)
        }
    }
}
