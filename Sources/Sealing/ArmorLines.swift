/// The whole lines in the middle of armor, nearly all of it, many at once and eight characters at a
/// time.
///
/// A word of eight characters is six bytes, but is read and written as eight: so both ways leave
/// alone what stands too near the end, and the callers do that byte by byte.
enum ArmorLines {
    private static let wordColumns = 8
    private static let wordBytes = 6

    /// Appends to `text` the lines of the container's `bytes`, of which there may be too few.
    ///
    /// - Returns: how many bytes were taken: a multiple of ``Armor/lineBytes``.
    static func encode(_ bytes: Span<UInt8>, into text: inout [UInt8]) -> Int {
        let lines = max(0, bytes.count - 2) / Armor.lineBytes
        var end = text.count
        text.append(contentsOf: repeatElement(0x0A, count: lines * (Armor.lineColumns + 1)))
        var span = text.mutableSpan
        var space = unsafe span.mutableBytes
        let bytes = unsafe bytes.bytes
        for line in 0..<lines {
            encodeLine(bytes, at: line * Armor.lineBytes, into: &space, at: end)
            end += Armor.lineColumns + 1
        }
        return lines * Armor.lineBytes
    }

    /// Appends to `binary` what the lines say with which `text` begins, up to the first that is not
    /// whole or not right.
    ///
    /// - Returns: how many bytes of the text were taken: nothing of a line that was not understood.
    static func decode(_ text: Span<UInt8>, into binary: inout [UInt8]) -> Int {
        let most = text.count / (Armor.lineColumns + 1)
        var taken = 0
        var end = binary.count
        binary.append(contentsOf: repeatElement(0, count: most * Armor.lineBytes + 2))
        var span = binary.mutableSpan
        var space = unsafe span.mutableBytes
        let characters = unsafe text.bytes
        while let next = lineEnd(text, from: taken),
            decodeLine(characters, at: taken, into: &space, at: end)
        {
            taken = next
            end += Armor.lineBytes
        }
        binary.removeLast(binary.count - end)
        return taken
    }

    @inline(__always)
    private static func encodeLine(
        _ bytes: RawSpan, at start: Int, into text: inout MutableRawSpan, at column: Int
    ) {
        for word in 0..<Armor.lineColumns / wordColumns {
            let group = unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: start + word * wordBytes, as: UInt64.self)
            text.storeBytes(
                of: Base64Word.encode(group.bigEndian >> 16).bigEndian,
                toByteOffset: column + word * wordColumns, as: UInt64.self)
        }
    }

    /// Decodes one line without its end; false when it is not base64 all through.
    @inline(__always)
    private static func decodeLine(
        _ text: RawSpan, at column: Int, into binary: inout MutableRawSpan, at start: Int
    ) -> Bool {
        for word in 0..<Armor.lineColumns / wordColumns {
            let characters = unsafe text.unsafeLoadUnaligned(
                fromByteOffset: column + word * wordColumns, as: UInt64.self)
            guard let group = Base64Word.decode(characters.bigEndian) else { return false }
            binary.storeBytes(
                of: (group << 16).bigEndian, toByteOffset: start + word * wordBytes,
                as: UInt64.self)
        }
        return true
    }

    /// Where the line after that of 64 columns at `start` begins; nil when it is shorter or longer,
    /// or nothing comes after it and its LF or CR LF, which might be cut.
    private static func lineEnd(_ text: Span<UInt8>, from start: Int) -> Int? {
        let end = start + Armor.lineColumns
        guard end + 2 < text.count else { return nil }
        if text[end] == 0x0A { return end + 1 }
        return text[end] == 0x0D && text[end + 1] == 0x0A ? end + 2 : nil
    }
}
