package import Sealing

/// Strict reading of deterministic CBOR (RFC 8949 §4.2.1).
package enum CBOR {
    /// Reads the one item that `bytes` is, field by field.
    ///
    /// - Throws: ``FormatError/tooLarge`` above `limit` bytes, ``FormatError/trailingBytes`` when
    ///   `body` leaves something unread, and what the reader throws.
    package static func decode<Result: ~Copyable>(
        _ bytes: Span<UInt8>, limit: Int,
        _ body: (inout CBORReader) throws(FormatError) -> Result
    ) throws(FormatError) -> Result {
        let prefix = try decodePrefix(bytes, limit: limit, body)
        guard prefix.byteCount == bytes.count else { throw .trailingBytes }
        return prefix.value
    }

    /// Reads the item at the start of `bytes`; whatever follows it is the caller's to judge.
    package static func decodePrefix<Result: ~Copyable>(
        _ bytes: Span<UInt8>, limit: Int,
        _ body: (inout CBORReader) throws(FormatError) -> Result
    ) throws(FormatError) -> CBORPrefix<Result> {
        guard bytes.count <= limit else { throw .tooLarge }
        return try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(FormatError) in
            var reader = unsafe CBORReader(buffer)
            let result = try body(&reader)
            return CBORPrefix(value: result, byteCount: reader.position)
        }
    }
}

/// An item that was read, and how many bytes it took.
package struct CBORPrefix<Value: ~Copyable>: ~Copyable {
    /// What was read.
    package let value: Value
    /// Bytes of the item.
    package let byteCount: Int
}

/// A cursor over CBOR that takes what a format expects next and refuses anything else.
///
/// It exists only inside ``CBOR/decode(_:limit:_:)`` and cannot leave it: not copyable, and lent.
@safe
package struct CBORReader: ~Copyable {
    private let buffer: UnsafeBufferPointer<UInt8>
    private let end: Int
    private(set) var position = 0

    fileprivate init(_ buffer: UnsafeBufferPointer<UInt8>) {
        unsafe self.buffer = buffer
        end = buffer.count
    }

    /// An array of exactly `count` items; the items are read next.
    package mutating func array(count: Int) throws(FormatError) {
        guard try arrayCount(in: 0...Int.max) == count else { throw .wrongLength }
    }

    /// An array whose number of items is in `range`: that number; the items are read next.
    package mutating func arrayCount(in range: ClosedRange<Int>) throws(FormatError) -> Int {
        let count = try length(major: 4)
        guard range.contains(count) else {
            throw count > range.upperBound ? .tooLarge : .wrongLength
        }
        return count
    }

    /// A format's label.
    package mutating func label(_ label: StaticString) throws(FormatError) {
        let expected = ascii(label)
        let range = try content(major: 3)
        guard range.count == expected.count else { throw .wrongLabel }
        for index in 0..<expected.count {
            guard unsafe buffer[range.lowerBound + index] == expected[index] else {
                throw .wrongLabel
            }
        }
    }

    /// An unsigned integer.
    package mutating func uint() throws(FormatError) -> UInt64 {
        let (major, value) = try head()
        guard major == 0 else { throw .unexpectedItem }
        return value
    }

    /// An unsigned integer in `range`.
    package mutating func uint<Number: FixedWidthInteger>(
        in range: ClosedRange<Number>
    ) throws(FormatError) -> Number {
        guard let value = Number(exactly: try uint()), range.contains(value) else {
            throw .outOfRange
        }
        return value
    }

    /// A byte string of exactly `count` bytes.
    package mutating func bytes(count: Int) throws(FormatError) -> [UInt8] {
        let range = try content(major: 2)
        guard range.count == count else { throw .wrongLength }
        return unsafe [UInt8](buffer[range])
    }

    /// A byte string of at most `limit` bytes.
    package mutating func bytes(atMost limit: Int) throws(FormatError) -> [UInt8] {
        let range = try content(major: 2)
        guard range.count <= limit else { throw .tooLarge }
        return unsafe [UInt8](buffer[range])
    }

    /// A byte string of exactly `count` bytes that is a secret: copied nowhere else.
    package mutating func secret<P: Primitives>(
        count: Int, as primitives: P.Type
    ) throws(FormatError) -> SecretBytes<P> {
        let range = try content(major: 2)
        guard range.count == count else { throw .wrongLength }
        return unsafe SecretBytes<P>(copying: buffer.span.extracting(range))
    }

    /// A text of at most `limit` bytes of valid UTF-8.
    package mutating func text(atMost limit: Int) throws(FormatError) -> FormatText {
        let range = try content(major: 3)
        guard range.count <= limit else { throw .tooLarge }
        return try unsafe FormatText(validating: buffer, range)
    }

    /// A boolean.
    package mutating func bool() throws(FormatError) -> Bool {
        switch try simple() {
        case 20: false
        case 21: true
        default: throw .unexpectedItem
        }
    }

    /// Takes null if it is next, and says whether it was.
    package mutating func takesNull() throws(FormatError) -> Bool {
        guard position < end else { throw .truncated }
        guard unsafe buffer[position] == 0xF6 else { return false }
        position += 1
        return true
    }

    /// The kind of the next item (RFC 8949 §3.1), without taking it.
    mutating func nextMajor() throws(FormatError) -> UInt8 {
        guard position < end else { throw .truncated }
        return unsafe buffer[position] >> 5
    }

    mutating func simple() throws(FormatError) -> UInt64 {
        let (major, value) = try head()
        guard major == 7 else { throw .unexpectedItem }
        return value
    }

    /// A negative integer -1 - n: its n.
    mutating func negative() throws(FormatError) -> UInt64 {
        let (major, value) = try head()
        guard major == 1 else { throw .unexpectedItem }
        return value
    }

    private mutating func content(major: UInt8) throws(FormatError) -> Range<Int> {
        let count = try length(major: major)
        let start = position
        position += count
        return start..<position
    }

    /// The length in a head of kind `major`; that many bytes or items are certainly there, as each
    /// item takes a byte at least.
    private mutating func length(major: UInt8) throws(FormatError) -> Int {
        let (found, value) = try head()
        guard found == major else { throw .unexpectedItem }
        guard let length = Int(exactly: value), length <= end - position else {
            throw .truncated
        }
        return length
    }

    /// One head: kind and argument, the argument in its shortest form.
    private mutating func head() throws(FormatError) -> (major: UInt8, argument: UInt64) {
        guard position < end else { throw .truncated }
        let first = unsafe buffer[position]
        let major = first >> 5
        let information = first & 31
        guard major != 5, major != 6, information < 28 else { throw .unsupportedItem }
        if major == 7 {
            guard (20...22).contains(information) else { throw .unsupportedItem }
        }
        position += 1
        guard information >= 24 else { return (major, UInt64(information)) }
        return (major, try argument(width: 1 << Int(information - 24)))
    }

    private mutating func argument(width: Int) throws(FormatError) -> UInt64 {
        guard end - position >= width else { throw .truncated }
        var value: UInt64 = 0
        for index in 0..<width {
            value = value << 8 | UInt64(unsafe buffer[position + index])
        }
        position += width
        let least: UInt64 = width == 1 ? 24 : 1 << UInt64(4 * width)
        guard value >= least else { throw .notShortest }
        return value
    }
}
