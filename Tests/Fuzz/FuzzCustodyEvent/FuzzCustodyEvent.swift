import Custody

/// libFuzzer's entry point: what parses as an event of the custody log, or as a salt and an event,
/// is written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let event = try? CustodyEvent(input) {
        precondition(event.encoded == input, "another encoding of an event was accepted")
        precondition(size <= CustodyEvent.maximumByteCount, "it is too long")
    }
    for bytes in [input, [UInt8](repeating: 1, count: SaltedLeaf.saltByteCount) + input] {
        guard let leaf = try? SaltedLeaf(bytes) else { continue }
        precondition(leaf.encoded == bytes, "another encoding of a leaf was accepted")
        precondition(leaf.salt.count == SaltedLeaf.saltByteCount, "a salt of another length")
    }
    return 0
}
