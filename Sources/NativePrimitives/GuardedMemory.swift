internal import CSodium

/// libsodium's guarded memory: a page of its own before an inaccessible one, locked, not dumped.
extension NativePrimitives {
    package static func allocateGuarded(count: Int) -> UnsafeMutableBufferPointer<UInt8> {
        precondition(sodium_init() >= 0, "libsodium could not start")
        guard let memory = unsafe sodium_malloc(max(count, 1)) else {
            preconditionFailure("no guarded memory")
        }
        unsafe sodium_memzero(memory, count)
        return unsafe UnsafeMutableBufferPointer(
            start: memory.assumingMemoryBound(to: UInt8.self), count: count)
    }

    package static func freeGuarded(_ memory: UnsafeMutableBufferPointer<UInt8>) {
        unsafe sodium_free(memory.baseAddress)
    }
}
