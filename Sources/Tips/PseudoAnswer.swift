package import Sealing

/// What a door answers for an address that nobody owns: as many bytes, as random, as a real answer.
///
/// The same address gets the same bytes for as long as real answers stay the same, so asking twice
/// tells nothing either.
package enum PseudoAnswer {
    /// A mailbox slot for `address`: changes with `period`, as all real slots do.
    package static func slot<P: Primitives>(
        for address: MailboxAddress, period: FormatText, secret: borrowing SecretBytes<P>
    ) -> [UInt8] {
        bytes(
            Limits.slotBytes, label: "sallyport.no-slot/1", address.bytes, period: period,
            secret: secret)
    }

    /// A parked state for `address`: never changes, as real ones never do.
    package static func parked<P: Primitives>(
        for address: ParkedAddress, secret: borrowing SecretBytes<P>
    ) -> [UInt8] {
        bytes(
            Limits.parkedBytes, label: "sallyport.no-parked/1", address.bytes, period: FormatText(),
            secret: secret)
    }

    /// HKDF in blocks of 4,096 bytes, as one call gives 8,160 at most; the info is CBOR, so that
    /// no two inputs run together.
    private static func bytes<P: Primitives>(
        _ count: Int, label: StaticString, _ address: [UInt8], period: FormatText,
        secret: borrowing SecretBytes<P>
    ) -> [UInt8] {
        var answer: [UInt8] = []
        while answer.count < count {
            var info = CBORWriter()
            info.array(4)
            info.label(label)
            info.bytes(address)
            info.text(period)
            info.uint(answer.count)
            var block = [UInt8](repeating: 0, count: min(4096, count - answer.count))
            var output = block.mutableSpan
            secret.withBytes {
                P.hkdfSHA256(
                    secret: $0, salt: [UInt8]().span, info: info.bytes.span, into: &output)
            }
            answer += block
        }
        return answer
    }
}
