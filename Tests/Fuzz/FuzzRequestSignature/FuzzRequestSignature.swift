import Custody
import HTTPTypes
import NativePrimitives
import Sealing
import Tips
import Wire

/// When the door receives the requests: seconds since 1970.
private let now = 1_795_446_000

/// libFuzzer's entry point: the lines of the input are the fields `Signature-Input`, `Signature`
/// and `Content-Digest`. What parses is in its one spelling; no signature passes but one of the
/// trusted key over what the door itself received.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let lines = String(decoding: input, as: UTF8.self).split(
        separator: "\n", maxSplits: 2, omittingEmptySubsequences: false
    ).map(String.init)
    guard lines.count == 3 else { return 0 }
    let digest = ContentDigest(fieldValue: lines[2])
    precondition(digest == nil || digest?.fieldValue == lines[2], "another digest was read")
    var fields = HTTPFields()
    fields[.signatureInput] = lines[0]
    fields[.signature] = lines[1]
    let request = SignedRequest(
        method: "POST", authority: "dispatch.test:8450", path: "/desk/releases",
        contentDigest: digest)
    if let signature = try? UnverifiedRequestSignature(fields) {
        check(signature, of: request, field: fields[.signatureInput] ?? "")
    }
    return 0
}

private func check(
    _ signature: UnverifiedRequestSignature, of request: SignedRequest, field: String
) {
    let parameters = signature.parameters
    precondition(field.utf8.count <= 1024, "it is too long")
    precondition(field.hasSuffix("=" + parameters.text), "another text than the field's is signed")
    precondition((16...SignatureParameters.textLimit).contains(parameters.nonce.utf8.count))
    precondition((1...SignatureParameters.textLimit).contains(parameters.keyID.utf8.count))
    guard let key = try? SigningKey(seed: Secret(copying: [UInt8](repeating: 1, count: 32).span))
    else { preconditionFailure("no key") }
    precondition((try? verify(signature, request, key.publicKey)) == nil, "nobody signed it")
    guard let base = try? request.signatureBase(parameters) else { return }
    let fields = RequestSignature.fields(request, parameters, signature: key.sign(base))
    let isNow = abs(parameters.created - now) <= SignatureParameters.clockToleranceSeconds
    let count = SignatureParameters.requestComponents.count + (request.contentDigest == nil ? 0 : 1)
    let signed = try? UnverifiedRequestSignature(fields)
    precondition(signed?.parameters == parameters, "the same parameters read otherwise")
    let passed = signed.flatMap { try? verify($0, request, key.publicKey) } != nil
    precondition(passed == (isNow && parameters.components.count == count), "not by its rules")
}

private func verify(
    _ signature: UnverifiedRequestSignature, _ request: SignedRequest, _ key: VerifyingKey
) throws {
    try signature.check(request, now: now) { key.verifies($0, over: $1) }
}
