package import Custody
package import Tips

/// What the desk asks of dispatch by a carried folder where a request's signature is missing.
///
/// `["sallyport.carried-order/1", word, hashes, frames]`. Each order is safe to be played back:
/// confirming twice changes nothing, and re-arming holds only for what the desk had seen.
package enum CarriedOrder: PartnerBody, Equatable {
    package static let byteLimit = HashList.byteLimit + 64

    /// The desk holds these frames durably, by their envelopes' digests.
    case confirmFrames([Hash])
    /// The desk holds these answers durably.
    case confirmAnswers([Hash])
    /// The desk holds these custody events durably, by their leaves.
    case confirmEvents([Hash])
    /// A tip's held plans may go on, if dispatch has taken no more than `frames` frames of it:
    /// whatever came after the desk looked may be a withdrawal.
    case rearm(tip: Hash, frames: Int)

    private var word: String {
        switch self {
        case .confirmFrames: "confirm-frames"
        case .confirmAnswers: "confirm-answers"
        case .confirmEvents: "confirm-events"
        case .rearm: "rearm"
        }
    }

    private var hashes: [Hash] {
        switch self {
        case .confirmFrames(let hashes), .confirmAnswers(let hashes), .confirmEvents(let hashes):
            hashes
        case .rearm(let tip, _): [tip]
        }
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(4)
        writer.label("sallyport.carried-order/1")
        writer.text(word)
        writer.list(hashes) { $0.hash($1) }
        if case .rearm(_, let frames) = self { writer.uint(frames) } else { writer.uint(0) }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> CarriedOrder {
        try reader.array(count: 4)
        try reader.label("sallyport.carried-order/1")
        let word = try reader.text(atMost: PartnerLimits.nameBytes)
        let hashes = try reader.list(atMost: PartnerLimits.entries) {
            (reader) throws(FormatError) in try reader.hash()
        }
        let frames = try reader.uint(in: 0...Int.max)
        let order: CarriedOrder
        switch word {
        case "confirm-frames": order = .confirmFrames(hashes)
        case "confirm-answers": order = .confirmAnswers(hashes)
        case "confirm-events": order = .confirmEvents(hashes)
        case "rearm" where hashes.count == 1: return .rearm(tip: hashes[0], frames: frames)
        default: throw .outOfRange
        }
        guard frames == 0 else { throw .outOfRange }
        return order
    }
}

/// `["sallyport.signed-carried-order/1", order, signature]`: an order with the desk station's
/// signature over its exact bytes.
package struct SignedCarriedOrder: PartnerBody, Equatable {
    package static let byteLimit = CarriedOrder.byteLimit + 256

    /// The encoded ``CarriedOrder``.
    package let order: [UInt8]
    /// The desk station's Ed25519 signature over ``order``.
    package let signature: [UInt8]

    /// An order with a signature, not checked.
    package init(order: [UInt8], signature: [UInt8]) {
        self.order = order
        self.signature = signature
    }

    /// The order, if `key` signed it and it is well-formed; nil otherwise.
    package func verified(by key: VerifyingKey) -> CarriedOrder? {
        guard key.verifies(signature, over: order) else { return nil }
        return try? CarriedOrder(decoding: order)
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(3)
        writer.label("sallyport.signed-carried-order/1")
        writer.bytes(order)
        writer.bytes(signature)
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> SignedCarriedOrder {
        try reader.array(count: 3)
        try reader.label("sallyport.signed-carried-order/1")
        return SignedCarriedOrder(
            order: try reader.bytes(atMost: CarriedOrder.byteLimit),
            signature: try reader.bytes(count: 64))
    }
}
