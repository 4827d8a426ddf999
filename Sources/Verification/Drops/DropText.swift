internal import Sealing
internal import Tips

/// The plain text of a dropped file, for people: consent above the marker, the report below it.
package struct DropText: Sendable {
    /// What stands above the marker; nil when there is not exactly one marker, and then nothing in
    /// the text is consent.
    package let consent: [String]?
    /// The report, or the whole text when there is no marker.
    package let report: [String]
    /// How the bytes were read.
    package let encoding: String

    /// Reads the plaintext: UTF-8, or UTF-16 with its mark. Anything else is shown as far as it goes,
    /// and nothing in it is consent.
    init(_ bytes: Span<UInt8>) {
        let bytes = [UInt8](copying: bytes)
        let known = Self.text(bytes)
        encoding = known?.encoding ?? "not UTF-8: shown as far as it goes"
        let text = known?.text ?? String(decoding: bytes, as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
            .map { CleanText.line(String($0)) }
        // Whatever looks like a marker, or may have been one.
        let scissors = lines.indices.filter { lines[$0].contains("8<") }
        if known != nil, scissors.count == 1, Self.isMarker(lines[scissors[0]]) {
            consent = Array(lines[..<scissors[0]])
            report = Array(lines[(scissors[0] + 1)...])
        } else {
            consent = nil
            report = lines
        }
    }

    private static func isMarker(_ line: String) -> Bool {
        line.split(separator: " ").joined(separator: " ") == Drop.marker
    }

    private static func text(_ bytes: [UInt8]) -> (text: String, encoding: String)? {
        if let text = String(validating: bytes, as: UTF8.self) { return (text, "UTF-8") }
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        guard isLittle || bytes.starts(with: [0xFE, 0xFF]), bytes.count % 2 == 0 else { return nil }
        let units = stride(from: 2, to: bytes.count, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        return String(validating: units, as: UTF16.self).map { ($0, "UTF-16") }
    }

    /// The text in lines.
    var lines: [String] {
        ["sealed without the page; \(encoding)"]
            + (consent.map { ["who may have it:"] + $0.map { "    " + $0 } }
                ?? ["there is not one line \(Drop.marker): nothing here is consent"])
            + ["report:"] + report.map { "    " + $0 }
    }
}
