package import Tips

/// One thing that happened to a tip, as the custody log commits to it.
///
/// CBOR: `["sallyport.event/1", kind, tip, object / null, office / "", hour]`. It is written in the
/// same transaction as the effect it tells of (I6).
package struct CustodyEvent: Hashable, Sendable {
    /// What happened.
    package enum Kind: String, CaseIterable, Sendable {
        /// A tip passed the door's checks and is stored. Object: digest of its envelope.
        case quarantined
        /// More parts of a tip are stored. Object: digest of the supplement's envelope.
        case supplemented
        /// The desk fetched the tip. Object: digest of the envelope.
        case pulled
        /// The desk confirmed a durable copy. Object: digest of the envelope.
        case confirmed
        /// The desk began to look at the tip.
        case examining
        /// The desk keeps the tip back.
        case held
        /// Two persons rejected the tip.
        case rejected
        /// Two persons released parts to an office. Object: digest of the statement.
        case released
        /// A standby bundle of an office came due. Object: digest of the statement.
        case armed
        /// The first byte of a bundle left for its office. Object: digest of the statement.
        case served
        /// The last byte of a bundle left for its office. Object: digest of the statement.
        case dispatched
        /// An office acknowledged its bundle. Object: digest of the acknowledgement.
        case acknowledged
        /// Something sealed arrived that holds the tip's standby bundles back.
        case frozen
        /// The reporter asked for the tip to be withdrawn.
        case withdrawn
        /// A bundle was stopped before an office had it. Object: digest of the statement.
        case revoked
        /// Every copy and key is gone.
        case erased
    }

    /// The longest encoding of an event, in bytes.
    package static let maximumByteCount = 256

    /// What happened.
    package let kind: Kind
    /// To which tip.
    package let tip: TipID
    /// What else it was about, as its kind says.
    package let object: Hash?
    /// The office it concerned; empty when none.
    package let office: String
    /// When.
    package let hour: Hour

    /// An event; `office` has at most 64 bytes.
    package init(kind: Kind, tip: TipID, object: Hash? = nil, office: String = "", hour: Hour) {
        precondition(office.utf8.count <= Limits.officeBytes, "an office's name is too long")
        self.kind = kind
        self.tip = tip
        self.object = object
        self.office = office
        self.hour = hour
    }

    /// The deterministic CBOR.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(6)
        writer.label("sallyport.event/1")
        writer.text(kind.rawValue)
        writer.bytes(tip.bytes)
        if let object { writer.bytes(object.bytes) } else { writer.null() }
        writer.text(office)
        writer.text(hour.text)
        return writer.bytes
    }

    /// Reads an event.
    ///
    /// - Throws: ``FormatError`` for anything that ``encoded`` would not write.
    package init(_ bytes: [UInt8]) throws(FormatError) {
        self = try CBOR.decode(bytes.span, limit: Self.maximumByteCount) {
            (reader) throws(FormatError) in
            try reader.array(count: 6)
            try reader.label("sallyport.event/1")
            guard let kind = Kind(rawValue: try reader.text(atMost: 32)),
                let tip = TipID(try reader.bytes(count: 32))
            else { throw .outOfRange }
            let object = try reader.takesNull() ? nil : Hash(try reader.bytes(count: 32))
            let office = try reader.text(atMost: Limits.officeBytes)
            guard let hour = Hour(try reader.text(atMost: 13)) else { throw .outOfRange }
            return CustodyEvent(kind: kind, tip: tip, object: object, office: office, hour: hour)
        }
    }
}
