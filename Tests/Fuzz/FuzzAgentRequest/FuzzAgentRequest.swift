import Custody
import Forwarding
import NativePrimitives
import Sealing

/// libFuzzer's entry point: the first byte chooses what a message to an agent is read as; what
/// parses is written again as the same bytes. The agents' sources are part of this program, since
/// nothing but the agents reads requests.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let first = input.first else { return 0 }
    let message = [UInt8](input.dropFirst())
    let secret = Secret(copying: message.span)
    switch first & 3 {
    case 0:
        guard let request = try? DeskRequest(decoding: secret) else { return 0 }
        checkSame(request.encoded, message)
    case 1:
        guard let request = try? SigningRequest.decode(secret) else { return 0 }
        precondition(request.texts.count <= SigningAgent.textLimit, "too many texts")
        for text in request.texts { check(text.bytes) }
        checkSame(request.encoded(), message)
    case 2:
        guard let key = try? CaseKey(decoding: secret) else { return 0 }
        precondition(key.drafts.count <= CaseKey.draftLimit, "too many drafts")
        checkSame(key.encoded, message)
    default: check(message)
    }
    return 0
}

/// What may be signed as one thing may not be signed as another.
private func check(_ text: [UInt8]) {
    let verifier: [SigningLabel] = [.release, .sums, .question, .decision]
    let station: [StationLabel] = [.request, .mailboxBatch, .message, .carriedOrder]
    let meanings = verifier.count { $0.fits(text) } + station.count { $0.fits(text) }
    precondition(meanings <= 1, "one text with two meanings")
    if SigningLabel.sums.fits(text) {
        precondition(Sums(decoding: text) != nil, "sums are signed that nobody reads")
    }
}

private func checkSame(_ written: consuming Secret, _ message: [UInt8]) {
    let again = written.withBytes { [UInt8](copying: $0) }
    precondition(again == message, "another encoding was accepted")
}
