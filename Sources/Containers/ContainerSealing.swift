package import DurableFiles
package import NativePrimitives
package import Sealing

/// Seals a stream of any length, in constant memory, on all processors.
package struct ContainerSealing: ~Copyable {
    private typealias Sealer = SegmentedSealer<NativePrimitives>

    private let header: Header
    private let fileKey: FileKey<NativePrimitives>

    /// A container for each of `recipients`, under a fresh file key.
    ///
    /// - Throws: ``ContainerError/sealing(_:)``.
    package init(to recipients: [Recipient]) throws(ContainerError) {
        let fileKey = FileKey<NativePrimitives>()
        do throws(SealingError) {
            header = try Header(wrapping: fileKey, to: recipients)
        } catch {
            throw .sealing(error)
        }
        self.fileKey = fileKey
    }

    /// A container for whoever knows `passphrase`, under a fresh file key.
    ///
    /// - Throws: ``ContainerError/sealing(_:)``.
    package init(
        passphrase: borrowing Secret, workFactor: Int = ScryptStanza.defaultWorkFactor
    ) throws(ContainerError) {
        let fileKey = FileKey<NativePrimitives>()
        do throws(SealingError) {
            header = try Header(
                wrapping: fileKey, passphrase: passphrase, workFactor: workFactor)
        } catch {
            throw .sealing(error)
        }
        self.fileKey = fileKey
    }

    /// Seals everything from `source` to `sink` as one age file.
    ///
    /// - Parameter progress: is told how many plaintext bytes are sealed so far.
    /// - Throws: ``ContainerError``; what was written by then is not a container.
    package consuming func run<Source: ByteSource & ~Copyable, Sink: ByteSink & ~Copyable>(
        _ source: inout Source, into sink: inout Sink, progress: (Int) -> Void = { _ in }
    ) throws(ContainerError) {
        var sealer = Sealer(fileKey: fileKey)
        try begin(sealer.nonce, into: &sink)
        try Self.run(&sealer, &source, isOrdered: true, progress) {
            (bytes, _) throws(FileError) in try sink.write(bytes)
        }
    }

    /// Seals into a file that appears only when it is whole: its segments are written side by side.
    ///
    /// - Parameter progress: is told how many plaintext bytes are sealed so far.
    /// - Throws: ``ContainerError``.
    package consuming func run<Source: ByteSource & ~Copyable>(
        _ source: inout Source, into file: inout NewFile, progress: (Int) -> Void = { _ in }
    ) throws(ContainerError) {
        var sealer = Sealer(fileKey: fileKey)
        try begin(sealer.nonce, into: &file)
        let start = file.byteCount
        try Self.run(&sealer, &source, isOrdered: false, progress) {
            (bytes, number) throws(FileError) in
            try file.write(bytes, at: start + number * Sealer.sealedSegmentBytes)
        }
    }

    /// Writes the header and the payload's nonce.
    private borrowing func begin<Sink: ByteSink & ~Copyable>(
        _ nonce: [UInt8], into sink: inout Sink
    ) throws(ContainerError) {
        do throws(FileError) {
            try sink.write((header.encoded + nonce).span)
        } catch {
            throw .file(error)
        }
    }

    private static func run<Source: ByteSource & ~Copyable>(
        _ sealer: inout Sealer, _ source: inout Source, isOrdered: Bool,
        _ progress: (Int) -> Void, write: (Span<UInt8>, Int) throws(FileError) -> Void
    ) throws(ContainerError) {
        let pipeline = SegmentPipeline(
            segmentBytes: (Sealer.segmentBytes, Sealer.sealedSegmentBytes), isOrdered: isOrdered)
        try pipeline.run(
            read: { (space) throws(ContainerError) in try readBytes(&source, into: &space) },
            take: { () throws(ContainerError) in
                do throws(SealingError) {
                    return try sealer.nextSegment()
                } catch {
                    throw .sealing(error)
                }
            },
            work: { segment, plaintext, isLast, sealed in
                do throws(SealingError) {
                    let count = try segment.seal(plaintext, isLast: isLast, into: &sealed)
                    return .init(byteCount: count, error: nil)
                } catch {
                    return .init(byteCount: 0, error: .sealing(error))
                }
            },
            write: write, progress: progress)
    }
}

/// Reads from `source`, with the error of this module.
func readBytes<Source: ByteSource & ~Copyable>(
    _ source: inout Source, into space: inout MutableSpan<UInt8>
) throws(ContainerError) -> Int {
    do throws(FileError) {
        return try source.read(into: &space)
    } catch {
        throw .file(error)
    }
}
