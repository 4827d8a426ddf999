internal import Containers
package import DurableFiles
package import NativePrimitives
package import Opening
internal import Sealing

/// Opens one age file, as age does, bit for bit.
package enum SingleFile {
    /// Opens `source` into `sink` with one of `identities`, or under a passphrase if it is sealed
    /// so.
    ///
    /// What reaches the sink before an error is authentic but not the whole: use a sink that
    /// vanishes, or check the exit code.
    /// - Throws: ``ReceptionError/container(_:)``, and what `passphrase` throws.
    package static func open<
        Source: ByteSource & ~Copyable, Sink: ByteSink & ~Copyable, Failure: Error
    >(
        _ source: inout Source, with identities: [Identity<NativePrimitives>],
        passphrase: () throws(Failure) -> Secret, into sink: inout Sink,
        progress: (Int) -> Void = { _ in }
    ) throws {
        do {
            let (header, rest) = try ContainerOpening.readHeader(from: &source)
            let fileKey =
                header.wantsPassphrase
                ? try header.unwrap(passphrase: passphrase())
                : try header.unwrap(with: identities)
            try ContainerOpening.openPayload(
                startingWith: rest, then: &source, under: fileKey, into: &sink, progress: progress)
        } catch let error as ContainerError {
            throw ReceptionError.container(error)
        } catch let error as OpeningError {
            throw ReceptionError.container(.opening(error))
        }
    }
}
