internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Serving
internal import Synchronization
package import Tips
internal import Wire

/// Parked sealing states: written once, answered like slots, gone when their upload is over.
///
/// On disk, one file per address: tag of the tip key (32), state (8,192).
package final class ParkedStore: Sendable {
    private let data: DataDirectory
    private let secret: DoorSecret
    private let records: Mutex<[ParkedAddress: Record]>

    private struct Record: Sendable {
        let keyTag: [UInt8]
        let state: [UInt8]

        static let byteCount = 32 + Limits.parkedBytes

        var encoded: [UInt8] { keyTag + state }

        init(keyTag: [UInt8], state: [UInt8]) {
            self.keyTag = keyTag
            self.state = state
        }

        init?(_ bytes: [UInt8]) {
            guard bytes.count == Self.byteCount else { return nil }
            keyTag = Array(bytes[..<32])
            state = Array(bytes[32...])
        }
    }

    /// The states under `data`.
    ///
    /// - Throws: ``FileError`` when they cannot be read.
    package init(data: DataDirectory, secret: DoorSecret) throws {
        self.data = data
        self.secret = secret
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
    /// - Throws: ``FileError``, and then nothing is left.
    func park(_ request: ParkRequest) throws {
        let record = Record(keyTag: keyTag(request.tipKey), state: request.state)
        try records.withLock { records in
            guard records[request.address] == nil else { return }
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
            try data.coarsenTimes()
        } catch {
            try? data.remove(temporary)
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
            try data.remove(path(address))
            records[address] = nil
        }
    }

    /// Where something is parked, and by the keys of which tags.
    var places: [(address: ParkedAddress, keyTag: [UInt8])] {
        records.withLock { $0.map { ($0.key, $0.value.keyTag) } }
    }

    private func path(_ address: ParkedAddress) -> String { data.parked + "/" + address.hex }

    func keyTag(_ key: TipKey) -> [UInt8] { secret.tag("sallyport.key-tag/1", key.bytes) }
}
