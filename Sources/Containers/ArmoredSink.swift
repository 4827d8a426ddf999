package import DurableFiles
internal import Sealing

/// Writes a container as text into another sink.
package struct ArmoredSink<Sink: ByteSink & ~Copyable>: ~Copyable, ByteSink {
    private var sink: Sink
    private var encoder = ArmorEncoder()

    /// Text for `sink`.
    package init(_ sink: consuming Sink) {
        self.sink = sink
    }

    package mutating func write(_ bytes: Span<UInt8>) throws(FileError) {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 3 * 4 + bytes.count / 48 + 128)
        encoder.update(bytes, into: &text)
        try sink.write(text.span)
    }

    /// Writes the last line, and gives the sink back.
    package consuming func finish() throws(FileError) -> Sink {
        var text: [UInt8] = []
        encoder.finish(into: &text)
        try sink.write(text.span)
        return sink
    }
}
