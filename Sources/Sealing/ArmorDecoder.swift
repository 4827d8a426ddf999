/// Reads a container from text, in pieces; accepts only what age's specification does.
///
/// Lines end with LF or CR LF. White space before the first line and after the last is skipped, up
/// to ``Armor/whitespaceLimit`` bytes each.
package struct ArmorDecoder {
    private enum Place {
        case before
        case inside
        case afterShortLine
        case after
    }

    private var place = Place.before
    private var line: [UInt8] = []
    private var whitespace = 0

    /// A decoder of one container.
    package init() {}

    /// Takes text, and appends the bytes of complete lines to `binary`.
    ///
    /// - Throws: ``ArmorError``; the decoder is of no use afterwards.
    package mutating func update(
        _ text: Span<UInt8>, into binary: inout [UInt8]
    ) throws(ArmorError) {
        var index = 0
        while index < text.count {
            if place == .inside, line.isEmpty {
                index += ArmorLines.decode(text.extracting(index..<text.count), into: &binary)
            }
            // What is left of a piece is never nothing: its last line is not taken at once.
            try take(text[index], into: &binary)
            index += 1
        }
    }

    /// Ends the text.
    ///
    /// - Throws: ``ArmorError``.
    package mutating func finish(into binary: inout [UInt8]) throws(ArmorError) {
        if place != .after, !line.isEmpty { try takeLine(into: &binary) }
        guard place == .after else { throw .truncated }
    }

    private mutating func take(
        _ byte: UInt8, into binary: inout [UInt8]
    ) throws(ArmorError) {
        if place == .after {
            try skip(byte)
        } else if byte == 0x0A {
            try takeLine(into: &binary)
        } else {
            guard line.count <= lineLimit else { throw lineError }
            line.append(byte)
        }
    }

    /// Most bytes of a line that can still be right, its CR included.
    private var lineLimit: Int {
        place == .before ? Armor.whitespaceLimit : Armor.lineColumns + 1
    }

    private var lineError: ArmorError {
        switch place {
        case .before: line.allSatisfy(Armor.isWhitespace) ? .tooMuchWhitespace : .badFirstLine
        case .inside: .badLine
        case .afterShortLine, .after: .badLastLine
        }
    }

    /// Takes the line that has just ended.
    private mutating func takeLine(into binary: inout [UInt8]) throws(ArmorError) {
        if line.last == 0x0D { line.removeLast() }
        switch place {
        case .before: try takeBefore()
        case .inside: try takeInside(into: &binary)
        case .afterShortLine:
            guard line == Armor.end else { throw .badLastLine }
            end()
        case .after: break
        }
        line.removeAll(keepingCapacity: true)
    }

    private mutating func takeBefore() throws(ArmorError) {
        if line.allSatisfy(Armor.isWhitespace) {
            whitespace += line.count + 1
            guard whitespace <= Armor.whitespaceLimit else { throw .tooMuchWhitespace }
            return
        }
        guard line == Armor.begin else { throw .badFirstLine }
        place = .inside
    }

    private mutating func takeInside(into binary: inout [UInt8]) throws(ArmorError) {
        if line == Armor.end { return end() }
        guard !line.isEmpty, line.count <= Armor.lineColumns,
            let bytes = Base64.decode(line.span, padded: true)
        else { throw .badLine }
        binary += bytes
        if bytes.count < Armor.lineBytes { place = .afterShortLine }
    }

    private mutating func end() {
        place = .after
        whitespace = 0
    }

    private mutating func skip(_ byte: UInt8) throws(ArmorError) {
        guard Armor.isWhitespace(byte) else { throw .trailingData }
        whitespace += 1
        guard whitespace < Armor.whitespaceLimit else { throw .tooMuchWhitespace }
    }
}
