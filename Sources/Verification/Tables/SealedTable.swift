internal import Agents
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// What must be known of every case at a glance, one row a case: a copy of what the cases say, so that
/// fifty thousand of them need not be opened for one look.
///
/// A folder of files that are sealed to the desk's own key and never changed:
///
///     ["sallyport.desk-table/1", name, [* [tip, entries, content]]]
///
/// A row counts if no other of its tip has more `entries`, which is how many entries the case's journal
/// had. It is only a copy: when all files are gone, ``SealedTable/current(_:_:)`` makes them anew.
struct SealedTable {
    /// Most bytes of one row's content.
    static let contentLimit = 64 * 1024
    /// Most rows of one file.
    static let rowLimit = 1 << 20
    /// Most bytes of one file's plaintext.
    static let fileLimit = 1 << 30
    /// When there are more files than this, they are made one.
    static let fileCount = 48

    struct Row {
        let tip: TipID
        /// How many entries the case's journal had.
        let entries: Int
        let content: [UInt8]
    }

    let desk: Desk
    /// What the rows are about; also the folder's name.
    let name: String

    private var folder: String { "\(desk.folder)/tables/\(name)" }

    /// The newest row of each tip.
    func rows() throws -> [TipID: Row] {
        var newest: [TipID: Row] = [:]
        for file in try files() { try read(file, into: &newest) }
        return newest
    }

    /// Adds rows; many files are made one.
    func add(_ rows: [Row]) throws {
        guard !rows.isEmpty else { return }
        try Durable.createDirectory(folder, mode: 0o770)
        let sealed = try sealed(rows)
        try Durable.write(sealed.span, to: newPath, mode: 0o660)
        if try files().count > Self.fileCount { try rewrite { _ in true } }
    }

    /// Adds rows together with other files, which become durable with them.
    func add(_ rows: [Row], to files: inout NewFiles) throws {
        guard !rows.isEmpty else { return }
        try files.makeFolder("\(desk.folder)/tables", mode: 0o770)
        try files.makeFolder(folder, mode: 0o770)
        let sealed = try sealed(rows)
        try files.add(sealed.span, at: newPath, mode: 0o660)
    }

    /// Removes every row of a tip: nothing of it is left in any file.
    func remove(_ tip: TipID) throws {
        guard try soundRows()[tip] != nil else { return }
        try rewrite { $0 != tip }
    }

    /// Makes one file of all, with the rows of the tips that `keeps` wants.
    private func rewrite(_ keeps: (TipID) -> Bool) throws {
        let lock = try FolderLock(folder, waits: true)
        let old = try files()
        var newest: [TipID: Row] = [:]
        for file in old { try read(file, into: &newest) }
        let kept = newest.values.filter { keeps($0.tip) }
        if !kept.isEmpty {
            let sealed = try sealed(Array(kept))
            try Durable.write(sealed.span, to: newPath, mode: 0o660)
        }
        for file in old { try Durable.remove(file) }
        withExtendedLifetime(lock) {}
    }

    /// Clears away what a program that was ended left unfinished.
    func sweep() throws { try Durable.sweep(folder) }

    private var newPath: String {
        let random = NativePrimitives.randomBytes(count: 16)
        return "\(folder)/\(Hash(sha256: random).hex.prefix(32)).age"
    }

    func files() throws -> [String] {
        guard Durable.exists(folder) else { return [] }
        return try Durable.list(folder).filter { !$0.hasPrefix(".") && $0.hasSuffix(".age") }
            .map { "\(folder)/\($0)" }
    }
}

/// The files' form.
extension SealedTable {
    private func sealed(_ rows: [Row]) throws -> [UInt8] {
        var writer = CBORWriter(reserving: rows.reduce(256) { $0 + $1.content.count + 48 })
        writer.array(3)
        writer.label("sallyport.desk-table/1")
        writer.text(name)
        writer.array(rows.count)
        for row in rows {
            writer.array(3)
            writer.bytes(row.tip.bytes)
            writer.uint(row.entries)
            writer.bytes(row.content)
        }
        let plaintext = writer.takeSecret(as: NativePrimitives.self)
        let recipient = try desk.agent.caseRecipient(desk.deskJournal.tip)
        let sealed = try plaintext.withBytes { (bytes) throws(SealingError) in
            try SealedContainer.sealing(bytes, to: [recipient], with: NativePrimitives.self)
        }
        return sealed.header + sealed.payload
    }

    private func read(_ path: String, into newest: inout [TipID: Row]) throws {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Durable.read(path, limit: Self.fileLimit)
        } catch {
            // Another program made one file of many in the meantime; what was in it is there.
            if error.isNotThere { return }
            throw error
        }
        let (_, count) = try Header.parse(bytes.span)
        let fileKey = try desk.agent.unwrap(Array(bytes[..<count]), ofCase: desk.deskJournal.tip)
        let plaintext = try OpenedContainer.open(
            payload: bytes.span.extracting(count..<bytes.count), fileKey: fileKey)
        let rows = try plaintext.withBytes { (bytes) throws(FormatError) in try decode(bytes) }
        for row in rows where row.entries > newest[row.tip]?.entries ?? -1 {
            newest[row.tip] = row
        }
    }

    private func decode(_ bytes: Span<UInt8>) throws(FormatError) -> [Row] {
        try CBOR.decode(bytes, limit: Self.fileLimit) { (reader) throws(FormatError) in
            try reader.array(count: 3)
            try reader.label("sallyport.desk-table/1")
            guard try reader.text(atMost: 64) == name else { throw .wrongLabel }
            var rows: [Row] = []
            for _ in 0..<(try reader.arrayCount(in: 0...Self.rowLimit)) {
                try reader.array(count: 3)
                guard let tip = TipID(try reader.bytes(count: 32)) else { throw .wrongLength }
                rows.append(
                    Row(
                        tip: tip, entries: try reader.uint(in: 0...Int(Int32.max)),
                        content: try reader.bytes(atMost: Self.contentLimit)))
            }
            return rows
        }
    }
}
