internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips

/// A change of a link that is being written into two journals.
///
///     ["sallyport.begun-link/1", first, second, is linked, number, reason, person, hour]
///
/// Sealed to the desk's own key, in a file of its own in `linking/`; there only until both have it.
struct BegunLink: Equatable {
    /// Most bytes of the file.
    static let fileLimit = 1 << 16

    let first: TipID
    let second: TipID
    let isLinked: Bool
    let number: Int
    let reason: String
    let person: String
    let hour: Hour

    /// Whether it is of this pair, in either order.
    func isBetween(_ one: TipID, _ other: TipID) -> Bool {
        Set([first, second]) == Set([one, other])
    }

    /// Whether it changes a link of this case.
    func concerns(_ tip: TipID) -> Bool { tip == first || tip == second }

    /// What the journal of `tip`, one of the two, says.
    func change(in tip: TipID) -> LinkChange {
        LinkChange(
            other: tip == first ? second : first, isLinked: isLinked, number: number,
            reason: reason)
    }
}

extension BegunLink {
    var encoded: [UInt8] {
        var writer = CBORWriter(reserving: 256 + reason.utf8.count)
        writer.array(8)
        writer.label("sallyport.begun-link/1")
        writer.bytes(first.bytes)
        writer.bytes(second.bytes)
        writer.bool(isLinked)
        writer.uint(number)
        writer.text(reason)
        writer.text(person)
        writer.uint(hour.number)
        return writer.bytes
    }

    init(decoding bytes: Span<UInt8>) throws(FormatError) {
        self = try CBOR.decode(bytes, limit: Self.fileLimit) { (reader) throws(FormatError) in
            try reader.array(count: 8)
            try reader.label("sallyport.begun-link/1")
            guard let first = TipID(try reader.bytes(count: 32)),
                let second = TipID(try reader.bytes(count: 32))
            else { throw .wrongLength }
            let isLinked = try reader.bool()
            let number = try reader.uint(in: 1...Int(Int32.max))
            let reason = try reader.text(atMost: LinkChange.reasonLimit)
            let person = try reader.text(atMost: 256)
            guard let hour = Hour(number: try reader.uint(in: 0...Int(Int32.max))) else {
                throw .outOfRange
            }
            return BegunLink(
                first: first, second: second, isLinked: isLinked, number: number, reason: reason,
                person: person, hour: hour)
        }
    }
}

extension Desk {
    private var linkingFolder: String { folder + "/linking" }

    /// Writes down that a change of a link begins; from now on it is made.
    ///
    /// - Returns: the file's path.
    func begin(_ begun: BegunLink) throws -> String {
        try Durable.createDirectory(linkingFolder, mode: 0o770)
        let name = Hash(sha256: NativePrimitives.randomBytes(count: 16)).hex.prefix(32)
        let path = "\(linkingFolder)/\(name).age"
        let plaintext = begun.encoded
        let sealed = try sealedForDesk(plaintext.span)
        try Durable.write(sealed.span, to: path, mode: 0o660)
        return path
    }

    /// The changes of links that were begun and not ended. A damaged file is none: it can be neither
    /// made whole nor taken back, and must not keep anybody from the cases.
    func begunLinks() throws -> [(path: String, begun: BegunLink)] {
        try linkingFiles().compactMap { path in try readBegun(path).map { (path, $0) } }
    }

    private func linkingFiles() throws -> [String] {
        guard Durable.exists(linkingFolder) else { return [] }
        return try Durable.list(linkingFolder).filter { $0.hasSuffix(".age") && $0.first != "." }
            .map { "\(linkingFolder)/\($0)" }
    }

    /// What a file says; nil when it is damaged, or another program has ended it in the meantime.
    private func readBegun(_ path: String) throws -> BegunLink? {
        do {
            let plaintext = try openedForDesk(path, limit: BegunLink.fileLimit)
            return try plaintext.withBytes(BegunLink.init(decoding:))
        } catch let error as FileError where error.isNotThere {
            return nil
        } catch  where SealedTable.isDamage(error) {
            return nil
        }
    }

    /// Makes whole what was cut off between the journal of this case and another's.
    func finishLinks(of tip: TipID) throws {
        for (path, begun) in try begunLinks() where begun.concerns(tip) {
            if isThere(begun.first), isThere(begun.second) {
                try LinkTask(self, begun.first, begun.second).resume()
            } else {
                try Durable.remove(path)
            }
        }
    }

    /// Removes what was begun and concerns this case: it is being destroyed. What is damaged goes too,
    /// since nobody can say that it is not about this case.
    func removeBegunLinks(of tip: TipID) throws {
        for path in try linkingFiles() where try readBegun(path)?.concerns(tip) ?? true {
            try Durable.remove(path)
        }
    }
}
