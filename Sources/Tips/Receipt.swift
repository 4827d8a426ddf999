package import Sealing

/// The secret that a reporter keeps: 20 decimal digits, about 66 bits.
///
/// Made on the device, never sent. Digits, because every script and every voice has them.
package struct Receipt<P: Primitives>: ~Copyable {
    private let digits: SecretBytes<P>

    /// Digits of a receipt.
    package static var digitCount: Int { 20 }
    /// Digits that are shown together.
    package static var groupDigits: Int { 4 }

    /// A new random receipt.
    package static func random() -> Receipt<P> {
        var digits = SecretBytes<P>(count: digitCount)
        var filled = 0
        while filled < digitCount {
            var draw = P.randomBytes(count: 32)
            defer { P.wipe(&draw) }
            // 250 to 255 would make the digits 0 to 5 a little likelier: drawn again.
            for byte in draw where byte < 250 && filled < digitCount {
                digits.withMutableBytes { $0[filled] = 0x30 + byte % 10 }
                filled += 1
            }
        }
        return Receipt(digits: digits)
    }

    /// Reads what a reporter typed: 20 digits, spaces and hyphens anywhere.
    ///
    /// - Throws: ``ReceiptError``.
    package init(parsing text: Span<UInt8>) throws(ReceiptError) {
        var digits = SecretBytes<P>(count: Self.digitCount)
        var count = 0
        for index in 0..<text.count {
            let byte = text[index]
            if byte == 0x20 || byte == 0x2D { continue }
            guard (0x30...0x39).contains(byte) else { throw .unexpectedCharacter }
            if count < Self.digitCount {
                digits.withMutableBytes { $0[count] = byte }
            }
            count += 1
        }
        guard count == Self.digitCount else { throw .wrongLength(digits: count) }
        self.init(digits: digits)
    }

    private init(digits: consuming SecretBytes<P>) {
        self.digits = digits
    }

    /// The receipt as it is shown: five groups of four digits, a space between them; ASCII.
    package borrowing func formatted() -> SecretBytes<P> {
        let groups = Self.digitCount / Self.groupDigits
        var text = SecretBytes<P>(count: Self.digitCount + groups - 1)
        digits.withBytes { digits in
            text.withMutableBytes { text in
                for index in 0..<text.count { text[index] = 0x20 }
                for index in 0..<digits.count {
                    text[index + index / Self.groupDigits] = digits[index]
                }
            }
        }
        return text
    }

    /// The keys of the tip: scrypt (N = 2^15, r = 8), 32 MiB of memory, about a tenth of a second
    /// on a computer.
    ///
    /// - Throws: ``PrimitiveFailure`` when there is no memory for scrypt.
    package borrowing func deriveKeys() throws(PrimitiveFailure) -> ReceiptKeys<P> {
        ReceiptKeys(material: try deriveMaterial())
    }

    /// The bytes that the keys are made of.
    borrowing func deriveMaterial() throws(PrimitiveFailure) -> SecretBytes<P> {
        var material = SecretBytes<P>(count: ReceiptKeys<P>.materialBytes)
        let salt = ascii("sallyport.receipt/1")
        try digits.withBytes { (digits) throws(PrimitiveFailure) in
            try material.withMutableBytes { (output) throws(PrimitiveFailure) in
                try P.scrypt(passphrase: digits, salt: salt.span, logN: 15, into: &output)
            }
        }
        return material
    }
}

/// Why a text is not a receipt.
package enum ReceiptError: Error, Equatable {
    /// Something else than ASCII digits, spaces and hyphens.
    case unexpectedCharacter
    /// Not 20 digits, but so many.
    case wrongLength(digits: Int)
}
