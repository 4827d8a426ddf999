import BrowserSeal
import Opening
import Sealing

// What the vectors are run through in wasm: the same sources as natively, other primitives.

/// The outcomes that the testkit tells apart.
enum Outcome: Int32 {
    case success, noMatch, hmacFailure, headerFailure, payloadFailure, armorFailure
}

/// What the last call gave; JavaScript copies it out.
nonisolated(unsafe) private var result: [UInt8] = []

/// Memory that JavaScript fills; given back with `memory_give`.
@c(memory_take) public func memoryTake(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
}

/// Ends the use of memory that was taken.
@c(memory_give) public func memoryGive(_ memory: UnsafeMutablePointer<UInt8>) {
    unsafe memory.deallocate()
}

/// Bytes that the last call gave.
@c(result_count) public func resultCount() -> Int { unsafe result.count }

/// Copies them out.
@c(result_copy) public func resultCopy(_ target: UnsafeMutablePointer<UInt8>) {
    for index in unsafe result.indices { unsafe target[index] = result[index] }
}

/// Opens a container with the identities of an identity file, or, if it is under a passphrase, with
/// `secret` as that. The payload is pushed in pieces of `pieceBytes`.
@c(container_open) public func containerOpen(
    _ file: UnsafePointer<UInt8>, _ fileCount: Int, _ secret: UnsafePointer<UInt8>,
    _ secretCount: Int, _ isArmored: Int32, _ pieceBytes: Int
) -> Int32 {
    var container = unsafe [UInt8](UnsafeBufferPointer(start: file, count: fileCount))
    let secret = unsafe [UInt8](UnsafeBufferPointer(start: secret, count: secretCount))
    unsafe result = []
    if isArmored != 0 {
        guard let binary = dearmored(container) else { return Outcome.armorFailure.rawValue }
        container = binary
    }
    do throws(OpeningError) {
        return try open(container, secret, pieceBytes).rawValue
    } catch {
        switch error {
        case .noMatch: return Outcome.noMatch.rawValue
        case .badHeaderMAC: return Outcome.hmacFailure.rawValue
        default: return Outcome.headerFailure.rawValue
        }
    }
}

/// Seals `plaintext` to a recipient given as text; 0 unless that worked.
@c(container_seal) public func containerSeal(
    _ plaintext: UnsafePointer<UInt8>, _ count: Int, _ recipient: UnsafePointer<UInt8>,
    _ recipientCount: Int
) -> Int32 {
    let plaintext = unsafe [UInt8](UnsafeBufferPointer(start: plaintext, count: count))
    let text = unsafe [UInt8](UnsafeBufferPointer(start: recipient, count: recipientCount))
    do throws(SealingError) {
        let recipient = try Recipient(parsing: text.span)
        try recipient.prove(with: BoringPrimitives.self)
        let sealed = try SealedContainer.sealing(
            plaintext.span, to: [recipient], with: BoringPrimitives.self)
        unsafe result = sealed.header + sealed.payload
        return 1
    } catch {
        return 0
    }
}

private func dearmored(_ text: [UInt8]) -> [UInt8]? {
    var decoder = ArmorDecoder()
    var binary: [UInt8] = []
    do throws(ArmorError) {
        try decoder.update(text.span, into: &binary)
        try decoder.finish(into: &binary)
        return binary
    } catch {
        return nil
    }
}

private func open(
    _ container: [UInt8], _ secret: [UInt8], _ pieceBytes: Int
) throws(OpeningError) -> Outcome {
    let header: Header
    let start: Int
    do throws(HeaderError) {
        (header, start) = try Header.parse(container.span)
    } catch {
        throw .header(error)
    }
    guard header.encoded == [UInt8](container[..<start]) else { return .headerFailure }
    let fileKey = try unwrap(header, secret)
    guard container.count - start >= Payload.nonceBytes else { return .headerFailure }
    var opener = PayloadOpener(fileKey: fileKey)
    var plaintext: [UInt8] = []
    var outcome = Outcome.success
    do throws(OpeningError) {
        var position = start
        while position < container.count {
            let end = min(position + pieceBytes, container.count)
            try opener.update(container.span.extracting(position..<end), into: &plaintext)
            position = end
        }
        try opener.finish(into: &plaintext)
    } catch {
        outcome = .payloadFailure
    }
    unsafe result = plaintext
    return outcome
}

private func unwrap(
    _ header: Header, _ secret: [UInt8]
) throws(OpeningError) -> FileKey<BoringPrimitives> {
    if header.wantsPassphrase {
        return try header.unwrap(passphrase: SecretBytes(copying: secret.span))
    }
    let identities: [Identity<BoringPrimitives>]
    do throws(IdentityFile.Failure) {
        identities = try IdentityFile.parse(secret.span, with: BoringPrimitives.self)
    } catch {
        identities = []
    }
    return try header.unwrap(with: identities)
}
