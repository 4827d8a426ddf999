import Forwarding
import Sealing

/// libFuzzer's entry point: what parses as the predicate of a bundle, or as the notice of a recall, is
/// written again as the same bytes. The input is padded with spaces first, so that few inputs are wasted.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let spaces = Padding.paddedLength(size) - size
    let padded = input + [UInt8](repeating: 0x20, count: spaces)
    for bytes in [input, padded] {
        if let notice = try? RecallNotice(decoding: bytes) {
            precondition(notice.encoded == bytes, "another form of a notice was accepted")
            precondition(notice.words.utf8.count <= RecallNotice.wordsLimit, "too many words")
        }
        guard let predicate = try? BundlePredicate(decoding: bytes) else { continue }
        precondition(predicate.encoded == bytes, "another form was accepted")
        precondition((1...BundleLimits.parts).contains(predicate.parts.count), "too many parts")
        _ = predicate.commitment
    }
    return 0
}
