internal import DurableFiles
internal import Glibc
internal import Sealing
internal import Terminal
internal import Tips

/// The plaintext of an evidence part, read from an original of known length: one tar member, then
/// zeros (DESIGN §3). For sealing a file by itself.
struct EvidenceSource: ~Copyable, ByteSource {
    private var file: OpenFile
    private let header: [UInt8]
    private let byteCount: Int
    private let totalBytes: Int
    private var position = 0

    /// Wraps `file`, which has `byteCount` bytes.
    ///
    /// - Throws: `Failure` when it is larger than evidence may be.
    init(file: consuming OpenFile, byteCount: Int) throws(Failure) {
        guard let header = EvidenceTar.header(size: byteCount) else {
            throw Failure(
                "The file is larger than \(Limits.evidenceBytes >> 30) GiB.",
                hint: "Seal it in several pieces.")
        }
        self.file = file
        self.header = header
        self.byteCount = byteCount
        totalBytes = EvidenceTar.totalLength(size: byteCount)
    }

    /// Gives header, data and zeros in turn; one call never crosses from one to the next.
    ///
    /// - Throws: `FileError` with `EBUSY` when the file has become shorter or longer: what is sealed
    ///   would not be all of it. What is read never goes beyond the length that was named.
    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FileError) -> Int {
        let dataEnd = header.count + byteCount
        let count: Int
        if position < header.count {
            count = min(buffer.count, header.count - position)
            for index in 0..<count { buffer[index] = header[position + index] }
        } else if position < dataEnd {
            count = try readData(into: &buffer, atMost: dataEnd - position)
            guard count > 0 else { throw FileError("read", file.path, code: EBUSY) }
        } else {
            if position == totalBytes, try file.regularFileLength() != byteCount {
                throw FileError("read", file.path, code: EBUSY)
            }
            count = min(buffer.count, totalBytes - position)
            for index in 0..<count { buffer[index] = 0 }
        }
        position += count
        return count
    }

    private mutating func readData(
        into buffer: inout MutableSpan<UInt8>, atMost limit: Int
    ) throws(FileError) -> Int {
        guard limit < buffer.count else { return try file.read(into: &buffer) }
        var rest = [UInt8](repeating: 0, count: limit)
        var span = rest.mutableSpan
        let count = try file.read(into: &span)
        for index in 0..<count { buffer[index] = rest[index] }
        return count
    }
}
