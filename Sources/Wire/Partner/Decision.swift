package import Custody
package import Tips

/// What people at the desk decided about a tip, apart from releasing it.
package enum DeskVerdict: Int, CaseIterable, Sendable {
    /// Nothing more is done with it for now. The desk's request alone suffices.
    case hold = 0
    /// It goes on after it was held. The desk's request alone suffices.
    case resume = 1
    /// Not to be followed. Takes two persons.
    case reject = 2
    /// Everything of it is to be destroyed. Takes two persons.
    case erase = 3

    /// How many different persons of the roster must have signed.
    package var requiredPersons: Int {
        switch self {
        case .hold, .resume: 0
        case .reject, .erase: 2
        }
    }

    /// The verdict's word.
    package var word: String {
        switch self {
        case .hold: "hold"
        case .resume: "resume"
        case .reject: "reject"
        case .erase: "erase"
        }
    }
}

/// `["sallyport.decision/1", tip, verdict]`: what verifiers sign to reject or erase a tip.
package struct Decision: PartnerBody, Equatable {
    package static let byteLimit = 256

    /// The tip.
    package let tip: Hash
    /// The verdict.
    package let verdict: DeskVerdict

    /// A decision of these values.
    package init(tip: Hash, verdict: DeskVerdict) {
        self.tip = tip
        self.verdict = verdict
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(3)
        writer.label("sallyport.decision/1")
        writer.hash(tip)
        writer.uint(verdict.rawValue)
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> Decision {
        try reader.array(count: 3)
        try reader.label("sallyport.decision/1")
        let tip = try reader.hash()
        guard let verdict = DeskVerdict(rawValue: try reader.uint(in: 0...3)) else {
            throw .outOfRange
        }
        return Decision(tip: tip, verdict: verdict)
    }
}

/// `["sallyport.signed-decision/1", decision, [* [person, signature]]]`, persons rising by their bytes.
package struct SignedDecision: PartnerBody, Equatable {
    package static let byteLimit = 4 * 1024

    /// The encoded ``Decision``: what the persons signed.
    package let decision: [UInt8]
    /// By person of the roster, an Ed25519 signature over ``decision``.
    package let signatures: [String: [UInt8]]

    /// A decision with signatures, not checked.
    package init(decision: [UInt8], signatures: [String: [UInt8]]) {
        self.decision = decision
        self.signatures = signatures
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(3)
        writer.label("sallyport.signed-decision/1")
        writer.bytes(decision)
        writer.list(signatures.sorted { Self.isBefore($0.key, $1.key) }) {
            $0.array(2)
            $0.text($1.key)
            $0.bytes($1.value)
        }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> SignedDecision {
        try reader.array(count: 3)
        try reader.label("sallyport.signed-decision/1")
        let decision = try reader.bytes(atMost: Decision.byteLimit)
        let signatures = try reader.list(atMost: PartnerLimits.signatures) {
            (reader) throws(FormatError) in
            try reader.array(count: 2)
            return (
                try reader.text(atMost: PartnerLimits.nameBytes), try reader.bytes(count: 64)
            )
        }
        for (one, next) in zip(signatures, signatures.dropFirst()) {
            guard isBefore(one.0, next.0) else { throw .notDistinct }
        }
        return SignedDecision(
            decision: decision, signatures: Dictionary(uniqueKeysWithValues: signatures))
    }

    /// The one order of persons, so that a decision has one encoding.
    private static func isBefore(_ one: String, _ other: String) -> Bool {
        one.utf8.lexicographicallyPrecedes(other.utf8)
    }
}
