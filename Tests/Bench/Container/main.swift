import NativePrimitives
import Opening
import Sealing

/// Measures re-addressing, which no command does by itself: unwrapping a file key from a header and
/// wrapping it to ten recipients. The payload is not touched, so its size does not matter.
let office = try Identity<NativePrimitives>.generate(.mlkem768x25519)
let sealed = try SealedContainer.sealing(
    [UInt8](repeating: 0, count: 1000).span, to: [office.recipient], with: NativePrimitives.self)
for kind in [Identity<NativePrimitives>.Kind.mlkem768x25519, .x25519] {
    let recipients = try (0..<10).map { _ in
        try Identity<NativePrimitives>.generate(kind).recipient
    }
    var milliseconds: [Double] = []
    for _ in 0..<51 {
        let start = ContinuousClock.now
        let (header, _) = try Header.parse(sealed.header.span)
        let fileKey = try header.unwrap(with: [office])
        let readdressed = try Header.readdressing(fileKey, to: recipients)
        precondition(readdressed.encoded.count > 1000)
        milliseconds.append((ContinuousClock.now - start) / .milliseconds(1))
    }
    milliseconds.sort()
    print(
        "readdress \(kind) median \(milliseconds[25]) worst \(milliseconds[50]) milliseconds")
}
