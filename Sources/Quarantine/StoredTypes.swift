package import Custody
package import Tips

/// A tip, as quarantine knows it: a name and a state.
package struct StoredTip: Equatable, Sendable {
    /// Its name.
    package let id: TipID
    /// Where it is.
    package let state: TipState

    /// A tip.
    package init(id: TipID, state: TipState) {
        self.id = id
        self.state = state
    }
}

/// A frame in quarantine: the payloads are blobs, everything else is here.
package struct StoredEnvelope: Equatable, Sendable {
    /// One part of the frame, in the envelope's order.
    package struct Part: Equatable, Sendable {
        /// The age header.
        package let header: [UInt8]
        /// SHA-256 of the payload.
        package let payload: Hash
        /// Bytes of the payload.
        package let payloadBytes: Int
        /// The blob that holds the payload.
        package let blob: BlobName

        /// A part.
        package init(header: [UInt8], payload: Hash, payloadBytes: Int, blob: BlobName) {
            self.header = header
            self.payload = payload
            self.payloadBytes = payloadBytes
            self.blob = blob
        }
    }

    /// SHA-256 of the envelope: the submission's name.
    package let digest: Hash
    /// The tip it belongs to.
    package let tip: TipID
    /// Tip or supplement.
    package let kind: Envelope.Kind
    /// The frame's head: envelope and signature. Empty once the desk has confirmed.
    package let head: [UInt8]
    /// The parts in the envelope's order. Empty once the desk has confirmed.
    package let parts: [Part]

    /// A frame.
    package init(
        digest: Hash, tip: TipID, kind: Envelope.Kind, head: [UInt8], parts: [Part]
    ) {
        self.digest = digest
        self.tip = tip
        self.kind = kind
        self.head = head
        self.parts = parts
    }

    /// Bytes of the whole frame.
    package var byteCount: Int {
        parts.reduce(head.count) { $0 + $1.header.count + $1.payloadBytes }
    }
}

/// A payload in quarantine.
package struct StoredPayload: Equatable, Sendable {
    /// Its SHA-256.
    package let digest: Hash
    /// Its bytes.
    package let byteCount: Int
    /// The blob that holds it.
    package let blob: BlobName

    /// A payload.
    package init(digest: Hash, byteCount: Int, blob: BlobName) {
        self.digest = digest
        self.byteCount = byteCount
        self.blob = blob
    }
}

/// Where a bundle is, in the words of `Forwarding`, and what that means for storage.
package struct BundleState: Equatable, Sendable {
    /// The state's name.
    package let name: String
    /// The state's detail.
    package let detail: String
    /// Whether payloads must be kept for it; once false, a store keeps it so.
    package let needsPayloads: Bool

    /// A state.
    package init(name: String, detail: String, needsPayloads: Bool) {
        self.name = name
        self.detail = detail
        self.needsPayloads = needsPayloads
    }
}

/// A release that was verified and stored, but for its package, which can have megabytes: see
/// ``QuarantineReading/package(of:)``.
package struct StoredBundle: Equatable, Sendable {
    /// SHA-256 of the signed statement.
    package let digest: Hash
    /// The tip it comes from.
    package let tip: TipID
    /// The office it is for.
    package let office: String
    /// SHA-256 of the office's recipient that it is sealed to.
    package let keyFingerprint: Hash
    /// The payloads it needs.
    package let payloads: [Hash]
    /// Its plan.
    package let plan: Hash
    /// Its place in the plan, from 0.
    package let rank: Int
    /// How many bundles the plan has.
    package let planCount: Int
    /// Hours since 1970: signed not-before, when it is offered, signed expiry.
    package let hours: BundleHours
    /// Where it is.
    package let state: BundleState
    /// Whether a byte of it was ever handed out.
    package let wasServed: Bool
    /// Its number in the office's series; nil before it was offered.
    package let number: Int?
    /// Salt and event of its release; empty before it is stored.
    package let event: [UInt8]
    /// The tlog-proof of its release; nil before a checkpoint includes it.
    package let proof: [UInt8]?

    /// A bundle.
    package init(
        digest: Hash, tip: TipID, office: String, keyFingerprint: Hash, payloads: [Hash],
        plan: Hash, rank: Int, planCount: Int, hours: BundleHours,
        state: BundleState, wasServed: Bool = false, number: Int? = nil, event: [UInt8] = [],
        proof: [UInt8]? = nil
    ) {
        self.digest = digest
        self.tip = tip
        self.office = office
        self.keyFingerprint = keyFingerprint
        self.payloads = payloads
        self.plan = plan
        self.rank = rank
        self.planCount = planCount
        self.hours = hours
        self.state = state
        self.wasServed = wasServed
        self.number = number
        self.event = event
        self.proof = proof
    }
}

/// The hours (since 1970, UTC) that govern a bundle.
package struct BundleHours: Equatable, Sendable {
    /// Signed: not before.
    package let notBefore: Int
    /// When it is offered if nobody before it answers.
    package let due: Int
    /// Signed: no longer served from here on.
    package let expires: Int

    /// Three hours.
    package init(notBefore: Int, due: Int, expires: Int) {
        self.notBefore = notBefore
        self.due = due
        self.expires = expires
    }
}

/// An escalation plan.
package struct StoredPlan: Equatable, Sendable {
    /// Its random name.
    package let id: Hash
    /// The tip it belongs to.
    package let tip: TipID
    /// Whether a sealed part that arrived holds it.
    package let isHeld: Bool
    /// How often it was deferred.
    package let deferrals: Int
    /// By bundle, the hour at which it is offered if nobody before it answers.
    package let dues: [Hash: Int]

    /// A plan.
    package init(id: Hash, tip: TipID, isHeld: Bool, deferrals: Int, dues: [Hash: Int]) {
        self.id = id
        self.tip = tip
        self.isHeld = isHeld
        self.deferrals = deferrals
        self.dues = dues
    }
}

extension StoredPlan {
    /// The same plan, held.
    package var held: StoredPlan { with(isHeld: true) }
    /// The same plan, let go on.
    package var armed: StoredPlan { with(isHeld: false) }

    private func with(isHeld: Bool) -> StoredPlan {
        StoredPlan(id: id, tip: tip, isHeld: isHeld, deferrals: deferrals, dues: dues)
    }
}

/// What an office answered.
package struct StoredAnswer: Equatable, Sendable {
    /// SHA-256 of the acknowledgement.
    package let digest: Hash
    /// The bundle it answers.
    package let bundle: Hash
    /// The office.
    package let office: String
    /// The signed acknowledgement.
    package let acknowledgement: [UInt8]

    /// An answer.
    package init(digest: Hash, bundle: Hash, office: String, acknowledgement: [UInt8]) {
        self.digest = digest
        self.bundle = bundle
        self.office = office
        self.acknowledgement = acknowledgement
    }
}

/// The random name of a stored file: 32 hexadecimal digits, which say nothing of what is in it.
package struct BlobName: Hashable, Sendable {
    /// The name.
    package let text: String

    /// Reads a name; nil unless it is 32 lower-case hexadecimal digits.
    package init?(_ text: String) {
        guard text.utf8.count == 32,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.text = text
    }

    /// A fresh name.
    package static func random() -> BlobName {
        let digits = Array("0123456789abcdef")
        var system = SystemRandomNumberGenerator()
        let text = (0..<32).map { _ in digits[Int.random(in: 0..<16, using: &system)] }
        guard let name = BlobName(String(text)) else { preconditionFailure("32 digits are a name") }
        return name
    }
}
