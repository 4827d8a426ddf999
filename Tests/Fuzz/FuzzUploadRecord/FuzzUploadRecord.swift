import NativePrimitives
import Sealing

/// Bytes of a slot without the digest at its end.
private let bodyBytes = UploadRecord.slotBytes - 32

/// libFuzzer's entry point: the two slots of an upload's state file, to which their digests are
/// added here. The newest one that can be read is written again as the same bytes. The source is
/// part of this program, so that the public door need not be built for it.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let slots = [input.prefix(bodyBytes), input.dropFirst(bodyBytes).prefix(bodyBytes)].map {
        let body = $0 + [UInt8](repeating: 0, count: bodyBytes - $0.count)
        return body + NativePrimitives.sha256(Array(body).span)
    }
    for file in [slots[0] + slots[1], slots[0], slots[1]] {
        guard let record = UploadRecord(file: Array(file)) else { continue }
        precondition(slots.map(Array.init).contains(record.encoded), "another slot was read")
        precondition(record.offset <= record.length, "more is there than will ever be")
    }
    precondition(UploadRecord(file: input) == nil, "a slot without its digest was accepted")
    return 0
}
