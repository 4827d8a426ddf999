/// The bytes of an ASCII literal.
package func ascii(_ text: StaticString) -> [UInt8] {
    unsafe [UInt8](UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
}

/// A number below 100 in decimal digits, without a leading zero.
func decimal(_ number: Int) -> [UInt8] {
    precondition((0..<100).contains(number), "a number of more than two digits")
    let ones = UInt8(0x30 + number % 10)
    return number < 10 ? [ones] : [UInt8(0x30 + number / 10), ones]
}

extension Array where Element == UInt8 {
    /// A copy of the bytes of `span`.
    package init(copying span: Span<UInt8>) {
        self.init()
        append(copying: span)
    }

    /// Appends `count` zeros.
    package mutating func appendZeros(_ count: Int) {
        append(contentsOf: [UInt8](repeating: 0, count: count))
    }

    /// Appends a copy of the bytes of `span`.
    package mutating func append(copying span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe self.append(contentsOf: $0) }
    }
}

extension MutableSpan where Element == UInt8 {
    /// Overwrites the bytes from `offset` on with a copy of `bytes`.
    package mutating func write(_ bytes: Span<UInt8>, at offset: Int) {
        guard bytes.count > 0 else { return }
        var target = _mutatingExtracting(offset..<offset + bytes.count)
        unsafe bytes.withUnsafeBufferPointer { source in
            unsafe target.withUnsafeMutableBufferPointer { _ = unsafe $0.update(from: source) }
        }
    }
}

extension Primitives {
    /// `count` random bytes that are no secret (nonces, salts, names).
    package static func randomBytes(count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        fillRandom(&span)
        return bytes
    }

    /// Wipes an array that held a secret.
    package static func wipe(_ array: inout [UInt8]) {
        var span = array.mutableSpan
        wipe(&span)
    }
}
