import Custody

/// libFuzzer's entry point: what parses as a policy of logs and witnesses keeps the limits, and a
/// comment in front of it or behind it changes nothing.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let policy = try? LogPolicy(text: input) else { return 0 }
    precondition(size <= LogPolicy.maximumByteCount, "it is too long")
    precondition((1...LogPolicy.maximumCount).contains(policy.logs.count), "no log, or too many")
    precondition(policy.witnesses.count <= LogPolicy.maximumCount, "too many witnesses")
    precondition(policy.logs.allSatisfy { $0.type == .ed25519 }, "a witness's key for a log")
    precondition(policy.witnesses.allSatisfy { $0.type == .cosignature }, "a log as a witness")
    let comment = [UInt8]("# nothing\n".utf8)
    guard size + 2 * comment.count <= LogPolicy.maximumByteCount else { return 0 }
    let again = try? LogPolicy(text: comment + input + comment)
    precondition(again == policy, "a comment made another policy")
    return 0
}
