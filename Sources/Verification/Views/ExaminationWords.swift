package import Examination

/// What workers found in a file, in words: for the terminal and the console alike. Names and values in
/// it were made safe to show when they were read.
extension ExaminationReport {
    /// One fact a line; the files of an archive are indented below it.
    package var lines: [String] {
        var lines = ["\(type.isEmpty ? "unknown type" : type), \(byteCount) bytes" + dimensions]
        lines.append("scanner: \(scan.words)")
        if isPolyglot { lines.append("WARNING: made to be several kinds of file at once") }
        if !accepted.isEmpty {
            lines.append("accepted as: " + accepted.map(\.words).joined(separator: ", "))
        }
        lines += metadata.lines
        if !writingSystems.isEmpty {
            lines.append("written in: " + writingSystems.map(\.rawValue).joined(separator: ", "))
        }
        if let left = charactersLeftOut, left > 0 {
            lines.append("\(left) hidden or control character(s) were left out of the safe copy")
        }
        lines += copies.map {
            "safe copy: \($0.kind.rawValue), \($0.byteCount) bytes"
                + ($0.isPartial ? ", of a part of it only" : "")
        }
        lines += gaps.map { "not done: \($0.step.rawValue) (\($0.why.words))" }
        for member in members {
            lines.append("in it: “\(member.name)”")
            lines += member.lines.map { "    " + $0 }
        }
        if omittedMembers > 0 { lines.append("and \(omittedMembers) more file(s) in it") }
        return lines
    }

    private var dimensions: String {
        var words: [String] = []
        if let width, let height { words.append("\(width) × \(height)") }
        if let pages { words.append("\(pages) page(s)") }
        if let frames { words.append("\(frames) picture(s)") }
        if let milliseconds { words.append("\(milliseconds / 1000) s long") }
        return words.isEmpty ? "" : ", " + words.joined(separator: ", ")
    }
}

extension Acceptance {
    fileprivate var words: String {
        format.isEmpty ? decoder.rawValue : "\(decoder.rawValue) (\(format))"
    }
}

extension Metadata {
    fileprivate var lines: [String] {
        guard !names.isEmpty else { return [] }
        let more = omittedNames > 0 ? " and \(omittedNames) more" : ""
        return ["metadata: \(names.joined(separator: ", "))\(more)"]
            + places.map { "it tells a place: \($0.name) = \($0.value)" }
            + times.map { "it tells a time: \($0.name) = \($0.value)" }
    }
}

extension ScanAnswer {
    /// One of three answers; *clean* is never said of what was not scanned.
    package var words: String {
        let by = engine.map { " (ClamAV \($0.version), signatures of \($0.databaseDay))" } ?? ""
        return switch outcome {
        case .clean: "nothing known was found\(by); that does not make it harmless"
        case .found(let name): "FOUND: \(name)\(by)"
        case .couldNotScan(let why): "could not be scanned: \(why.words)\(by)"
        }
    }
}

extension ScanAnswer.Obstacle {
    fileprivate var words: String {
        switch self {
        case .notConfigured: "no scanner is set up"
        case .unreachable: "the scanner does not answer"
        case .tooLarge: "the file is too large"
        case .timeLimit: "it took too long"
        case .scannerLimit: "it goes past a limit of the scanner"
        case .encrypted: "it is encrypted"
        case .oldDatabase: "the scanner's signatures are too old"
        case .unknownDatabase: "the scanner does not say how old its signatures are"
        case .scannerError: "the scanner failed"
        }
    }
}

extension NotDone {
    /// Why, in words.
    fileprivate var words: String {
        rawValue.split(separator: "-").joined(separator: " ")
    }
}
