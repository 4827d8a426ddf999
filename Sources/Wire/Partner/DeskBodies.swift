package import Custody
package import Tips

/// `["sallyport.inbox/1", [* [envelope, kind, tip, frame bytes]]]`: the frames that wait for the
/// desk, in the order of their digests. The head's sequence counts every frame ever taken.
package struct DeskInbox: PartnerBody, Equatable {
    package static let byteLimit = PartnerLimits.entries * 96 + 64

    /// One frame.
    package struct Entry: Equatable, Sendable {
        /// SHA-256 of the envelope.
        package let envelope: Hash
        /// 0 for a tip, 1 for a supplement.
        package let kind: Int
        /// The tip it belongs to.
        package let tip: Hash
        /// Bytes of the whole frame.
        package let byteCount: Int

        /// An entry of these values.
        package init(envelope: Hash, kind: Int, tip: Hash, byteCount: Int) {
            self.envelope = envelope
            self.kind = kind
            self.tip = tip
            self.byteCount = byteCount
        }
    }

    /// The frames.
    package let entries: [Entry]

    /// An inbox of these frames.
    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(2)
        writer.label("sallyport.inbox/1")
        writer.list(entries) { writer, entry in
            writer.array(4)
            writer.hash(entry.envelope)
            writer.uint(entry.kind)
            writer.hash(entry.tip)
            writer.uint(entry.byteCount)
        }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> DeskInbox {
        try reader.array(count: 2)
        try reader.label("sallyport.inbox/1")
        let entries = try reader.list(atMost: PartnerLimits.entries) {
            (reader) throws(FormatError) in
            try reader.array(count: 4)
            return Entry(
                envelope: try reader.hash(), kind: try reader.uint(in: 0...1),
                tip: try reader.hash(), byteCount: try reader.uint(in: 0...Int.max))
        }
        return DeskInbox(entries)
    }
}

/// `["sallyport.events/1", [* [leaf, sealed]]]`: custody events that only the desk can open.
package struct SealedEvents: PartnerBody, Equatable {
    package static let byteLimit = 16 * 1024 * 1024

    /// One event.
    package struct Entry: Equatable, Sendable {
        /// Its commitment: the entry of the custody log.
        package let leaf: Hash
        /// Salt and event, an age file sealed to the desk.
        package let sealed: [UInt8]

        /// An entry of these values.
        package init(leaf: Hash, sealed: [UInt8]) {
            self.leaf = leaf
            self.sealed = sealed
        }
    }

    /// The events, in the order of their leaves.
    package let entries: [Entry]

    /// A list of these events.
    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(2)
        writer.label("sallyport.events/1")
        writer.list(entries) { writer, entry in
            writer.array(2)
            writer.hash(entry.leaf)
            writer.bytes(entry.sealed)
        }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> SealedEvents {
        try reader.array(count: 2)
        try reader.label("sallyport.events/1")
        let entries = try reader.list(atMost: PartnerLimits.entries) {
            (reader) throws(FormatError) in
            try reader.array(count: 2)
            return Entry(
                leaf: try reader.hash(),
                sealed: try reader.bytes(atMost: PartnerLimits.sealedEventBytes))
        }
        return SealedEvents(entries)
    }
}

/// `["sallyport.bundle-states/1", [* [bundle, tip, office, plan, held, state, detail]]]`: where
/// every bundle is about which something may still happen, as `Forwarding` names its states.
package struct BundleStates: PartnerBody, Equatable {
    package static let byteLimit = 8 * 1024 * 1024

    /// One bundle.
    package struct Entry: Equatable, Sendable {
        /// SHA-256 of the statement.
        package let bundle: Hash
        /// The tip.
        package let tip: Hash
        /// The office's identifier.
        package let office: String
        /// The escalation plan it belongs to, for ``PartnerPath/rearm(_:)``.
        package let plan: Hash
        /// Whether a sealed part that arrived holds the plan.
        package let isHeld: Bool
        /// The state's name.
        package let state: String
        /// The state's detail: an answer, a reason, or nothing.
        package let detail: String

        /// An entry of these values.
        package init(
            bundle: Hash, tip: Hash, office: String, plan: Hash, isHeld: Bool, state: String,
            detail: String
        ) {
            self.bundle = bundle
            self.tip = tip
            self.office = office
            self.plan = plan
            self.isHeld = isHeld
            self.state = state
            self.detail = detail
        }
    }

    /// The bundles, in the order of their digests.
    package let entries: [Entry]

    /// A list of these states.
    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(2)
        writer.label("sallyport.bundle-states/1")
        writer.list(entries) { writer, entry in
            writer.array(7)
            writer.hash(entry.bundle)
            writer.hash(entry.tip)
            writer.text(entry.office)
            writer.hash(entry.plan)
            writer.bool(entry.isHeld)
            writer.text(entry.state)
            writer.text(entry.detail)
        }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> BundleStates {
        try reader.array(count: 2)
        try reader.label("sallyport.bundle-states/1")
        let entries = try reader.list(atMost: PartnerLimits.entries) {
            (reader) throws(FormatError) in
            try reader.array(count: 7)
            return Entry(
                bundle: try reader.hash(), tip: try reader.hash(),
                office: try reader.text(atMost: PartnerLimits.nameBytes), plan: try reader.hash(),
                isHeld: try reader.bool(), state: try reader.text(atMost: PartnerLimits.nameBytes),
                detail: try reader.text(atMost: PartnerLimits.nameBytes))
        }
        return BundleStates(entries)
    }
}

/// `["sallyport.answers/1", [* [digest, bundle, office, acknowledgement]]]`: what offices answered.
/// It ends after ``PartnerLimits/answerBytes``; the rest comes once these are confirmed.
package struct AnswerList: PartnerBody, Equatable {
    package static let byteLimit = 16 * 1024 * 1024

    /// One answer.
    package struct Entry: Equatable, Sendable {
        /// SHA-256 of the acknowledgement.
        package let digest: Hash
        /// The bundle it answers.
        package let bundle: Hash
        /// The office's identifier.
        package let office: String
        /// The signed acknowledgement; the desk verifies it again.
        package let acknowledgement: [UInt8]

        /// An entry of these values.
        package init(digest: Hash, bundle: Hash, office: String, acknowledgement: [UInt8]) {
            self.digest = digest
            self.bundle = bundle
            self.office = office
            self.acknowledgement = acknowledgement
        }
    }

    /// The answers, in the order of their digests.
    package let entries: [Entry]

    /// A list of these answers.
    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(2)
        writer.label("sallyport.answers/1")
        writer.list(entries) { writer, entry in
            writer.array(4)
            writer.hash(entry.digest)
            writer.hash(entry.bundle)
            writer.text(entry.office)
            writer.bytes(entry.acknowledgement)
        }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> AnswerList {
        try reader.array(count: 2)
        try reader.label("sallyport.answers/1")
        let entries = try reader.list(atMost: PartnerLimits.entries) {
            (reader) throws(FormatError) in
            try reader.array(count: 4)
            return Entry(
                digest: try reader.hash(), bundle: try reader.hash(),
                office: try reader.text(atMost: PartnerLimits.nameBytes),
                acknowledgement: try reader.bytes(atMost: PartnerLimits.acknowledgementBytes))
        }
        return AnswerList(entries)
    }
}
