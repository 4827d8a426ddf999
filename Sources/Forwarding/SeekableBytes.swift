/// Bytes that can be read at any place: a file, or an array in memory.
///
/// The bundle's readers are written over this, so that they know no files.
package protocol SeekableBytes {
    /// How many bytes there are.
    var byteCount: Int { get }
    /// Reads exactly `count` bytes from `offset` on.
    ///
    /// - Throws: ``TarError/truncated`` past the end, ``TarError/unreadable`` on an I/O error.
    func read(at offset: Int, count: Int) throws(TarError) -> [UInt8]
}

/// Bytes in memory.
package struct MemoryBytes: SeekableBytes, Sendable {
    private let bytes: [UInt8]

    /// A source of `bytes`.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var byteCount: Int { bytes.count }

    package func read(at offset: Int, count: Int) throws(TarError) -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
            throw .truncated
        }
        return [UInt8](bytes[offset..<offset + count])
    }
}
