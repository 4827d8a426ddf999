internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips

/// A whole frame in a file too large for memory.
enum FrameFile {
    private static let readBytes = 1 << 20

    /// Whether the file is a frame in which the signature, every length, every digest and every
    /// header is right. It is read once, from the disk, after the last byte came.
    ///
    /// - Throws: ``FileError`` when it cannot be read.
    static func isValid(_ path: String, length: Int) throws(FileError) -> Bool {
        let file = try OpenFile(reading: path)
        guard try file.regularFileLength() == length else { return false }
        let prefix = try file.read(at: 0, count: FrameHead.byteLimit)
        guard let head = try? FrameHead.parse(prefix: prefix.span),
            head.frameByteCount == length,
            (try? head.envelope.verified(with: NativePrimitives.self)) != nil
        else { return false }
        for place in head.layout {
            let header = try file.read(at: place.header.lowerBound, count: place.header.count)
            guard place.part.accepts(header: header.span, with: NativePrimitives.self),
                try digest(of: file, place.payload) == place.part.payloadDigest.bytes
            else { return false }
        }
        return true
    }

    private static func digest(
        of file: borrowing OpenFile, _ range: Range<Int>
    ) throws(FileError) -> [UInt8] {
        let digest = NativePrimitives.Digest()
        var position = range.lowerBound
        while position < range.upperBound {
            let bytes = try file.read(
                at: position, count: min(readBytes, range.upperBound - position))
            guard !bytes.isEmpty else { break }
            digest.update(bytes.span)
            position += bytes.count
        }
        return digest.finish()
    }
}
