internal import DurableFiles
package import Tips

/// All mailbox slots of one period, in memory.
package struct MailboxSlots: Sendable {
    /// The period's name; empty before the first.
    package let period: String
    /// By address, 2,048 bytes each.
    private let slots: [MailboxAddress: [UInt8]]

    /// Slots of one period.
    package init(period: String, slots: [MailboxAddress: [UInt8]]) {
        self.period = period
        self.slots = slots
    }

    /// What lies at `address`: the slot, or bytes made up for it.
    ///
    /// Both are always found, and one is chosen byte by byte, so that a slot and a made-up one take
    /// the same time.
    package func answer(_ address: MailboxAddress, secret: DoorSecret) -> [UInt8] {
        let madeUp = secret.madeUp(
            "sallyport.made-up-slot/1", address: address.bytes, period: period,
            count: Limits.slotBytes)
        return Choice.between(slots[address], madeUp)
    }

    /// The slots of the newest period under `path`; nil when that is `known`, or cannot be read.
    static func newest(in path: String, unless known: String) -> MailboxSlots? {
        guard let names = try? Durable.list(path),
            let period = names.filter(isPeriod).max(by: isEarlier), period != known
        else { return nil }
        let directory = path + "/" + period
        guard let files = try? Durable.list(directory) else { return nil }
        var slots: [MailboxAddress: [UInt8]] = [:]
        for name in files {
            guard let address = MailboxAddress(hex: name) else { continue }
            guard let slot = try? Durable.read(directory + "/" + name, limit: Limits.slotBytes),
                slot.count == Limits.slotBytes
            else { return nil }
            slots[address] = slot
        }
        return MailboxSlots(period: period, slots: slots)
    }

    private static func isPeriod(_ name: String) -> Bool {
        (1...32).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x54 }
    }

    /// Numbers by size, hours (`2026-11-23T15`) by time.
    private static func isEarlier(_ first: String, _ second: String) -> Bool {
        (first.utf8.count, first) < (second.utf8.count, second)
    }
}

/// A choice between what is stored and what is made up.
enum Choice {
    /// `stored` when there is something, else `madeUp`, of the same length; the time does not tell.
    static func between(_ stored: [UInt8]?, _ madeUp: [UInt8]) -> [UInt8] {
        let mask: UInt8 = stored == nil ? 0 : 0xFF
        let stored = stored ?? madeUp
        var answer = [UInt8](repeating: 0, count: madeUp.count)
        for index in answer.indices {
            answer[index] = (stored[index] & mask) | (madeUp[index] & ~mask)
        }
        return answer
    }
}
