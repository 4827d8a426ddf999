/// The members of a tar that was written by ``BundleLayout``, found by explicit name only.
///
/// Reading is strict: canonical headers (``TarHeader``), zero filling, no duplicate, exactly two
/// zero blocks at the end and nothing after them. Nothing is ever unpacked "as the archive says".
package struct TarReader<Source: SeekableBytes> {
    /// Where a member's bytes are.
    package struct Member: Equatable, Sendable {
        /// Offset of its first byte in the archive.
        package let offset: Int
        /// How many bytes it has.
        package let byteCount: Int
    }

    /// Bytes read at once when a member is streamed.
    package static var chunkBytes: Int { 1 << 18 }

    /// The members' names in the order of the archive.
    package let names: [String]
    private let members: [String: Member]
    private let source: Source

    /// Indexes `source`.
    ///
    /// - Throws: ``TarError`` for anything that our writer would not have written.
    package init(_ source: Source, memberLimit: Int) throws(TarError) {
        var names: [String] = []
        var members: [String: Member] = [:]
        var offset = 0
        while true {
            let block = try source.read(at: offset, count: TarHeader.blockBytes)
            if block.allSatisfy({ $0 == 0 }) { break }
            guard names.count < memberLimit else { throw .tooManyMembers }
            let (name, byteCount) = try TarHeader.decode(block)
            let member = Member(offset: offset + TarHeader.blockBytes, byteCount: byteCount)
            guard members.updateValue(member, forKey: name) == nil else { throw .duplicate(name) }
            names.append(name)
            offset = try Self.end(of: member, in: source)
        }
        guard source.byteCount == offset + 2 * TarHeader.blockBytes,
            try source.read(at: offset, count: 2 * TarHeader.blockBytes).allSatisfy({ $0 == 0 })
        else { throw .badEnd }
        self.names = names
        self.members = members
        self.source = source
    }

    private static func end(of member: Member, in source: Source) throws(TarError) -> Int {
        let end = member.offset + member.byteCount
        guard end <= source.byteCount else { throw .truncated }
        let filling = TarHeader.filled(member.byteCount) - member.byteCount
        guard try source.read(at: end, count: filling).allSatisfy({ $0 == 0 }) else {
            throw .badFilling
        }
        return end + filling
    }

    /// The place of a member; nil when there is none of that name.
    package func member(_ name: String) -> Member? {
        members[name]
    }

    /// All bytes of a small member; nil when it is missing or has more than `limit` bytes.
    package func bytes(of name: String, limit: Int) throws(TarError) -> [UInt8]? {
        guard let member = members[name], member.byteCount <= limit else { return nil }
        return try source.read(at: member.offset, count: member.byteCount)
    }

    /// Up to `count` bytes of a member from `offset` on, fewer only at its end; nil when it is
    /// missing.
    package func bytes(
        of name: String, at offset: Int, count: Int
    ) throws(TarError) -> [UInt8]? {
        guard let member = members[name] else { return nil }
        let start = min(max(0, offset), member.byteCount)
        return try source.read(
            at: member.offset + start, count: min(max(0, count), member.byteCount - start))
    }

    /// Lends the bytes of a member in pieces of at most ``chunkBytes``; false when it is missing.
    package func forEachPiece(
        of name: String, _ body: ([UInt8]) throws(TarError) -> Void
    ) throws(TarError) -> Bool {
        guard let member = members[name] else { return false }
        var done = 0
        while done < member.byteCount {
            let count = min(Self.chunkBytes, member.byteCount - done)
            try body(try source.read(at: member.offset + done, count: count))
            done += count
        }
        return true
    }
}
