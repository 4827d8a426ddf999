package import DurableFiles
package import NativePrimitives
package import Opening
internal import Sealing

/// Opens a stream of any length, in constant memory, on all processors.
///
/// Each chunk is authentic when it is written to the sink, the whole only when the call returns: the
/// sink must be one that vanishes on failure (``DurableFiles/NewFile``), or a pipe whose reader
/// checks the exit code.
package struct ContainerOpening<Source: ByteSource & ~Copyable>: ~Copyable {
    private typealias Opener = SegmentedOpener<NativePrimitives>

    private var container: ContainerSource<Source>
    private let fileKey: FileKey<NativePrimitives>

    /// Unlocks the container in `source` with one of `identities`, or with a passphrase if it is
    /// sealed so.
    ///
    /// - Parameters:
    ///   - identities: is called at most once, and only if the container is not under a passphrase.
    ///   - passphrase: is called at most once, and only if the container is under one.
    /// - Throws: ``ContainerError``, and what the two closures throw.
    package init(
        _ source: consuming Source, with identities: () throws -> [Identity<NativePrimitives>],
        passphrase: () throws -> Secret
    ) throws {
        var container = try ContainerSource(source)
        let (header, _) = try container.header()
        if header.wantsPassphrase {
            try Self.unlocking { () throws(OpeningError) in try header.requirePassphraseStanza() }
            let passphrase = try passphrase()
            fileKey = try Self.unlocking { () throws(OpeningError) in
                try header.unwrap(passphrase: passphrase)
            }
        } else {
            let identities = try identities()
            fileKey = try Self.unlocking { () throws(OpeningError) in
                try header.unwrap(with: identities)
            }
        }
        self.container = container
    }

    private static func unlocking<Unlocked: ~Copyable>(
        _ unlock: () throws(OpeningError) -> Unlocked
    ) throws(ContainerError) -> Unlocked {
        do throws(OpeningError) {
            return try unlock()
        } catch {
            throw .opening(error)
        }
    }

    /// Opens the payload into `sink`.
    ///
    /// - Parameter progress: is told how many bytes of the payload are opened so far.
    /// - Throws: ``ContainerError``.
    package consuming func run<Sink: ByteSink & ~Copyable>(
        into sink: inout Sink, progress: (Int) -> Void = { _ in }
    ) throws(ContainerError) {
        try run(isOrdered: true, progress) { (bytes, _) throws(FileError) in
            try sink.write(bytes)
        }
    }

    /// Opens the payload into a file that appears only when it is whole: its segments are written
    /// side by side.
    ///
    /// - Parameter progress: is told how many bytes of the payload are opened so far.
    /// - Throws: ``ContainerError``.
    package consuming func run(
        into file: inout NewFile, progress: (Int) -> Void = { _ in }
    ) throws(ContainerError) {
        let start = file.byteCount
        try run(isOrdered: false, progress) { (bytes, number) throws(FileError) in
            try file.write(bytes, at: start + number * Opener.segmentBytes)
        }
    }

    private consuming func run(
        isOrdered: Bool, _ progress: (Int) -> Void,
        write: (Span<UInt8>, Int) throws(FileError) -> Void
    ) throws(ContainerError) {
        var opener = Opener(fileKey: fileKey, nonce: try container.payloadNonce())
        let pipeline = SegmentPipeline(
            segmentBytes: (Opener.sealedSegmentBytes, Opener.segmentBytes), isOrdered: isOrdered)
        try pipeline.run(
            read: { (space) throws(ContainerError) in try container.read(into: &space) },
            take: { () throws(ContainerError) in opener.nextSegment() },
            work: { segment, sealed, isLast, plaintext in
                let opened = segment.open(sealed, isLast: isLast, into: &plaintext)
                return .init(
                    byteCount: opened.byteCount, error: opened.error.map(ContainerError.opening))
            },
            write: write, progress: progress)
    }
}
