package import Custody
internal import NativePrimitives
internal import Sealing

/// What the door remembers of one resumable upload beside its bytes: the whole list.
///
/// On disk (128 bytes): sequence, offset, length (u64, big endian each), whether the sender said that
/// these are all its bytes (u32: 0 or 1), hour of the last append (u32), tag of the tip key (32),
/// parked address or zeros (32), SHA-256 of all that (32). Two such slots are written in turn, so that
/// a torn write leaves the one before.
package struct UploadRecord: Equatable, Sendable {
    /// Bytes of one slot.
    package static let slotBytes = 128

    /// Rises with every write.
    package var sequence: UInt64 = 0
    /// How many bytes of the frame are on the disk.
    package var offset: Int
    /// Bytes of the whole frame.
    package let length: Int
    /// Whether the sender said, and has sent, the end of it. All bytes alone do not make an upload
    /// complete (resumable upload §4.1.3).
    package var isComplete = false
    /// The hour of the last append.
    package var hour: Hour
    /// The tip key under the door secret: counts a key's uploads without keeping the key.
    package let keyTag: [UInt8]
    /// The parked state that this upload makes superfluous; zeros for none.
    package let parked: [UInt8]

    /// A record of an upload of which `offset` bytes are there.
    package init(offset: Int, length: Int, hour: Hour, keyTag: [UInt8], parked: [UInt8]?) {
        self.offset = offset
        self.length = length
        self.hour = hour
        self.keyTag = keyTag
        self.parked = parked ?? [UInt8](repeating: 0, count: 32)
    }

    /// The record after `count` more bytes, the last ones if `isLast` and nothing is missing.
    func appended(_ count: Int, isLast: Bool, hour: Hour) -> UploadRecord {
        var record = self
        record.sequence += 1
        record.offset += count
        record.isComplete = isLast && record.offset == length
        record.hour = hour
        return record
    }

    /// Where in the file this record belongs.
    package var place: Int { Int(sequence % 2) * Self.slotBytes }

    private static let completeBit = UInt64(1) << 32

    /// The slot's bytes.
    package var encoded: [UInt8] {
        let state = (isComplete ? Self.completeBit : 0) | UInt64(hour.number)
        let numbers = [sequence, UInt64(offset), UInt64(length), state]
        let body = numbers.flatMap(Self.bigEndian) + keyTag + parked
        return body + NativePrimitives.sha256(body.span)
    }

    /// The newest whole slot of a state file; nil when there is none.
    package init?(file: [UInt8]) {
        let slots = [0, Self.slotBytes].compactMap { start -> UploadRecord? in
            guard file.count >= start + Self.slotBytes else { return nil }
            return UploadRecord(slot: Array(file[start..<start + Self.slotBytes]))
        }
        guard let newest = slots.max(by: { $0.sequence < $1.sequence }) else { return nil }
        self = newest
    }

    private init?(slot: [UInt8]) {
        let body = Array(slot[..<96])
        guard NativePrimitives.sha256(body.span) == Array(slot[96...]) else { return nil }
        let numbers = (0..<4).map { index in
            slot[8 * index..<8 * index + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        guard numbers[1] <= numbers[2], let length = Int(exactly: numbers[2]),
            numbers[3] < 2 * Self.completeBit,
            let hour = Hour(number: Int(UInt32(truncatingIfNeeded: numbers[3])))
        else { return nil }
        self.init(
            offset: Int(numbers[1]), length: length, hour: hour,
            keyTag: Array(slot[32..<64]), parked: Array(slot[64..<96]))
        sequence = numbers[0]
        isComplete = numbers[3] >= Self.completeBit
    }

    private static func bigEndian(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
    }
}
