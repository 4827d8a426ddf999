internal import Glibc
internal import NativePrimitives

/// Memory for one segment, page by page from the system, kept out of core dumps and wiped when its
/// owner goes.
@safe
struct SegmentBuffer: ~Copyable, @unchecked Sendable {
    private let storage: UnsafeMutableBufferPointer<UInt8>
    private var used = 0

    /// How many bytes at the start are filled.
    private(set) var count = 0

    /// A buffer for up to `capacity` bytes.
    init(capacity: Int) {
        let memory = unsafe mmap(
            nil, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
            preconditionFailure("no memory")
        }
        unsafe madvise(memory, capacity, MADV_DONTDUMP)
        unsafe storage = UnsafeMutableBufferPointer(
            start: memory.assumingMemoryBound(to: UInt8.self), count: capacity)
    }

    deinit {
        var span = unsafe storage.extracting(0..<used).mutableSpan
        NativePrimitives.wipe(&span)
        unsafe munmap(storage.baseAddress, storage.count)
    }

    /// The filled bytes.
    borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(unsafe storage.span.extracting(first: count))
    }

    /// Replaces the content by what `body` writes; it returns how many bytes are filled.
    mutating func fill<Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(Failure) {
        var span = unsafe storage.mutableSpan
        do throws(Failure) {
            count = try body(&span)
            used = max(used, count)
        } catch {
            count = 0
            used = unsafe storage.count
            throw error
        }
    }
}
