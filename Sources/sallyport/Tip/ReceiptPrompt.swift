internal import NativePrimitives
internal import Sealing
internal import Submission
internal import Terminal
internal import Tips

/// Receipts at the terminal.
enum ReceiptPrompt {
    /// Asks for the receipt, shows its picture, and gives its keys.
    static func keys() throws -> ReceiptKeys<NativePrimitives> {
        let typed = try Prompt.passphrase("Receipt (20 digits): ")
        let keys = try receipt(typed).deriveKeys()
        Say.note("Its picture: \(keys.picture.emoji)  (\(keys.picture.words))")
        Say.note("If that is not the picture you were shown, a digit is wrong.")
        return keys
    }

    /// Shows a new receipt. Comes before anything is sent.
    ///
    /// The digits go from bytes that are wiped to the terminal, and into no `String` on the way.
    static func show(
        _ receipt: borrowing Receipt<NativePrimitives>, _ keys: borrowing NativeKeys
    ) throws {
        let label = ascii("Your receipt:  ")
        let digits = receipt.formatted()
        var line = Secret(count: label.count + digits.count + 1)
        line.write(label.span, at: 0)
        digits.withBytes { line.write($0, at: label.count) }
        line.write([0x0A].span, at: label.count + digits.count)
        try Standard.write(line)
        Say.result("Its picture:   \(keys.picture.emoji)  (\(keys.picture.words))")
        Say.note(
            """
            Write the 20 digits down now, on paper, and hide them well. With them you can see \
            answers, add files, or withdraw. So can anyone who finds them. Nobody can give them to \
            you again.
            """)
    }

    private static func receipt(
        _ typed: borrowing Secret
    ) throws -> Receipt<NativePrimitives> {
        do throws(ReceiptError) {
            return try typed.withBytes { (bytes) throws(ReceiptError) in
                try Receipt(parsing: bytes)
            }
        } catch {
            switch error {
            case .unexpectedCharacter:
                throw Failure(
                    "A receipt has only digits (0 to 9), spaces and hyphens.",
                    hint: "Type the 20 digits as they were shown.")
            case .wrongLength(let digits):
                throw Failure(
                    "A receipt has 20 digits; there were \(digits).",
                    hint: "Type the 20 digits as they were shown.")
            }
        }
    }
}
