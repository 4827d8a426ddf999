internal import AsyncHTTPClient
internal import DurableFiles
internal import NIOCore
internal import NIOHTTP1
internal import Wire

/// Fetches one file in ranges and goes on where an earlier attempt stopped.
///
/// What has arrived is in `<path>.partial`. When all is there it is synced and gets its name; what
/// it holds is for the caller to verify, who deletes it if it is wrong.
struct Download {
    /// Bytes of one range.
    static let rangeBytes = 8 * 1024 * 1024

    let connection: Connection
    let source: PartnerPath
    let byteCount: Int
    let path: String
    /// Who may go on with it, within the process's umask.
    var mode: UInt32 = 0o600
    let progress: @Sendable (_ received: Int, _ total: Int) -> Void

    private var partialPath: String { path + ".partial" }

    func run() async throws(PartnerError) {
        do {
            var offset = try resumedOffset()
            progress(offset, byteCount)
            while offset < byteCount {
                offset = try await fetch(from: offset)
            }
            try finish()
        } catch let error as FileError {
            throw .file(error)
        } catch let error as PartnerError {
            throw error
        } catch {
            throw .unreachable("the answer broke off: \(error)")
        }
    }

    /// How much an earlier attempt left; a leftover that cannot be of this file is thrown away.
    private func resumedOffset() throws(FileError) -> Int {
        let file = try OpenFile(updating: partialPath, mode: mode)
        let length = try file.regularFileLength() ?? 0
        guard length > byteCount else { return length }
        try file.truncate(to: 0)
        return 0
    }

    private func fetch(from offset: Int) async throws -> Int {
        let end = min(offset + Self.rangeBytes, byteCount)
        let answer = try await connection.send("GET", source, range: offset...end - 1)
        guard answer.response.status.code == 206,
            answer.response.headers.first(name: "Content-Range")
                == "bytes \(offset)-\(end - 1)/\(byteCount)"
        else { throw PartnerError.unexpectedAnswer(status: Int(answer.response.status.code)) }
        var position = offset
        for try await buffer in answer.response.body {
            guard position + buffer.readableBytes <= end else {
                throw PartnerError.unexpectedAnswer(status: 206)
            }
            // Opened per piece: an open file is not copyable and cannot live across this loop.
            let file = try OpenFile(updating: partialPath, mode: mode)
            try file.write([UInt8](buffer: buffer).span, at: position)
            position += buffer.readableBytes
            progress(position, byteCount)
        }
        guard position == end else { throw PartnerError.unreachable("the answer broke off") }
        return position
    }

    private func finish() throws(FileError) {
        let file = try OpenFile(updating: partialPath, mode: mode)
        try file.sync()
        try Durable.move(partialPath, to: path)
    }
}
