internal import Agencies
internal import Custody
internal import DurableFiles
internal import Examination
internal import Forwarding
internal import Tips

/// What a person at a terminal sees of a case, and the one original that they ask for.
extension OpenedCase {
    /// Writes one original to a new file: the one moment at which plaintext is on a disk, and only
    /// because somebody asked for it.
    package func export(part name: String, to path: String) throws(DeskError) -> Int {
        let part = try part(named: name)
        return try Verification.desk {
            var output = try NewFile(at: path)
            let digests = try file(part.payload).open(as: part.partClass) {
                try output.write($0.span)
            }
            guard digests.plaintext == part.plaintext else {
                throw DeskError.altered("the part is not what its manifest says")
            }
            try output.commit()
            return digests.originalBytes
        }
    }
}

/// A case in lines for a terminal: everything dangerous in them is shown by its code.
extension CaseOverview {
    /// The whole case.
    package var lines: [String] {
        var lines = ["case \(tip.hex)", "state: \(stage.words)"]
        lines += parts.flatMap(\.lines)
        lines += derivatives.map(\.line)
        lines += consentLines + questions.map(\.line) + judgementLines + answers.map(\.line)
        lines += refused.map {
            "refused frame \($0.envelope.hex.prefix(12)): \(CleanText.brief($0.why))"
        }
        lines += rulings.all.map(\.line)
        if isDestroyable {
            lines.append("withdrawn with the right code word: two persons may destroy it")
        }
        return lines
    }

    /// Who may have what, and who never anything.
    package var consentLines: [String] {
        consents.map { "consent: \($0.office) may have \($0.words)" }
            + readings.map {
                "read by \($0.reader), not consent yet: \($0.office) may have \($0.words)"
            }
            + never.map { "never: \($0)" }
    }
}

extension CaseOverview.Part {
    /// The part in lines for a terminal.
    package var lines: [String] {
        let contains = labels.map { $0.map(\.name).joined(separator: ", ") } ?? "not labelled"
        let shown = name.isEmpty ? "" : " “\(CleanText.line(name))”"
        return [
            "[\(number)] \(partClass.name)\(shown) (contains: \(contains))",
            "    payload \(payload.hex)",
        ] + contentLines
    }

    private var contentLines: [String] {
        switch content {
        case .original(let byteCount, let digest, let examination):
            ["    original \(byteCount) bytes, SHA-256 \(digest.hex)"]
                + examination.lines.map { "    " + $0 }
        case .dropped(let text): text.lines.map { "    " + $0 }
        case .unread: ["    \(CaseOverview.Content.unreadWords)"]
        case .fields(let fields):
            fields.isEmpty ? ["    (empty)"] : fields.flatMap { $0.lines(indent: "    ") }
        }
    }
}

extension CaseOverview.Content {
    /// Of a text that nobody reads, what people are told.
    package static let unreadWords =
        "This text could not be read: the program that was to read it broke off. It is kept sealed, "
        + "and goes to nobody. Tell whoever looks after this desk."
}

extension CaseOverview.Examination {
    /// In lines for a terminal; the copies are numbered as commands name them.
    package var lines: [String] {
        switch self {
        case .none: ["not examined yet"]
        case .neverRendered: ["it may show the sexual abuse of a minor: never rendered, held"]
        case .report(let report, let copies):
            report.lines
                + copies.enumerated().map {
                    "copy \($0 + 1): \($1.kind.rawValue), payload \($1.payload.hex.prefix(12))"
                }
        }
    }
}

extension CaseOverview.Derivative {
    fileprivate var line: String {
        "[derivative] \(kind.rawValue) of \(original.hex.prefix(12)), "
            + "payload \(payload.hex.prefix(12)): \(CleanText.line(note))"
    }
}

extension CaseOverview.Consent {
    /// The classes in words.
    package var words: String { classes.map(\.name).joined(separator: ", ") }
}

extension CaseOverview.Question {
    /// The question in words, with its persons.
    package var line: String {
        "question \(id) by \(persons.first ?? ""), "
            + (persons.count > 1 ? "read by \(persons[1])" : "not read by a second person yet")
            + ": \(CleanText.line(text))"
    }
}

extension Acknowledgement {
    fileprivate var line: String {
        "\(office): \(answer.rawValue) at \(hour.text)"
            + (reason.isEmpty ? "" : ": \(CleanText.line(reason))")
    }
}
