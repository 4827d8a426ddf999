import NativePrimitives
import Opening
import Sealing

/// One identity of each kind, made once.
private let identities = [Identity<NativePrimitives>.Kind.x25519, .mlkem768x25519].map { kind in
    guard
        let identity = try? Identity<NativePrimitives>(
            kind, secret: Secret(copying: [UInt8](repeating: 7, count: 32).span))
    else { preconditionFailure("no identity of that secret") }
    return identity
}

/// libFuzzer's entry point: whatever stanzas a header holds, nothing opens that was not sealed to
/// these identities, and nothing traps.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let (header, _) = try? Header.parse(input.span) else { return 0 }
    for identity in identities {
        do {
            _ = try header.unwrap(with: [identity])
            preconditionFailure("a header of nobody's making opened")
        } catch {}
    }
    return 0
}
