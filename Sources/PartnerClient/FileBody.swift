internal import DurableFiles
internal import NIOCore

/// A range of a file as a request's body, read in pieces.
struct FileBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    /// Bytes read at once.
    static let pieceBytes = 256 * 1024

    let path: String
    let offset: Int
    let byteCount: Int
    let progress: @Sendable (_ sent: Int) -> Void

    struct AsyncIterator: AsyncIteratorProtocol {
        let body: FileBody
        var done = 0

        mutating func next() async throws -> ByteBuffer? {
            let count = Swift.min(FileBody.pieceBytes, body.byteCount - done)
            guard count > 0 else { return nil }
            let file = try OpenFile(reading: body.path)
            let bytes = try file.read(at: body.offset + done, count: count)
            guard bytes.count == count else {
                throw FileError("read", body.path, code: FileBody.shortened)
            }
            done += count
            body.progress(done)
            return ByteBuffer(bytes: bytes)
        }
    }

    /// `EIO`: the file became shorter while it was read.
    private static let shortened: Int32 = 5

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: self)
    }
}
