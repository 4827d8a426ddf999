package import Tips

/// The form in which a desk keeps a sketch in its sealed tables: `[fingerprint, pieces, values]`, the
/// values as four bytes each, the highest first.
extension TextSketch {
    /// Writes the sketch.
    package func write(to writer: inout CBORWriter) {
        writer.array(3)
        writer.bytes(fingerprint.bytes)
        writer.uint(pieces)
        writer.bytes(
            values.flatMap { value in
                (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * $0)) }
            })
    }

    /// Reads a sketch that was written so.
    package init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 3)
        guard let fingerprint = SHA256Digest(try reader.bytes(count: 32))
        else { throw .wrongLength }
        let pieces = try reader.uint(in: 1...Int(Int32.max))
        let bytes = try reader.bytes(count: 4 * Self.width)
        var values: [UInt32] = []
        values.reserveCapacity(Self.width)
        for start in stride(from: 0, to: bytes.count, by: 4) {
            values.append(bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) })
        }
        self.init(values: values, fingerprint: fingerprint, pieces: pieces)
    }

    private init(values: [UInt32], fingerprint: SHA256Digest, pieces: Int) {
        self.values = values
        self.fingerprint = fingerprint
        self.pieces = pieces
    }
}
