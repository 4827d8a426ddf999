import NativePrimitives
import Opening
import Sealing

/// libFuzzer's entry point: identities that are read are written, and read again, as the same keys.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let identities = try? IdentityFile.parse(input.span, with: NativePrimitives.self) else {
        return 0
    }
    for identity in identities {
        let file = IdentityFile.encode(identity, comment: ascii("again"))
        let again = try? file.withBytes {
            try IdentityFile.parse($0, with: NativePrimitives.self)
        }
        precondition(again?.map(\.recipient) == [identity.recipient], "another key came back")
    }
    return 0
}
