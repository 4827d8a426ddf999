package import Sealing
package import Tips

/// One text part, sealed, and what the manifest says of it.
package struct SealedText: Sendable {
    let container: SealedContainer
    let listed: Manifest.Part

    /// Seals a plaintext that is already in its class's one form.
    ///
    /// - Throws: ``BuildError``.
    package init<P: Primitives>(
        plaintext: Span<UInt8>, as partClass: PartClass, to recipient: Recipient,
        with primitives: P.Type
    ) throws(BuildError) {
        let container: SealedContainer
        do throws(SealingError) {
            container = try .sealing(plaintext, to: [recipient], with: P.self)
        } catch {
            throw .sealing(error)
        }
        self.container = container
        listed = Manifest.Part(
            partClass: partClass,
            payloadDigest: .of(container.payload.span, with: P.self),
            plaintextDigest: .of(plaintext, with: P.self))
    }
}

/// Seals manifests; the only place that puts the mailbox key into one.
enum ManifestSealing {
    static func seal<P: Primitives>(
        _ manifest: Manifest, keys: borrowing ReceiptKeys<P>, to recipient: Recipient
    ) throws(BuildError) -> SealedContainer {
        let plaintext: SecretBytes<P>
        do throws(FormatError) {
            plaintext = try manifest.encoded(mailboxKey: keys.mailboxKey)
        } catch {
            throw error == .tooLarge ? .tooLong : .format(error)
        }
        do throws(SealingError) {
            return try plaintext.withBytes { (bytes) throws(SealingError) in
                try .sealing(bytes, to: [recipient], with: P.self)
            }
        } catch {
            throw .sealing(error)
        }
    }
}
