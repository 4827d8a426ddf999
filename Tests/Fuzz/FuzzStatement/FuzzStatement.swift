import Custody
import Tips

/// libFuzzer's entry point: what parses as a statement, or as a release, is written again as the
/// same bytes; what parses as an envelope is written so that it reads the same. The input is tried
/// as an envelope and as the payload under it.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let envelope = try? SignatureEnvelope(input) {
        precondition(size <= SignatureEnvelope.maximumByteCount, "it is too long")
        let again = try? SignatureEnvelope(envelope.encoded)
        precondition(again == envelope, "what was written reads otherwise")
        check(envelope.payload)
    }
    if let signed = try? SignedStatement(input), let roster = try? Roster([]) {
        precondition(signed.claim.encoded == signed.envelope.payload, "the claim is another")
        precondition((try? signed.verified(by: roster)) == nil, "nobody signed, it was accepted")
    }
    check(input)
    return 0
}

/// The layer under the signatures.
private func check(_ payload: [UInt8]) {
    guard let statement = try? Statement(payload) else { return }
    precondition(statement.encoded == payload, "another form of a statement was accepted")
    precondition(statement.subjects.count <= Statement.maximumSubjectCount, "too many subjects")
    guard let release = try? ReleaseStatement(statement) else { return }
    precondition(release.statement.encoded == payload, "another form of a release was accepted")
    precondition(release.listed.count == statement.subjects.count, "a part without a subject")
    precondition(release.parts.isEmpty == (release.notice?.recall != nil), "a recall of parts")
    let earlier = (release.notice?.earlier ?? []).map(\.sequence)
    precondition(earlier.allSatisfy { $0 < release.sequence }, "it is about a later bundle")
    precondition(release.notBefore < release.expires, "it is never in force")
}
