package import Sealing

/// The plaintext of an evidence part: a ustar file of exactly one member, then zero blocks.
///
/// The member is called `evidence`, whatever the file was called, with zero time and owner, so that
/// the archive says nothing the file does not; `age -d | tar xO` gives the original back. The reader
/// accepts what this writer writes, byte for byte, and nothing else.
package enum EvidenceTar {
    /// Bytes of a tar block.
    package static let blockBytes = 512

    /// The length of the whole plaintext for an original of `size` bytes: header, data, filling,
    /// the two zero blocks that end an archive, all padded.
    ///
    /// `size` is at most ``Limits/evidenceBytes``.
    package static func totalLength(size: ByteCount) -> ByteCount {
        Padding.paddedLength(filled(size) + 3 * ByteCount(blockBytes))
    }

    /// How many zero bytes follow an original of `size` bytes.
    package static func tailLength(size: ByteCount) -> ByteCount {
        totalLength(size: size) - ByteCount(blockBytes) - size
    }

    /// The header block for an original of `size` bytes; nil above ``Limits/evidenceBytes``.
    package static func header(size: ByteCount) -> [UInt8]? {
        guard (0...Limits.evidenceBytes).contains(size) else { return nil }
        var block = [UInt8](repeating: 0, count: blockBytes)
        put(ascii("evidence"), at: 0, in: &block)
        put(octal(0o644, digits: 7), at: 100, in: &block)
        put(octal(0, digits: 7), at: 108, in: &block)
        put(octal(0, digits: 7), at: 116, in: &block)
        put(octal(size, digits: 11), at: 124, in: &block)
        put(octal(0, digits: 11), at: 136, in: &block)
        put(ascii("        "), at: 148, in: &block)
        put(ascii("0"), at: 156, in: &block)
        put(ascii("ustar"), at: 257, in: &block)
        put(ascii("00"), at: 263, in: &block)
        put(octal(0, digits: 7), at: 329, in: &block)
        put(octal(0, digits: 7), at: 337, in: &block)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + [0], at: 148, in: &block)
        return block
    }

    /// `size` rounded up to whole blocks.
    static func filled(_ size: ByteCount) -> ByteCount {
        (size + ByteCount(blockBytes) - 1) / ByteCount(blockBytes) * ByteCount(blockBytes)
    }

    private static func put(_ bytes: [UInt8], at offset: Int, in block: inout [UInt8]) {
        block.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }

    private static func octal(_ value: some FixedWidthInteger, digits: Int) -> [UInt8] {
        (0..<digits).map { 0x30 + UInt8(truncatingIfNeeded: value >> (3 * (digits - 1 - $0)) & 7) }
    }
}

/// Why a plaintext is not an evidence archive of ours.
package enum EvidenceTarError: Error, Equatable {
    /// It ended too early, or goes on beyond its padded length.
    case wrongLength
    /// The member is a link, a directory or a device, not a plain file.
    case notAFile
    /// The member has another name than `evidence`: a path, perhaps.
    case otherName
    /// The header differs from ours in some other way.
    case badHeader
    /// There is a second member.
    case secondMember
    /// What fills the last block or the end is not all zero.
    case nonZeroTail
}
