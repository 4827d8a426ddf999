internal import Sealing
internal import Tips

/// The plain text of a dropped file, for people: consent above the marker, the report below it.
struct DropText {
    /// What stands above the marker; nil when there is not exactly one marker, and then nothing in
    /// the text is consent.
    let consent: [String]?
    /// The report, or the whole text when there is no marker.
    let report: [String]
    /// How the bytes were read.
    let encoding: String

    /// Most lines that are shown.
    private static let lineLimit = 4096

    /// Reads the plaintext: UTF-8, or UTF-16 with its mark. Anything else is shown as what it is.
    init(_ bytes: Span<UInt8>) {
        let bytes = [UInt8](copying: bytes)
        let text: String
        (text, encoding) = Self.text(bytes)
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
            .prefix(Self.lineLimit).map { CleanText.line(String($0)) }
        let markers = lines.indices.filter {
            lines[$0].split(separator: " ").joined(separator: " ") == Drop.marker
        }
        if markers.count == 1 {
            consent = Array(lines[..<markers[0]])
            report = Array(lines[(markers[0] + 1)...])
        } else {
            consent = nil
            report = Array(lines)
        }
    }

    private static func text(_ bytes: [UInt8]) -> (String, String) {
        if let text = String(validating: bytes, as: UTF8.self) { return (text, "UTF-8") }
        let pairs = stride(from: 2, to: bytes.count - 1, by: 2)
        if bytes.starts(with: [0xFF, 0xFE]) {
            let units = pairs.map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
            return (String(decoding: units, as: UTF16.self), "UTF-16")
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            let units = pairs.map { UInt16(bytes[$0 + 1]) | UInt16(bytes[$0]) << 8 }
            return (String(decoding: units, as: UTF16.self), "UTF-16")
        }
        return (String(decoding: bytes, as: UTF8.self), "not UTF-8: shown as far as it goes")
    }

    /// The text in lines.
    var lines: [String] {
        ["sealed without the page; \(encoding)"]
            + (consent.map { ["who may have it:"] + $0.map { "    " + $0 } }
                ?? ["there is not one line \(Drop.marker): nothing here is consent"])
            + ["report:"] + report.map { "    " + $0 }
    }
}
