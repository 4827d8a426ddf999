import NativePrimitives
import Opening
import Sealing

/// Measures re-addressing, which no command does by itself: unwrapping a file key from a header and
/// wrapping it to ten recipients. The payload is not touched, so its size does not matter.
enum Bench {
    static func run() throws {
        let office = try Identity<NativePrimitives>.generate(.mlkem768x25519)
        let plaintext = [UInt8](repeating: 0, count: 1000)
        let sealed = try SealedContainer.sealing(
            plaintext.span, to: [office.recipient], with: NativePrimitives.self)
        for kind in [Identity<NativePrimitives>.Kind.mlkem768x25519, .x25519] {
            let recipients = try (0..<10).map { _ in
                try Identity<NativePrimitives>.generate(kind).recipient
            }
            let times = try (0..<51).map { _ in
                try readdress(sealed.header, office, recipients)
            }.sorted()
            print("readdress \(kind) median \(times[25]) worst \(times[50]) milliseconds")
        }
    }

    private static func readdress(
        _ bytes: [UInt8], _ office: Identity<NativePrimitives>, _ recipients: [Recipient]
    ) throws -> Double {
        let start = ContinuousClock.now
        let (header, _) = try Header.parse(bytes.span)
        let fileKey = try header.unwrap(with: [office])
        let readdressed = try Header.readdressing(fileKey, to: recipients)
        precondition(readdressed.encoded.count > 1000, "a header without its recipients")
        return (ContinuousClock.now - start) / .milliseconds(1)
    }
}

try Bench.run()
