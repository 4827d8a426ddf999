package import DurableFiles
internal import NativePrimitives
package import Sealing

/// Seals a stream of any length, in constant memory.
package enum ContainerSealing {
    /// Bytes read and sealed at a time.
    static let bufferBytes = 1024 * 1024

    /// Seals everything from `source` to `sink` as one age file.
    ///
    /// - Parameter progress: is told how many plaintext bytes are sealed so far.
    /// - Throws: ``ContainerError``; what was written by then is not a container.
    package static func seal<Source: ByteSource & ~Copyable, Sink: ByteSink & ~Copyable>(
        _ source: inout Source, to recipients: [Recipient], into sink: inout Sink,
        progress: (Int) -> Void = { _ in }
    ) throws(ContainerError) {
        let fileKey = FileKey<NativePrimitives>()
        let header: Header
        do throws(SealingError) {
            header = try Header(wrapping: fileKey, to: recipients)
        } catch {
            throw .sealing(error)
        }
        try write(header.encoded, into: &sink)
        try sealPayload(of: &source, under: fileKey, into: &sink, progress: progress)
    }

    private static func sealPayload<Source: ByteSource & ~Copyable, Sink: ByteSink & ~Copyable>(
        of source: inout Source, under fileKey: borrowing FileKey<NativePrimitives>,
        into sink: inout Sink, progress: (Int) -> Void
    ) throws(ContainerError) {
        var sealer = PayloadSealer(fileKey: fileKey)
        var input = Secret(count: bufferBytes)
        var output: [UInt8] = []
        output.reserveCapacity(bufferBytes + Payload.chunkBytes)
        var total = 0
        while true {
            let count = try read(&source, into: &input)
            if count == 0 { break }
            do throws(SealingError) {
                try input.withBytes { (bytes) throws(SealingError) in
                    try sealer.update(bytes.extracting(first: count), into: &output)
                }
            } catch {
                throw .sealing(error)
            }
            try write(output, into: &sink)
            output.removeAll(keepingCapacity: true)
            total += count
            progress(total)
        }
        do throws(SealingError) {
            try sealer.finish(into: &output)
        } catch {
            throw .sealing(error)
        }
        try write(output, into: &sink)
    }

    static func read<Source: ByteSource & ~Copyable>(
        _ source: inout Source, into buffer: inout Secret
    ) throws(ContainerError) -> Int {
        do throws(FileError) {
            return try buffer.withMutableBytes { (bytes) throws(FileError) in
                try source.read(into: &bytes)
            }
        } catch {
            throw .file(error)
        }
    }

    static func write<Sink: ByteSink & ~Copyable>(
        _ bytes: [UInt8], into sink: inout Sink
    ) throws(ContainerError) {
        do throws(FileError) {
            try sink.write(bytes.span)
        } catch {
            throw .file(error)
        }
    }
}
