import NativePrimitives
import Sealing
import Tips

/// libFuzzer's entry point: any request to park a state; what is accepted is written back alike.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard input.count >= 32, let address = ParkedAddress([UInt8](input.prefix(32))) else {
        return 0
    }
    let body = [UInt8](input.dropFirst(32))
    do throws(FormatError) {
        let request = try ParkRequest.verifying(body, address: address, with: NativePrimitives.self)
        precondition(request.encoded == body, "another request was read")
    } catch {
        return 0
    }
    return 0
}
