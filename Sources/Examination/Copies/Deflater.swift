internal import CZlib

/// zlib's compressor (RFC 1950), fed piece by piece.
///
/// A class: zlib's state points back at the structure that holds it, which must not move.
@safe
final class Deflater {
    /// Bytes of compressed output that are gathered before they are passed on.
    private static let pieceBytes = 256 * 1024

    private let stream: UnsafeMutablePointer<z_stream>

    /// - Throws: ``NotDone/memoryLimit``.
    init() throws(NotDone) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // Level 4: a page of text or a photograph comes out a few per cent larger than at 6, in
        // half the time.
        let begun = unsafe deflateInit_(
            stream, 4, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard begun == Z_OK else { throw .memoryLimit }
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Takes bytes; gives what is ready, often nothing.
    func add(_ bytes: [UInt8]) throws(NotDone) -> [UInt8] { try run(bytes, Z_NO_FLUSH) }

    /// Ends the stream; gives the rest. Afterwards the compressor begins a new one.
    func finish() throws(NotDone) -> [UInt8] {
        let rest = try run([], Z_FINISH)
        guard unsafe deflateReset(stream) == Z_OK else { throw .memoryLimit }
        return rest
    }

    private func run(_ bytes: [UInt8], _ flush: Int32) throws(NotDone) -> [UInt8] {
        var input = bytes
        var output: [UInt8] = []
        var result = Z_OK
        unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe stream.pointee.next_in = input.baseAddress
            unsafe stream.pointee.avail_in = UInt32(input.count)
            repeat {
                let room = flush == Z_FINISH ? Self.pieceBytes : max(1024, input.count)
                output += unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                    unsafe stream.pointee.next_out = buffer.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(room)
                    result = unsafe deflate(stream, flush)
                    filled = room - Int(unsafe stream.pointee.avail_out)
                }
            } while unsafe result == Z_OK && stream.pointee.avail_out == 0
        }
        guard result == (flush == Z_FINISH ? Z_STREAM_END : Z_OK) || result == Z_BUF_ERROR else {
            throw .memoryLimit
        }
        return output
    }
}

/// The checksum of PNG's chunks (ISO 3309), which is zlib's too.
enum Checksum {
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var copy = bytes
        return unsafe copy.withUnsafeMutableBufferPointer {
            UInt32(unsafe CZlib.crc32(0, $0.baseAddress, UInt32($0.count)))
        }
    }
}
