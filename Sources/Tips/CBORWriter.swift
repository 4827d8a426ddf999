package import Sealing

/// Writes deterministic CBOR (RFC 8949 §4.2.1): shortest heads, definite lengths.
///
/// The caller announces each array's length and then writes exactly that many items.
package struct CBORWriter {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []

    /// An empty writer; `capacity` bytes are reserved, so that a secret is not left behind in a
    /// smaller buffer when the writer grows.
    package init(reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// An array of `count` items, which the caller writes next.
    package mutating func array(_ count: Int) {
        head(4, UInt64(count))
    }

    /// An unsigned integer.
    package mutating func uint(_ value: UInt64) {
        head(0, value)
    }

    /// An integer that is not negative.
    package mutating func uint(_ value: Int) {
        head(0, UInt64(value))
    }

    /// The negative integer -1 - `value`.
    package mutating func negative(_ value: UInt64) {
        head(1, value)
    }

    /// A byte string.
    package mutating func bytes(_ value: Span<UInt8>) {
        head(2, UInt64(value.count))
        bytes.append(copying: value)
    }

    /// A byte string.
    package mutating func bytes(_ value: [UInt8]) {
        bytes(value.span)
    }

    /// A text string.
    package mutating func text(_ value: FormatText) {
        let utf8 = value.utf8
        head(3, UInt64(utf8.count))
        bytes.append(contentsOf: utf8)
    }

    /// A format's label, as a text string.
    package mutating func label(_ label: StaticString) {
        let text = ascii(label)
        head(3, UInt64(text.count))
        bytes += text
    }

    /// A boolean.
    package mutating func bool(_ value: Bool) {
        bytes.append(value ? 0xF5 : 0xF4)
    }

    /// Null.
    package mutating func null() {
        bytes.append(0xF6)
    }

    /// Ends writing and wipes what was written: for structures that held a secret.
    package consuming func takeSecret<P: Primitives>(as primitives: P.Type) -> SecretBytes<P> {
        SecretBytes(consuming: &bytes)
    }

    private mutating func head(_ major: UInt8, _ argument: UInt64) {
        let kind = major << 5
        switch argument {
        case 0..<24:
            bytes.append(kind | UInt8(truncatingIfNeeded: argument))
        case 24..<0x100:
            bytes.append(kind | 24)
            bigEndian(argument, count: 1)
        case 0x100..<0x1_0000:
            bytes.append(kind | 25)
            bigEndian(argument, count: 2)
        case 0x1_0000..<0x1_0000_0000:
            bytes.append(kind | 26)
            bigEndian(argument, count: 4)
        default:
            bytes.append(kind | 27)
            bigEndian(argument, count: 8)
        }
    }

    private mutating func bigEndian(_ value: UInt64, count: Int) {
        for index in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - index))))
        }
    }
}
