/// The bytes of an ASCII literal.
package func ascii(_ text: StaticString) -> [UInt8] {
    unsafe [UInt8](UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
}

extension Array where Element == UInt8 {
    /// A copy of the bytes of `span`.
    package init(copying span: Span<UInt8>) {
        self.init()
        append(copying: span)
    }

    /// Appends a copy of the bytes of `span`.
    package mutating func append(copying span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe self.append(contentsOf: $0) }
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
