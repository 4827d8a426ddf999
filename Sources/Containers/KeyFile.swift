package import DurableFiles
package import NativePrimitives
internal import Opening
internal import Sealing

/// A secret on disk: an age file under a passphrase, mode 0600, or (said aloud) the secret itself.
package enum KeyFile {
    /// Most bytes of a key file.
    package static let byteLimit = 64 * 1024

    /// Writes `secret` sealed under `passphrase`; refuses to replace a file.
    package static func write(
        _ secret: borrowing Secret, passphrase: borrowing Secret, to path: String,
        workFactor: Int = ScryptStanza.defaultWorkFactor
    ) throws(ContainerError) {
        let container: SealedContainer
        do throws(SealingError) {
            container = try secret.withBytes { (bytes) throws(SealingError) in
                try SealedContainer.sealing(bytes, passphrase: passphrase, workFactor: workFactor)
            }
        } catch {
            throw .sealing(error)
        }
        try write((container.header + container.payload).span, to: path)
    }

    /// Writes `secret` as it is; for keys that must be usable without a person.
    package static func writeUnprotected(
        _ secret: borrowing Secret, to path: String
    ) throws(ContainerError) {
        try secret.withBytes { (bytes) throws(ContainerError) in try write(bytes, to: path) }
    }

    /// The secret in the file at `path`, which asks for its passphrase only if it is sealed.
    ///
    /// - Parameter passphrase: is called at most once, and not for a file that no passphrase opens.
    /// - Throws: `FileError`, `OpeningError` (``Opening/OpeningError/noMatch`` for a file that is sealed to
    ///   a key), and what `passphrase` throws.
    package static func read<Failure: Error>(
        _ path: String, passphrase: () throws(Failure) -> Secret
    ) throws -> Secret {
        try read(OpenFile(reading: path), passphrase: passphrase)
    }

    /// The secret in an open file, or what a pipe gives; else as for a path.
    package static func read<Failure: Error>(
        _ file: consuming OpenFile, passphrase: () throws(Failure) -> Secret
    ) throws -> Secret {
        var bytes = try Durable.readToEnd(file, limit: byteLimit)
        guard isSealed(bytes) else { return Secret(consuming: &bytes) }
        if Armor.isLikely(bytes.span) { bytes = try dearmored(bytes) }
        guard try isUnderPassphrase(bytes.span) else { throw OpeningError.noMatch }
        let passphrase = try passphrase()
        return try OpenedContainer.open(bytes.span, passphrase: passphrase)
    }

    /// Whether `bytes` begin as an age file does, binary or armored.
    package static func isSealed(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: ascii("age-encryption.org/")) || Armor.isLikely(bytes.span)
    }

    private static func isUnderPassphrase(_ container: Span<UInt8>) throws(OpeningError) -> Bool {
        let header: Header
        do throws(HeaderError) {
            header = try Header.parse(container).0
        } catch {
            throw .header(error)
        }
        guard header.wantsPassphrase else { return false }
        try header.requirePassphraseStanza()
        return true
    }

    private static func dearmored(_ text: [UInt8]) throws(OpeningError) -> [UInt8] {
        var decoder = ArmorDecoder()
        var binary: [UInt8] = []
        do throws(ArmorError) {
            try decoder.update(text.span, into: &binary)
            try decoder.finish(into: &binary)
        } catch {
            throw .armor(error)
        }
        return binary
    }

    private static func write(_ bytes: Span<UInt8>, to path: String) throws(ContainerError) {
        do throws(FileError) {
            try Durable.write(bytes, to: path, mode: 0o600)
        } catch {
            throw .file(error)
        }
    }
}
