package import Sealing

/// A mailbox slot: 2,048 bytes that only the holder of the mailbox key can tell from chance.
///
///     nonce (12) || ChaCha20-Poly1305(mailbox key, nonce, inside)
///
/// The inside is the following CBOR item, then zeros up to ``insideBytes``:
///
///     ["sallyport.slot/1", address, counter, date, message, signature]
package enum MailboxSlot {
    /// Bytes under the seal.
    package static var insideBytes: Int { Limits.slotBytes - 12 - 16 }

    /// Seals a verified message for the reporter who holds `key`.
    ///
    /// - Throws: ``FormatError/tooLarge`` when the message does not fit, ``FormatError/wrongLength``
    ///   when the key is not 32 bytes long.
    package static func seal<P: Primitives>(
        _ message: VerifiedMessage, key: borrowing SecretBytes<P>
    ) throws(FormatError) -> [UInt8] {
        guard key.count == 32 else { throw .wrongLength }
        var writer = CBORWriter(reserving: Limits.slotBytes)
        writer.array(6)
        writer.label("sallyport.slot/1")
        writer.bytes(message.message.address.bytes)
        writer.uint(message.message.counter)
        writer.text(message.message.date)
        writer.bytes(message.encoded)
        writer.bytes(message.signature)
        guard writer.bytes.count <= insideBytes else { throw .tooLarge }
        let inside = writer.bytes + [UInt8](repeating: 0, count: insideBytes - writer.bytes.count)
        return SealedBox.seal(inside.span, key: key)
    }

    /// Opens what the door answered for `address`.
    ///
    /// - Parameters:
    ///   - keys: the keys of the directory that may sign desk messages.
    ///   - seen: the highest counter that this reporter has been shown, if it is known.
    /// - Throws: ``MailboxRefusal``.
    package static func open<P: Primitives>(
        _ slot: Span<UInt8>, key: borrowing SecretBytes<P>, address: MailboxAddress,
        trusting keys: [[UInt8]], seen: Int? = nil
    ) throws(MailboxRefusal) -> VerifiedMessage {
        guard slot.count == Limits.slotBytes, key.count == 32 else { throw .wrongSize }
        guard let inside = SealedBox.open(slot, key: key) else { throw .nothingHere }
        let message: VerifiedMessage
        do throws(FormatError) {
            let unverified = try inside.withBytes { (bytes) throws(FormatError) in
                try decode(bytes)
            }
            message = try unverified.verified(byOneOf: keys, with: P.self)
        } catch {
            throw error == .badSignature ? .badSignature : .malformed(error)
        }
        guard message.message.address == address else { throw .otherMailbox }
        guard message.message.counter >= seen ?? 0 else { throw .replayed }
        return message
    }

    /// The message inside an opened slot; address, counter and date outside it must be the
    /// message's own.
    ///
    /// - Throws: ``FormatError``.
    package static func decode(_ inside: Span<UInt8>) throws(FormatError) -> UnverifiedMessage {
        let prefix = try CBOR.decodePrefix(inside, limit: insideBytes) {
            (reader) throws(FormatError) in
            try reader.array(count: 6)
            try reader.label("sallyport.slot/1")
            let address = try MailboxAddress(reading: &reader)
            let counter = try reader.uint(in: 0...Int(Int32.max))
            let date = try reader.day()
            let unverified = try UnverifiedMessage(
                decoding: try reader.bytes(atMost: insideBytes),
                signature: try reader.bytes(count: 64))
            let message = unverified.message
            guard message.address == address, message.counter == counter, message.date == date
            else { throw .otherTip }
            return unverified
        }
        guard inside.count == insideBytes else { throw .wrongLength }
        for index in prefix.byteCount..<inside.count {
            guard inside[index] == 0 else { throw .wrongPadding }
        }
        return prefix.value
    }
}

/// Why a slot shows nothing.
package enum MailboxRefusal: Error, Equatable {
    /// Not a slot's size.
    case wrongSize
    /// It does not open with this receipt: nothing was ever sent with it, nothing was answered
    /// yet, or a digit is wrong. These cannot be told apart.
    case nothingHere
    /// It opened, but is not what the desk writes.
    case malformed(FormatError)
    /// No key of the directory signed it.
    case badSignature
    /// It was written for another mailbox.
    case otherMailbox
    /// It is older than one that was shown before.
    case replayed
}

/// Bytes of one fixed size sealed under a key that is not a file key: a random nonce before them.
enum SealedBox {
    /// nonce (12) || ChaCha20-Poly1305(key, nonce, `inside`).
    static func seal<P: Primitives>(
        _ inside: Span<UInt8>, key: borrowing SecretBytes<P>
    ) -> [UInt8] {
        let nonce = P.randomBytes(count: 12)
        var sealed = [UInt8](repeating: 0, count: inside.count + 16)
        var output = sealed.mutableSpan
        key.withBytes { P.Encryptor(key: $0).seal(inside, nonce: nonce.span, into: &output) }
        return nonce + sealed
    }

    /// What is inside; nil when the key is another or a byte was changed.
    static func open<P: Primitives>(
        _ box: Span<UInt8>, key: borrowing SecretBytes<P>
    ) -> SecretBytes<P>? {
        guard box.count >= 12 + 16 else { return nil }
        let nonce = box.extracting(0..<12)
        let sealed = box.extracting(12..<box.count)
        var inside = SecretBytes<P>(count: box.count - 12 - 16)
        let isOpen = key.withBytes { key in
            inside.withMutableBytes {
                P.Decryptor(key: key).open(sealed, nonce: nonce, into: &$0)
            }
        }
        guard isOpen else { return nil }
        return inside
    }
}
