import Agencies
import Custody
import Forwarding
import ReleaseKit

/// Two offices, and the directory that vouches for them.
private let directory: Directory = {
    guard let world = try? SampleWorld(), let note = try? world.directoryNote(),
        let directory = try? world.directory(note)
    else { preconditionFailure("no directory") }
    return directory
}()

/// libFuzzer's entry point: the input is what an office signs. What is accepted is, signed again,
/// the same bytes; without a signature nothing is.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    precondition((try? Acknowledgement.verified(input, by: directory)) == nil, "it was not signed")
    for number: UInt8 in [4, 5] {
        guard let key = try? SampleWorld.key(number) else { preconditionFailure("no key") }
        var envelope = SignatureEnvelope(
            payloadType: Acknowledgement.payloadType, payload: input)
        envelope.sign(with: key)
        guard let read = try? Acknowledgement.verified(envelope.encoded, by: directory) else {
            continue
        }
        precondition(read.signed(with: key) == envelope.encoded, "another form was accepted")
        precondition(read.reason.utf8.count <= Acknowledgement.reasonLimit, "a long reason")
        let office = directory.office(signingWith: key.publicKey)
        precondition(read.office == office?.id, "an office signed for another")
    }
    return 0
}
