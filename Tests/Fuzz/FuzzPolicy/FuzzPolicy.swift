import Agencies
import Custody
import Tips

/// libFuzzer's entry point: what parses as a routing policy is written again as the same bytes and
/// clears nobody for what never leaves the desk.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let policy = try? Policy(text: input) else { return 0 }
    precondition(policy.encoded == input, "another form was accepted")
    precondition(size <= Policy.byteLimit, "it is too large")
    precondition(policy.clearances.count <= DirectoryContents.officeLimit, "too many offices")
    for classes in policy.clearances.values {
        precondition(!classes.contains(where: \.isDeskOnly), "a class that never leaves the desk")
    }
    return 0
}
