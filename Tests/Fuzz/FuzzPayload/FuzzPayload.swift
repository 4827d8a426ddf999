import NativePrimitives
import Opening
import Sealing

/// libFuzzer's entry point. The input says how long a payload is and what is done to it; the serial
/// and the segmented road must release the same bytes and name the same error, and nothing that was
/// changed may pass for whole.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    var script = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))[...]
    let plaintext = [UInt8](repeating: 0x61, count: Int(script.number()) * 37 % 1_500_000)
    let whole = seal(plaintext)
    var payload = whole
    while let operation = script.popFirst() { apply(operation, &script, to: &payload) }
    let serial = openSerial(payload)
    precondition(openSegmented(payload) == serial, "the two roads differ")
    precondition(
        (serial.error == nil) == (payload == whole), "a changed payload opened, or a whole did not")
    precondition(plaintext.starts(with: serial.released), "bytes nobody sealed were released")
    return 0
}

private struct Result: Equatable {
    var released: [UInt8]
    var error: OpeningError?
}

extension ArraySlice where Element == UInt8 {
    fileprivate mutating func number() -> UInt32 {
        (0..<3).reduce(0) { value, _ in value << 8 | UInt32(popFirst() ?? 0) }
    }
}

private func fileKey() -> FileKey<NativePrimitives> {
    guard let key = FileKey(restoring: Secret(copying: [UInt8](repeating: 3, count: 16).span))
    else { preconditionFailure("a key of 16 bytes was refused") }
    return key
}

private func seal(_ plaintext: [UInt8]) -> [UInt8] {
    let state = PayloadState(nonce: [UInt8](repeating: 5, count: Payload.nonceBytes))
    var sealer = PayloadSealer(fileKey: fileKey(), resuming: state)
    var payload: [UInt8] = []
    do throws(SealingError) {
        try sealer.update(plaintext.span, into: &payload)
        try sealer.finish(into: &payload)
    } catch {
        preconditionFailure("could not seal")
    }
    return payload
}

/// One change of a payload.
private func apply(_ operation: UInt8, _ script: inout ArraySlice<UInt8>, to payload: inout [UInt8])
{
    let place = payload.isEmpty ? 0 : Int(script.number()) % payload.count
    switch operation % 4 {
    case 0 where !payload.isEmpty: payload[place] ^= script.popFirst() ?? 1
    case 1: payload.removeLast(payload.count - place)
    case 2 where payload.count < 3_000_000: payload += payload[place...].prefix(70_000)
    case 3:
        let end = min(payload.count, place + Payload.sealedChunkBytes)
        payload.removeSubrange(place..<end)
    default: break
    }
}

private func openSerial(_ payload: [UInt8]) -> Result {
    var opener = PayloadOpener(fileKey: fileKey())
    var released: [UInt8] = []
    do throws(OpeningError) {
        for start in stride(from: 0, to: payload.count, by: 50_021) {
            let end = min(start + 50_021, payload.count)
            try opener.update(payload.span.extracting(start..<end), into: &released)
        }
        try opener.finish(into: &released)
        return Result(released: released, error: nil)
    } catch {
        return Result(released: released, error: error)
    }
}

private func openSegmented(_ payload: [UInt8]) -> Result {
    guard payload.count >= Payload.nonceBytes else {
        return Result(released: [], error: .truncatedPayload)
    }
    typealias Opener = SegmentedOpener<NativePrimitives>
    var opener = Opener(fileKey: fileKey(), nonce: [UInt8](payload[..<Payload.nonceBytes]))
    var released: [UInt8] = []
    var start = Payload.nonceBytes
    repeat {
        let end = min(start + Opener.sealedSegmentBytes, payload.count)
        var plaintext = [UInt8](repeating: 0, count: Opener.segmentBytes)
        var space = plaintext.mutableSpan
        let opened = opener.nextSegment().open(
            payload.span.extracting(start..<end), isLast: end == payload.count, into: &space)
        released += plaintext[..<opened.byteCount]
        if let error = opened.error { return Result(released: released, error: error) }
        start = end
    } while start < payload.count
    return Result(released: released, error: nil)
}
