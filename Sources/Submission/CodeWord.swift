package import Composing
package import NativePrimitives
internal import Sealing
package import Tips

/// The word that a true withdrawal needs, as it was typed: in bytes that are wiped, and never in a
/// `String`, whose copies nobody can wipe.
package struct CodeWord: ~Copyable {
    private let bytes: Secret

    /// The word that was typed.
    ///
    /// - Throws: ``CodeWordError``.
    package init(_ typed: consuming Secret) throws(CodeWordError) {
        try typed.withBytes { (bytes) throws(CodeWordError) in
            do throws(UTF8.ValidationError) {
                _ = try UTF8Span(validating: bytes)
            } catch {
                throw .notText
            }
            var isEmpty = true
            for index in 0..<bytes.count where bytes[index] != 0x20 { isEmpty = false }
            if isEmpty { throw .empty }
        }
        bytes = typed
    }

    /// What the manifest carries of it.
    ///
    /// - Throws: ``BuildError/outOfMemory``.
    package borrowing func lock() throws(BuildError) -> WithdrawalLock {
        do throws(PrimitiveFailure) {
            return try bytes.withBytes { (bytes) throws(PrimitiveFailure) in
                try WithdrawalLock.make(codeWord: bytes, with: NativePrimitives.self)
            }
        } catch {
            throw .outOfMemory
        }
    }

    /// The withdrawal of a tip, sealed to the desk.
    ///
    /// - Throws: ``BuildError``.
    package borrowing func sealedWithdrawal(
        reason: String, terms: DeskTerms
    ) throws(BuildError) -> SealedText {
        try withdrawal(reason: reason).withBytes { (text) throws(BuildError) in
            try SealedText(
                plaintext: text, as: .withdrawal, to: terms.recipient, with: NativePrimitives.self)
        }
    }

    /// The plaintext of a withdrawal part: what ``WithdrawalPart`` would write, byte for byte.
    borrowing func withdrawal(reason: String) throws(BuildError) -> Secret {
        let start = ascii("{\"codeWord\":\"")
        let end =
            reason.isEmpty
            ? ascii("\"}")
            : ascii("\",\"reason\":") + JSON.string(reason).encoded + ascii("}")
        let escapedBytes = bytes.withBytes { Self.escape($0) { _, _ in } }
        let length = Padding.paddedLength(start.count + escapedBytes + end.count)
        guard length <= Limits.textPartBytes else { throw .tooLong }
        var text = Secret(count: length)
        text.withMutableBytes { output in
            for index in 0..<output.count { output[index] = 0x20 }
            for index in start.indices { output[index] = start[index] }
            bytes.withBytes { word in
                _ = Self.escape(word) { output[start.count + $0] = $1 }
            }
            for index in end.indices {
                output[start.count + escapedBytes + index] = end[index]
            }
        }
        return text
    }

    /// Gives the bytes of `word` as they stand in a JSON string, each with its place; says how many
    /// there are.
    private static func escape(_ word: Span<UInt8>, _ body: (Int, UInt8) -> Void) -> Int {
        var count = 0
        func put(_ byte: UInt8) {
            body(count, byte)
            count += 1
        }
        for index in 0..<word.count {
            let byte = word[index]
            if byte == 0x22 || byte == 0x5C { put(0x5C) }
            if byte < 0x20 {
                for escaped in control(byte) { put(escaped) }
            } else {
                put(byte)
            }
        }
        return count
    }

    private static func control(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case 0x08: ascii("\\b")
        case 0x09: ascii("\\t")
        case 0x0A: ascii("\\n")
        case 0x0C: ascii("\\f")
        case 0x0D: ascii("\\r")
        default: ascii("\\u00") + "\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
        }
    }
}

/// Why a word cannot be a code word.
package enum CodeWordError: Error, Equatable {
    /// Not UTF-8.
    case notText
    /// Nothing but spaces, which do not count.
    case empty
}
