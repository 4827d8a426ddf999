package import Agencies
package import Custody
internal import Tips

/// `cover.age`: the first page of a bundle, for people who open it with stock tools.
///
/// Plain English text, made from the predicate and the directory; it decides nothing.
package enum CoverSheet {
    /// Longest line, in characters.
    private static let width = 76

    /// The text, in UTF-8.
    ///
    /// - Parameter earlier: the bundles of the same case that it adds to.
    package static func text(
        for predicate: BundlePredicate, to office: Office, sequence: UInt64, expires: Hour,
        addingTo earlier: [ReleaseStatement.Earlier] = []
    ) -> String {
        text([
            title(office, sequence, expires), supplement(earlier), warning(predicate.handling),
            judgement(predicate), handling(predicate.handling), consent(predicate.consent),
            parts(predicate.parts),
            ["NON-PUNISHMENT", Handling.nonPunishment], checking,
        ])
    }

    /// The sections, each with lines to be wrapped; empty ones are left out.
    static func text(_ sections: [[String]]) -> String {
        sections.filter { !$0.isEmpty }
            .map { $0.map { wrap($0) }.joined(separator: "\n") }
            .joined(separator: "\n\n") + "\n"
    }

    private static func title(_ office: Office, _ sequence: UInt64, _ expires: Hour) -> [String] {
        [
            "SALLYPORT BUNDLE, NUMBER \(sequence) FOR THIS OFFICE",
            "For: \(office.name) (\(office.id), \(office.country)), \(office.kind.words)",
            "To be acted on before: \(expires.text) UTC",
        ]
    }

    private static func supplement(_ earlier: [ReleaseStatement.Earlier]) -> [String] {
        guard !earlier.isEmpty else { return [] }
        return [
            "THIS IS MORE OF A CASE THAT YOU HAVE",
            "It adds to your \(numbers(of: earlier)); what is in there is not sent again. The "
                + "judgement below is the newest and takes the place of the earlier one.",
        ]
    }

    /// The bundles by their numbers, in words.
    static func numbers(of bundles: [ReleaseStatement.Earlier]) -> String {
        let numbers = bundles.map { String($0.sequence) }
        let list = [
            numbers.dropLast().joined(separator: ", "), numbers.last ?? "",
        ].filter { !$0.isEmpty }.joined(separator: " and ")
        return (numbers.count == 1 ? "bundle number " : "bundles number ") + list
    }

    private static func warning(_ handling: Handling) -> [String] {
        guard handling.civiliansHeldHere else { return [] }
        return [
            "CIVILIANS ARE HELD HERE",
            "People held against their will are at the place this bundle speaks of. "
                + "It must not be attacked.",
        ]
    }

    private static func judgement(_ predicate: BundlePredicate) -> [String] {
        let assessment = predicate.assessment
        let grade = "\(assessment.source.rawValue)\(assessment.information.rawValue)"
        return [
            "THE DESK'S JUDGEMENT", "Verdict: \(predicate.verdict)",
            "Admiralty grade: \(grade) (source \(assessment.source.words); "
                + "information \(assessment.information.words))",
        ] + (assessment.reason.isEmpty ? [] : ["Because: \(assessment.reason)"])
    }

    private static func handling(_ handling: Handling) -> [String] {
        [
            "HANDLING", "\(handling.sharing.rawValue): \(handling.sharing.words).",
            "\(handling.actions.rawValue): \(handling.actions.words).",
        ] + (handling.caveat.isEmpty ? [] : [handling.caveat])
    }

    private static func consent(_ consent: ConsentProof) -> [String] {
        guard case .transcribed(_, let transcription) = consent else { return [] }
        let persons = transcription.signatures.map(\.person.text).joined(separator: ", ")
        return [
            "CONSENT",
            "The reporter sealed a text file without our page, and wrote into it who may have it. "
                + "Read there, and written down, by: \(persons).",
        ]
    }

    private static func parts(_ parts: [BundlePredicate.Part]) -> [String] {
        ["PARTS"] + parts.enumerated().flatMap { index, part in describe(part, index) }
    }

    private static func describe(_ part: BundlePredicate.Part, _ index: Int) -> [String] {
        let contents = part.contents.sorted().map(\.name).joined(separator: ", ")
        var lines = ["\(BundleNames.part(index)): \(part.partClass.name); it contains: \(contents)"]
        if !part.givenName.isEmpty {
            lines.append("  called \"\(part.givenName)\" by the reporter")
        }
        switch part.origin {
        case .original: lines.append("  as the reporter's device sealed it")
        case .derivative(let kind, let note):
            lines.append("  a \(kind.rawValue) made at the desk, not the original: \(note)")
        }
        if part.partClass == .evidence {
            lines.append("  open it with: age -d -i IDENTITY \(BundleNames.part(index)) | tar xO")
        }
        lines.append("  SHA-256 of the original: \(part.original.hex)")
        return lines
    }

    private static let checking =
        signing + [
            "These two commands do not check the reporter's consent: sallyport-agency does."
        ]

    /// How the two signatures are checked with stock tools.
    static let signing = [
        "CHECKING", "sha256sum -c SHA256SUMS",
        "openssl pkeyutl -verify -pubin -inkey PERSON.pem -rawin -in SHA256SUMS "
            + "-sigfile SHA256SUMS.PERSON.sig",
        "Two persons must have signed, with keys that you know from elsewhere.",
    ]

    /// Breaks `line` at spaces; what cannot be broken stays whole. Texts from the desk and the
    /// reporter lose their control characters, so that they cannot move the cursor.
    private static func wrap(_ line: String) -> String {
        let clean = String(
            String.UnicodeScalarView(line.unicodeScalars.filter { !isControl($0.value) }))
        guard clean.count > width, !clean.hasPrefix("openssl"), !clean.hasPrefix("  ") else {
            return clean
        }
        var lines: [String] = []
        var current = ""
        for word in clean.split(separator: " ") {
            if !current.isEmpty, current.count + 1 + word.count > width {
                lines.append(current)
                current = ""
            }
            current += (current.isEmpty ? "" : " ") + word
        }
        return (lines + [current]).joined(separator: "\n")
    }

    private static func isControl(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
