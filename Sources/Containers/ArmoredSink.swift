package import DurableFiles
internal import Sealing

/// Writes a container as text into another sink.
package struct ArmoredSink<Sink: ByteSink & ~Copyable>: ~Copyable, ByteSink {
    /// Bytes that become text at a time: 2,048 lines, which the cache holds until they are written.
    private static var pieceBytes: Int { 96 * 1024 }

    private var sink: Sink
    private var encoder = ArmorEncoder()

    /// Text for `sink`.
    package init(_ sink: consuming Sink) {
        self.sink = sink
    }

    package mutating func write(_ bytes: Span<UInt8>) throws(FileError) {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: Self.pieceBytes) {
            let end = min(start + Self.pieceBytes, bytes.count)
            text.removeAll(keepingCapacity: true)
            encoder.update(bytes.extracting(start..<end), into: &text)
            try sink.write(text.span)
        }
    }

    /// Writes the last line, and gives the sink back.
    package consuming func finish() throws(FileError) -> Sink {
        var text: [UInt8] = []
        encoder.finish(into: &text)
        try sink.write(text.span)
        return sink
    }
}
