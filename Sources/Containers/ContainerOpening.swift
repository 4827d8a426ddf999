package import DurableFiles
package import NativePrimitives
package import Opening
package import Sealing

/// Opens a stream of any length, in constant memory.
///
/// Each chunk is authentic when it is written to the sink, the whole only when the call returns: the
/// sink must be one that vanishes on failure (``DurableFiles/NewFile``), or a pipe whose reader
/// checks the exit code.
package enum ContainerOpening {
    private static let bufferBytes = 1024 * 1024

    /// The header at the start of `source`, and the bytes after it that were read already.
    ///
    /// - Throws: ``ContainerError``.
    package static func readHeader<Source: ByteSource & ~Copyable>(
        from source: inout Source
    ) throws(ContainerError) -> (header: Header, rest: [UInt8]) {
        var buffer = Secret(count: 64 * 1024)
        var start: [UInt8] = []
        while true {
            let count = try ContainerSealing.read(&source, into: &buffer)
            buffer.withBytes { start.append(copying: $0.extracting(first: count)) }
            do throws(HeaderError) {
                let (header, byteCount) = try Header.parse(start.span)
                return (header, [UInt8](start[byteCount...]))
            } catch {
                guard error == .truncated, count > 0 else { throw .opening(.header(error)) }
            }
        }
    }

    /// Opens `source` for one of `identities` into `sink`.
    package static func open<Source: ByteSource & ~Copyable, Sink: ByteSink & ~Copyable>(
        _ source: inout Source, with identities: [Identity<NativePrimitives>],
        into sink: inout Sink, progress: (Int) -> Void = { _ in }
    ) throws(ContainerError) {
        let (header, rest) = try readHeader(from: &source)
        let fileKey: FileKey<NativePrimitives>
        do throws(OpeningError) {
            fileKey = try header.unwrap(with: identities)
        } catch {
            throw .opening(error)
        }
        try openPayload(
            startingWith: rest, then: &source, under: fileKey, into: &sink, progress: progress)
    }

    /// Opens a payload whose first bytes were read already.
    package static func openPayload<Source: ByteSource & ~Copyable, Sink: ByteSink & ~Copyable>(
        startingWith first: [UInt8], then source: inout Source,
        under fileKey: consuming FileKey<NativePrimitives>, into sink: inout Sink,
        progress: (Int) -> Void = { _ in }
    ) throws(ContainerError) {
        var opener = PayloadOpener(fileKey: fileKey)
        var output: [UInt8] = []
        defer { NativePrimitives.wipe(&output) }
        try update(&opener, first.span, into: &output, then: &sink)
        var total = first.count
        var buffer = Secret(count: bufferBytes)
        while true {
            let count = try ContainerSealing.read(&source, into: &buffer)
            if count == 0 { break }
            var failure: ContainerError?
            buffer.withBytes { bytes in
                do throws(ContainerError) {
                    try update(&opener, bytes.extracting(first: count), into: &output, then: &sink)
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            total += count
            progress(total)
        }
        do throws(OpeningError) {
            try opener.finish(into: &output)
        } catch {
            throw .opening(error)
        }
        try ContainerSealing.write(output, into: &sink)
    }

    private static func update<Sink: ByteSink & ~Copyable>(
        _ opener: inout PayloadOpener<NativePrimitives>, _ bytes: Span<UInt8>,
        into output: inout [UInt8], then sink: inout Sink
    ) throws(ContainerError) {
        do throws(OpeningError) {
            try opener.update(bytes, into: &output)
        } catch {
            throw .opening(error)
        }
        try ContainerSealing.write(output, into: &sink)
        output.removeAll(keepingCapacity: true)
    }
}
