internal import Agencies
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import Sealing
internal import Tips

/// What a person at the desk sees of a case. Nothing is rendered: texts are cleaned, originals are
/// listed by size and digest.
extension OpenedCase {
    /// The whole case in lines.
    package func overview() throws(DeskError) -> [String] {
        try Verification.desk {
            var lines = ["case \(tip.hex)", "state: \(state)"]
            for (index, part) in parts.enumerated() {
                lines += try describe(part, number: index + 1)
            }
            lines += record.derivatives.map(describe)
            lines += consentLines + record.questions.map(Self.words) + judgementLines + answerLines
            lines += record.refused.map {
                "refused frame \($0.envelope.hex.prefix(12)): \(CleanText.brief($0.why))"
            }
            if record.isDestroyable {
                lines.append("withdrawn with the right code word: two persons may destroy it")
            }
            return lines
        }
    }

    /// One part in lines.
    package func show(part name: String) throws(DeskError) -> [String] {
        let part = try part(named: name)
        return try Verification.desk {
            try describe(part, number: (parts.firstIndex { $0.payload == part.payload } ?? 0) + 1)
        }
    }

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

    /// Where the case stands, in words.
    package var state: String {
        if let why = record.frozen { return "frozen: \(CleanText.line(why))" }
        let open = record.open
        if !record.sending.isEmpty { return "being sent: run sallyport-desk release again" }
        if !open.isEmpty {
            let least = open.map(record.personCount).min() ?? 0
            return "prepared for \(open.count) office(s), \(least) of 2 approvals"
        }
        if !record.released.isEmpty {
            return "released to \(record.released.count) office(s)"
        }
        return record.judgement == nil ? "to be examined" : "assessed"
    }

    private func describe(_ part: Part, number: Int) throws -> [String] {
        let labels =
            record.labels[part.payload].map { $0.map(\.name).joined(separator: ", ") }
            ?? "not labelled"
        let name = part.name.isEmpty ? "" : " “\(CleanText.line(part.name))”"
        var lines = [
            "[\(number)] \(part.partClass.name)\(name) (contains: \(labels))",
            "    payload \(part.payload.hex)",
        ]
        guard part.partClass != .evidence else {
            lines += record.originals.filter { $0.payload == part.payload }.map {
                "    original \($0.byteCount) bytes, SHA-256 \($0.digest.hex)"
            }
            return lines
        }
        let text = try file(part.payload).text(payload: part.payload, plaintext: part.plaintext)
        if drop?.payload == part.payload {
            return lines + text.withBytes { DropText($0).lines.map { "    " + $0 } }
        }
        let object = try text.withBytes { (bytes) throws(JSONError) in
            try JSON.parse(bytes, limit: Limits.textPartBytes, trailing: .spaces).asObject()
        }
        if object.members.isEmpty { lines.append("    (empty)") }
        for member in object.members {
            lines += Self.lines(member.key, member.value, indent: "    ")
        }
        return lines
    }

    private static func lines(_ key: String, _ value: JSON, indent: String) -> [String] {
        switch value {
        case .null: ["\(indent)\(key): none"]
        case .bool(let flag): ["\(indent)\(key): \(flag ? "yes" : "no")"]
        case .integer(let number): ["\(indent)\(key): \(number)"]
        case .string(let text): ["\(indent)\(key): \(CleanText.line(text))"]
        case .array(let items):
            items.enumerated().flatMap {
                lines("\(key) \($0.offset + 1)", $0.element, indent: indent)
            }
        case .object(let object):
            ["\(indent)\(key):"]
                + object.members.flatMap { lines($0.key, $0.value, indent: indent + "    ") }
        }
    }

    private func describe(_ derivative: Derivative) -> String {
        "[derivative] \(derivative.kind.rawValue) of \(derivative.original.hex.prefix(12)), "
            + "payload \(derivative.payload.hex.prefix(12)): \(CleanText.line(derivative.note))"
    }

    /// Who may have what, and who never anything, in lines.
    package var consentLines: [String] {
        consents.map {
            "consent: \($0.leaf.office) may have \(Self.words($0.leaf.classes))"
        } + openTranscriptions + never.map { "never: \($0)" }
    }

    /// What only one person has read in a dropped file, and what persons read differently.
    private var openTranscriptions: [String] {
        let standing = consents.map(\.leaf)
        return record.transcribed.filter { !standing.contains($0.leaf) }.map {
            "read by \($0.person), not consent yet: \($0.leaf.office) may have "
                + Self.words($0.leaf.classes)
        }
    }

    private static func words(_ classes: [PartClass]) -> String {
        classes.map(\.name).joined(separator: ", ")
    }

    /// The question of this identifier in words; nil when there is none.
    package func question(_ id: String) -> String? {
        record.questions.first { $0.question.id == id }.map(Self.words)
    }

    private static func words(_ asked: CaseRecord.Question) -> String {
        "question \(asked.question.id) by \(asked.signatures[0].person), "
            + (asked.signatures.count > 1
                ? "read by \(asked.signatures[1].person)" : "not read by a second person yet")
            + ": \(CleanText.line(asked.question.text))"
    }

    private var judgementLines: [String] {
        guard let judgement = record.judgement else { return [] }
        let grade =
            judgement.assessment.source.rawValue + String(judgement.assessment.information.rawValue)
        let indicators = judgement.indicators.map(\.rawValue).joined(separator: ", ")
        let handling = judgement.handling
        return [
            "verdict (\(grade)): \(CleanText.line(judgement.verdict))",
            "reason: \(CleanText.line(judgement.assessment.reason))",
            "indicators: \(indicators)",
            "handling: \(handling.sharing.rawValue) \(handling.actions.rawValue), "
                + (handling.civiliansHeldHere ? "civilians are held here" : "no civilians named"),
            "caveat: \(CleanText.line(handling.caveat))",
        ]
    }

    private var answerLines: [String] {
        record.acknowledgements.compactMap {
            try? Acknowledgement.verified($0, by: desk.directory)
        }.map {
            "\($0.office): \($0.answer.rawValue) at \($0.hour.text)"
                + ($0.reason.isEmpty ? "" : ": \(CleanText.line($0.reason))")
        }
    }

    /// The offices that must never get anything: the tip's list, all that supplements add, and what
    /// anybody read in a dropped file.
    var never: [String] {
        Set(([first] + supplements).flatMap(\.manifest.never)).union(record.neverTranscribed)
            .sorted()
    }
}
