/// A count of bytes that may be more than memory holds: a file's, a payload's, a frame's.
///
/// `Int` but where that has 32 bits, as in a browser: files there have four gibibytes and more too.
#if _pointerBitWidth(_32)
    package typealias ByteCount = Int64
#else
    package typealias ByteCount = Int
#endif
