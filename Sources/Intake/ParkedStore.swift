internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Serving
package import Custody
internal import Synchronization
package import Tips
internal import Wire

/// Parked sealing states: written once, answered like slots, gone when their upload is finished.
///
/// On disk, one file per address: hour (u64 big endian), tag of the tip key (32), state (8,192).
package final class ParkedStore: Sendable {
    private let data: DataDirectory
    private let secret: DoorSecret
    private let countLimit: Int
    private let idleHours: Int
    private let records: Mutex<[ParkedAddress: Record]>

    private struct Record: Sendable {
        let hour: Hour
        let keyTag: [UInt8]
        let state: [UInt8]

        static let byteCount = 8 + 32 + Limits.parkedBytes

        var encoded: [UInt8] {
            (0..<8).map { UInt8(truncatingIfNeeded: hour.number >> (56 - 8 * $0)) }
                + keyTag + state
        }

        init(hour: Hour, keyTag: [UInt8], state: [UInt8]) {
            self.hour = hour
            self.keyTag = keyTag
            self.state = state
        }

        init?(_ bytes: [UInt8]) {
            guard bytes.count == Self.byteCount else { return nil }
            let number = bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard let hour = Hour(number: Int(clamping: number)) else { return nil }
            self.hour = hour
            keyTag = Array(bytes[8..<40])
            state = Array(bytes[40...])
        }
    }

    /// The states under `data`.
    ///
    /// - Throws: ``FileError`` when they cannot be read.
    package init(
        data: DataDirectory, secret: DoorSecret, countLimit: Int, idleHours: Int
    ) throws {
        self.data = data
        self.secret = secret
        self.countLimit = countLimit
        self.idleHours = idleHours
        var found: [ParkedAddress: Record] = [:]
        for name in try Durable.list(data.parked) {
            let path = data.parked + "/" + name
            guard let address = ParkedAddress(hex: name),
                let record = Record(try Durable.read(path, limit: Record.byteCount))
            else {
                try Durable.remove(path)
                continue
            }
            found[address] = record
        }
        records = Mutex(found)
    }

    /// Parks the state of `request`, unless something is parked there already.
    ///
    /// - Throws: ``Refusal/busy`` when there is no room; ``FileError``, and then nothing is left.
    package func park(_ request: ParkRequest, at now: Hour) throws {
        let record = Record(
            hour: now, keyTag: keyTag(request.tipKey), state: request.state)
        try records.withLock { records in
            guard records[request.address] == nil else { return }
            guard records.count < countLimit else { throw Refusal.busy }
            try write(record, at: request.address)
            records[request.address] = record
        }
    }

    private func write(_ record: Record, at address: ParkedAddress) throws {
        let temporary = data.temporaryName()
        do {
            let file = try OpenFile(updating: temporary)
            try file.write(record.encoded.span, at: 0)
            try CoarseTime.set(file)
            try file.sync()
            try Durable.rename(temporary, to: path(address), .replace)
            try Durable.syncDirectory(data.parked)
            try CoarseTime.set(data.parked)
        } catch {
            try? Durable.remove(temporary)
            throw error
        }
    }

    /// What lies at `address`: the state, or bytes made up for it.
    package func answer(_ address: ParkedAddress) -> [UInt8] {
        let madeUp = secret.madeUp(
            "sallyport.made-up-state/1", address: address.bytes, period: "",
            count: Limits.parkedBytes)
        return Choice.between(records.withLock { $0[address]?.state }, madeUp)
    }

    /// Destroys the state at `address` if the key of `keyTag` parked it.
    func destroy(_ address: [UInt8], keyTag: [UInt8]) throws {
        guard let address = ParkedAddress(address) else { return }
        try records.withLock { records in
            guard records[address]?.keyTag == keyTag else { return }
            try Durable.remove(path(address))
            records[address] = nil
        }
    }

    /// Destroys what nobody came back for.
    ///
    /// - Returns: how many.
    package func expire(at now: Hour) throws -> Int {
        try records.withLock { records in
            let old = records.filter { now.hours(since: $0.value.hour) >= idleHours }
            for address in old.keys {
                try Durable.remove(path(address))
                records[address] = nil
            }
            return old.count
        }
    }

    private func path(_ address: ParkedAddress) -> String { data.parked + "/" + address.hex }

    func keyTag(_ key: TipKey) -> [UInt8] { secret.tag("sallyport.key-tag/1", key.bytes) }
}
