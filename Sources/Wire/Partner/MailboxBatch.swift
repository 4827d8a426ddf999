package import Custody
package import Tips

/// All mailbox slots of one period, as the desk writes them.
///
/// `["sallyport.mailbox-batch/1", number, [* [address, slot]]]`. A batch is complete: it replaces
/// the one before it, and every slot in it is sealed anew, since a slot that stayed the same while
/// made-up addresses change would tell which receipts are real.
package struct MailboxBatch: PartnerBody, Equatable {
    package static let byteLimit = PartnerLimits.slots * (PartnerLimits.slotBytes + 48) + 64

    /// Rising from batch to batch; 1 is the first.
    package let number: Int
    /// By address, 2,048 bytes each.
    package let slots: [Hash: [UInt8]]

    /// A batch; slots that are not 2,048 bytes long are a programming error.
    package init(number: Int, slots: [Hash: [UInt8]]) {
        precondition(
            slots.values.allSatisfy { $0.count == PartnerLimits.slotBytes },
            "a mailbox slot has one size")
        self.number = number
        self.slots = slots
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(3)
        writer.label("sallyport.mailbox-batch/1")
        writer.uint(number)
        writer.list(slots.sorted { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }) {
            $0.array(2)
            $0.hash($1.key)
            $0.bytes($1.value)
        }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> MailboxBatch {
        try reader.array(count: 3)
        try reader.label("sallyport.mailbox-batch/1")
        let number = try reader.uint(in: 1...Int.max)
        let slots = try reader.list(atMost: PartnerLimits.slots) {
            (reader) throws(FormatError) in
            try reader.array(count: 2)
            return (try reader.hash(), try reader.bytes(count: PartnerLimits.slotBytes))
        }
        for (first, second) in zip(slots, slots.dropFirst()) {
            guard first.0.bytes.lexicographicallyPrecedes(second.0.bytes) else {
                throw .notDistinct
            }
        }
        return MailboxBatch(number: number, slots: Dictionary(uniqueKeysWithValues: slots))
    }
}

/// A batch with the desk station's signature over its exact bytes, so that it can be carried.
package struct SignedMailboxBatch: PartnerBody, Equatable {
    package static let byteLimit = MailboxBatch.byteLimit + 256

    /// The encoded ``MailboxBatch``.
    package let batch: [UInt8]
    /// The desk station's Ed25519 signature over ``batch``.
    package let signature: [UInt8]

    /// A batch with a signature, not checked.
    package init(batch: [UInt8], signature: [UInt8]) {
        self.batch = batch
        self.signature = signature
    }

    /// The batch, if `key` signed it and it is well-formed; nil otherwise.
    package func verified(by key: VerifyingKey) -> MailboxBatch? {
        guard key.verifies(signature, over: batch) else { return nil }
        return try? MailboxBatch(decoding: batch)
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(3)
        writer.label("sallyport.signed-mailbox-batch/1")
        writer.bytes(batch)
        writer.bytes(signature)
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> SignedMailboxBatch {
        try reader.array(count: 3)
        try reader.label("sallyport.signed-mailbox-batch/1")
        return SignedMailboxBatch(
            batch: try reader.bytes(atMost: MailboxBatch.byteLimit),
            signature: try reader.bytes(count: 64))
    }
}
