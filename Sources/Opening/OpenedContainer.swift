package import Sealing

/// Opens a whole container that is in memory.
package enum OpenedContainer {
    /// The plaintext of `container` (header and payload), for one of `identities`.
    ///
    /// - Throws: ``OpeningError``; nothing is returned unless all of it is authentic.
    package static func open<P: Primitives>(
        _ container: Span<UInt8>, with identities: [Identity<P>]
    ) throws(OpeningError) -> SecretBytes<P> {
        let (header, payloadStart) = try parse(container)
        return try open(
            payload: container.extracting(payloadStart..<container.count),
            fileKey: try header.unwrap(with: identities))
    }

    /// The plaintext of `container`, sealed under `passphrase`.
    package static func open<P: Primitives>(
        _ container: Span<UInt8>, passphrase: borrowing SecretBytes<P>
    ) throws(OpeningError) -> SecretBytes<P> {
        let (header, payloadStart) = try parse(container)
        return try open(
            payload: container.extracting(payloadStart..<container.count),
            fileKey: try header.unwrap(passphrase: passphrase))
    }

    /// The plaintext of a whole payload under its file key.
    package static func open<P: Primitives>(
        payload: Span<UInt8>, fileKey: consuming FileKey<P>
    ) throws(OpeningError) -> SecretBytes<P> {
        var opener = PayloadOpener(fileKey: fileKey)
        var plaintext: [UInt8] = []
        plaintext.reserveCapacity(payload.count)
        do throws(OpeningError) {
            try opener.update(payload, into: &plaintext)
            try opener.finish(into: &plaintext)
        } catch {
            P.wipe(&plaintext)
            throw error
        }
        return SecretBytes(consuming: &plaintext)
    }

    private static func parse(_ container: Span<UInt8>) throws(OpeningError) -> (Header, Int) {
        do throws(HeaderError) {
            return try Header.parse(container)
        } catch {
            throw .header(error)
        }
    }
}
