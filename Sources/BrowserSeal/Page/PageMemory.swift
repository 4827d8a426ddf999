// How bytes go in and out of the module: the page takes memory, fills it, calls, and copies the
// result. One worker serves one tip and is ended afterwards, and all of this memory with it.

/// What the last call gave.
struct PageResult {
    private(set) var bytes: [UInt8] = []

    mutating func set(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

nonisolated(unsafe) var pageResult = PageResult()

/// What a call answers when there is nothing to copy, or more: what went wrong.
enum PageCode: Int32 {
    case done = 1
    case nothing = 0
    /// Not what the page sends: a mistake of the page, or of a program that is none.
    case wrongInput = -1
    /// The text does not fit into one tip.
    case tooLong = -2
    /// There is not enough memory.
    case memory = -3
    /// The directory is not signed by the root, is expired, or has no key for today.
    case directory = -4
    /// The file is not the one that was read at first.
    case changed = -5
    /// Nothing is in the file.
    case empty = -6
    /// The file is too large.
    case tooLarge = -7
    /// Not 20 digits.
    case digits = -8
}

/// Memory for `count` bytes, until it is given back.
@c(memory_take) public func memoryTake(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
}

/// Ends the use of memory that was taken, and wipes it.
@c(memory_give) public func memoryGive(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) {
    var span = unsafe UnsafeMutableBufferPointer(start: memory, count: count).mutableSpan
    BoringPrimitives.wipe(&span)
    unsafe memory.deallocate()
}

/// Bytes that the last call gave.
@c(result_count) public func resultCount() -> Int { unsafe pageResult.bytes.count }

/// Copies them out.
@c(result_copy) public func resultCopy(_ target: UnsafeMutablePointer<UInt8>) {
    unsafe pageResult.bytes.withUnsafeBufferPointer {
        guard let start = $0.baseAddress else { return }
        unsafe target.update(from: start, count: $0.count)
    }
}

/// Bytes that the page put into the module's memory, lent for one call.
func lent(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
    unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
}
