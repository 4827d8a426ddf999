internal import CZlib

/// zlib's decompressor (RFC 1950), for what ``Deflater`` made.
///
/// A class: zlib's state points back at the structure that holds it, which must not move.
@safe
final class Inflater {
    /// Bytes of output that are given at a time.
    private static let pieceBytes = 64 * 1024

    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the compressed stream has ended.
    private(set) var isAtEnd = false

    /// - Throws: ``NotDone/memoryLimit``.
    init() throws(NotDone) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let begun = unsafe inflateInit_(
            stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard begun == Z_OK else { throw .memoryLimit }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Takes compressed bytes and lends what they hold, piece by piece.
    ///
    /// - Throws: ``NotDone/unexpectedOutput`` for what is no such stream, or goes on after its end.
    func take(
        _ bytes: [UInt8], _ each: (ArraySlice<UInt8>) throws(NotDone) -> Void
    ) throws(NotDone) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard !isAtEnd else { throw .unexpectedOutput }
            let (taken, output) = try step(rest)
            rest = rest.dropFirst(taken)
            guard taken > 0 || !output.isEmpty else { throw .unexpectedOutput }
            try each(output[...])
        }
        try drain(each)
    }

    /// Gives what zlib still holds when its last piece was full.
    private func drain(_ each: (ArraySlice<UInt8>) throws(NotDone) -> Void) throws(NotDone) {
        while !isAtEnd {
            let (_, output) = try step([])
            if output.isEmpty { return }
            try each(output[...])
        }
    }

    private func step(_ input: ArraySlice<UInt8>) throws(NotDone) -> (Int, [UInt8]) {
        var input = Array(input.prefix(Self.pieceBytes))
        var (result, left) = (Z_OK, 0)
        let output = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe stream.pointee.next_in = input.baseAddress
            unsafe stream.pointee.avail_in = UInt32(input.count)
            return unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceBytes) { buffer, filled in
                unsafe stream.pointee.next_out = buffer.baseAddress
                unsafe stream.pointee.avail_out = UInt32(Self.pieceBytes)
                result = unsafe inflate(stream, Z_NO_FLUSH)
                filled = Self.pieceBytes - Int(unsafe stream.pointee.avail_out)
                left = Int(unsafe stream.pointee.avail_in)
            }
        }
        guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(result) else { throw .unexpectedOutput }
        isAtEnd = result == Z_STREAM_END
        return (input.count - left, output)
    }
}
