/// Spans as the non-null pointers that C functions declare.
extension Span where Element == UInt8 {
    /// Lends the address of the first byte; of some other byte when there is none.
    func withPointer<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        unsafe withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                var nothing: UInt8 = 0
                return unsafe body(&nothing)
            }
            return unsafe body(base)
        }
    }
}

extension MutableSpan where Element == UInt8 {
    /// Lends the address of the first byte; of some other byte when there is none.
    mutating func withPointer<Result>(_ body: (UnsafeMutablePointer<UInt8>) -> Result) -> Result {
        unsafe withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                var nothing: UInt8 = 0
                return unsafe body(&nothing)
            }
            return unsafe body(base)
        }
    }
}
