import Wire

/// libFuzzer's entry point: the first byte chooses the body of the partners' door; what parses is
/// written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let first = input.first else { return 0 }
    bodies[Int(first) % bodies.count].check([UInt8](input.dropFirst()))
    return 0
}

/// Every body; the seeds know their places.
private let bodies: [any PartnerBody.Type] = [
    DeskInbox.self, SealedEvents.self, BundleStates.self, AnswerList.self, HashList.self,
    MailboxBatch.self, SignedMailboxBatch.self, OfficeListing.self, Head.self, HeadedAnswer.self,
    Decision.self, SignedDecision.self, CarriedOrder.self, SignedCarriedOrder.self,
    Revocation.self, ExposureReport.self,
]

extension PartnerBody {
    fileprivate static func check(_ bytes: [UInt8]) {
        guard let body = try? Self(decoding: bytes) else { return }
        precondition(bytes.count <= byteLimit, "a \(Self.self) is too long")
        precondition(body.encoded == bytes, "another encoding of a \(Self.self) was accepted")
    }
}
