internal import Agents
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// An append-only list of entries, each a file of its own, sealed to the key of a case.
///
/// `<n>.age`, n from 000000. The plaintext is the SHA-256 of the file before (zeros for the first),
/// the entry's JSON, and spaces up to a padded length: a missing, exchanged or moved entry shows,
/// and a size says little. Two programs that append at once cannot overwrite each other: a name can
/// be taken only once.
struct SealedJournal {
    /// Most bytes of one entry, padding included: releases for as many offices as a reporter can
    /// agree to fit.
    static let entryLimit = 16 * 1024 * 1024
    private static let attempts = 16

    let folder: String
    let tip: TipID
    let agent: DeskAgentClient

    /// The entries, in order.
    func entries() throws -> [JSONObject] {
        try read().entries
    }

    /// Adds an entry, durably.
    ///
    /// - Throws: ``DeskError/badInput(_:)`` for an entry that could not be read again: it would
    ///   close the whole case.
    func append(_ entry: JSONObject) throws {
        let recipient = try agent.caseRecipient(tip)
        try Durable.createDirectory(folder, mode: 0o770)
        for _ in 0..<Self.attempts {
            let names = try names()
            let last = try names.last.map { try bytes($0) }
            let sealed = try Self.sealed(entry, after: last, to: recipient)
            do throws(FileError) {
                return try Durable.write(sealed.span, to: path(names.count), mode: 0o660)
            } catch {
                guard error.isAlreadyThere else { throw error }
            }
        }
        throw DeskError.busy
    }

    /// The file that begins a journal with `entry`.
    static func first(_ entry: JSONObject, to recipient: Recipient) throws -> [UInt8] {
        try sealed(entry, after: nil, to: recipient)
    }

    /// Where the entry of this number is.
    func path(_ index: Int) -> String { "\(folder)/\(Self.name(index))" }

    private static func sealed(
        _ entry: JSONObject, after last: [UInt8]?, to recipient: Recipient
    ) throws -> [UInt8] {
        let plaintext = plaintext(entry, after: last)
        guard plaintext.count - Hash.byteCount <= entryLimit else {
            throw DeskError.badInput("That is more than one entry of a case can hold.")
        }
        let sealed = try SealedContainer.sealing(
            plaintext.span, to: [recipient], with: NativePrimitives.self)
        return sealed.header + sealed.payload
    }

    private func read() throws -> (entries: [JSONObject], last: [UInt8]?) {
        var entries: [JSONObject] = []
        var last: [UInt8]?
        for (index, name) in try names().enumerated() {
            guard name == Self.name(index) else {
                throw DeskError.altered("an entry of a journal is missing: \(folder)/\(name)")
            }
            let file = try bytes(name)
            entries.append(try open(file, after: last, name))
            last = file
        }
        return (entries, last)
    }

    private func open(_ file: [UInt8], after last: [UInt8]?, _ name: String) throws -> JSONObject {
        let (_, count) = try Header.parse(file.span)
        let fileKey = try agent.unwrap(Array(file[..<count]), ofCase: tip)
        let plaintext = try OpenedContainer.open(
            payload: file.span.extracting(count..<file.count), fileKey: fileKey)
        return try plaintext.withBytes { bytes in
            let link = last.map { Hash(sha256: $0).bytes } ?? [UInt8](repeating: 0, count: 32)
            guard bytes.count > 32, [UInt8](copying: bytes.extracting(0..<32)) == link else {
                throw DeskError.altered("an entry of a journal was exchanged: \(folder)/\(name)")
            }
            return try JSON.parse(
                bytes.extracting(32..<bytes.count), limit: Self.entryLimit, trailing: .spaces
            ).asObject()
        }
    }

    private static func plaintext(_ entry: JSONObject, after last: [UInt8]?) -> [UInt8] {
        let link = last.map { Hash(sha256: $0).bytes } ?? [UInt8](repeating: 0, count: 32)
        let text = link + JSON.object(entry).encoded
        let padding = Padding.paddedLength(text.count) - text.count
        return text + [UInt8](repeating: 0x20, count: padding)
    }

    private func names() throws -> [String] {
        guard Durable.exists(folder) else { return [] }
        return try Durable.list(folder).filter { !$0.hasPrefix(".") }
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        try Durable.read("\(folder)/\(name)", limit: Self.entryLimit + 1024 * 1024)
    }

    private static func name(_ index: Int) -> String {
        let digits = String(index)
        return String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits + ".age"
    }
}
