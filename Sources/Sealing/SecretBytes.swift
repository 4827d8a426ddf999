/// Bytes that are wiped when their one owner goes.
///
/// Not copyable, on the heap, reached only through a closure: no copy is made by a move, and none
/// ends up in a `String` or an array by accident.
@safe
package struct SecretBytes<P: Primitives>: ~Copyable, @unchecked Sendable {
    // Sendable although a pointer is not: the one owner alone can write, through `mutating`.
    private let storage: UnsafeMutableBufferPointer<UInt8>
    private let isGuarded: Bool

    /// `count` zero bytes.
    package init(count: Int) {
        unsafe storage = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
        unsafe storage.initialize(repeating: 0)
        isGuarded = false
    }

    /// The same bytes in guarded memory: for a key that is kept, since such memory is dear.
    package consuming func guarded() -> SecretBytes<P> {
        SecretBytes(guarding: withBytes { [UInt8](copying: $0) })
    }

    private init(guarding bytes: consuming [UInt8]) {
        unsafe storage = P.allocateGuarded(count: bytes.count)
        isGuarded = true
        for index in bytes.indices {
            unsafe storage[index] = bytes[index]
        }
        P.wipe(&bytes)
    }

    /// A copy of `bytes`; wiping the original is the caller's duty.
    package init(copying bytes: Span<UInt8>) {
        self.init(count: bytes.count)
        for index in 0..<bytes.count {
            unsafe storage[index] = bytes[index]
        }
    }

    /// Takes the bytes of `array` and wipes the array.
    package init(consuming array: inout [UInt8]) {
        self.init(copying: array.span)
        var span = array.mutableSpan
        P.wipe(&span)
        array = []
    }

    /// `count` fresh random bytes.
    package static func random(count: Int) -> SecretBytes<P> {
        var secret = SecretBytes<P>(count: count)
        secret.withMutableBytes { P.fillRandom(&$0) }
        return secret
    }

    deinit {
        let storage = unsafe storage
        guard !isGuarded else { return unsafe P.freeGuarded(storage) }
        var span = unsafe storage.mutableSpan
        P.wipe(&span)
        unsafe storage.deallocate()
    }

    /// How many bytes there are.
    package var count: Int { unsafe storage.count }

    /// Lends the bytes for reading.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(unsafe storage.span)
    }

    /// Lends the bytes for writing.
    package mutating func withMutableBytes<Result: ~Copyable, Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var span = unsafe storage.mutableSpan
        return try body(&span)
    }

    /// Overwrites the bytes from `offset` on with a copy of `bytes`.
    package mutating func write(_ bytes: Span<UInt8>, at offset: Int) {
        withMutableBytes { $0.write(bytes, at: offset) }
    }

    /// A second owner of the same bytes, where two are truly needed.
    package borrowing func duplicate() -> SecretBytes<P> {
        SecretBytes(copying: unsafe storage.span)
    }
}
