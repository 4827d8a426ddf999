import Tips

/// A tile of a log: up to 256 hashes of one level, a file that never changes (C2SP tlog-tiles).
///
/// ```
/// tile/0/x001/x234/067        256 hashes of level 0
/// tile/1/000.p/17             the first 17 hashes of the first tile of level 1
/// tile/entries/000.p/17       the entries themselves
/// ```
package struct Tile: Hashable, Sendable {
    /// The most hashes or entries of a tile.
    package static let fullWidth = 256
    /// The highest level: six levels of eight bits hold more than any log has.
    package static let maximumLevel = 7

    /// What a tile is made of.
    package enum Kind: Hashable, Sendable {
        /// Hashes of subtrees of 256^level leaves.
        case hashes(level: Int)
        /// The entries.
        case entries
    }

    /// Hashes of which level, or entries.
    package let kind: Kind
    /// Which tile of its kind, counted from the left.
    package let index: UInt64
    /// How many hashes or entries it has: 1 to 256.
    package let width: Int

    /// The tile `index` with `width` hashes or entries; nil when a number is out of its limits.
    package init?(kind: Kind, index: UInt64, width: Int) {
        if case .hashes(let level) = kind, !(0...Self.maximumLevel).contains(level) { return nil }
        guard (1...Self.fullWidth).contains(width), index < 1 << 56 else { return nil }
        self.kind = kind
        self.index = index
        self.width = width
    }

    /// The path below the log's prefix.
    package var path: String {
        let kindName =
            switch kind {
            case .hashes(let level): "\(level)"
            case .entries: "entries"
            }
        let partial = width == Self.fullWidth ? "" : ".p/\(width)"
        return "tile/\(kindName)/\(Self.group(index))\(partial)"
    }

    /// Where the hashes of a tile are in the tree, or the leaves of its entries.
    package var places: [NodePlace] {
        let level =
            switch kind {
            case .hashes(let level): level * 8
            case .entries: 0
            }
        let first = index * UInt64(Self.fullWidth)
        return (0..<UInt64(width)).map { NodePlace(level: level, index: first + $0) }
    }

    /// The content of a tile of hashes: the hashes, one after the other.
    package static func content(hashes: [Hash]) -> [UInt8] {
        hashes.flatMap(\.bytes)
    }

    /// The content of a tile of entries: each with its length in two bytes before it.
    ///
    /// Entries are at most 65,535 bytes long; ours are commitments of 32.
    package static func content(entries: [[UInt8]]) -> [UInt8] {
        entries.flatMap { UInt16($0.count).bigEndianBytes + $0 }
    }

    /// The tiles that are new or wider in a tree of `size` leaves than in one of `oldSize`: what is
    /// to be published before the checkpoint of `size`.
    package static func added(from oldSize: UInt64, to size: UInt64) -> [Tile] {
        var tiles = added(.entries, from: oldSize, to: size)
        for level in 0...maximumLevel {
            let shift = UInt64(level * 8)
            tiles += added(.hashes(level: level), from: oldSize >> shift, to: size >> shift)
        }
        return tiles
    }

    /// The same for one kind, of which `count` hashes exist now and `oldCount` existed before.
    private static func added(_ kind: Kind, from oldCount: UInt64, to count: UInt64) -> [Tile] {
        guard oldCount < count else { return [] }
        let full = UInt64(fullWidth)
        return (oldCount / full...(count - 1) / full).compactMap { index in
            Tile(kind: kind, index: index, width: Int(min(full, count - index * full)))
        }
    }

    /// 1234067 is `x001/x234/067`.
    private static func group(_ index: UInt64) -> String {
        var groups = [digits(index % 1000)]
        var rest = index / 1000
        while rest > 0 {
            groups.append("x" + digits(rest % 1000))
            rest /= 1000
        }
        return groups.reversed().joined(separator: "/")
    }

    private static func digits(_ number: UInt64) -> String {
        String("\(1000 + number)".dropFirst())
    }
}

extension Tile {
    /// Reads exactly what ``path`` prints; nil for anything else.
    package init?(path: String) {
        guard path.utf8.count <= 100 else { return nil }
        var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count >= 3, parts.removeFirst() == "tile" else { return nil }
        let kindName = parts.removeFirst()
        var width = Self.fullWidth
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let number = CanonicalDecimal.parse(parts.removeLast().utf8), number < 256 else {
                return nil
            }
            width = Int(number)
            parts[parts.count - 1].removeLast(2)
        }
        let digits = parts.joined().utf8.filter { $0 != UInt8(ascii: "x") }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        guard let kind = Self.kind(kindName),
            let index = significant.isEmpty ? 0 : CanonicalDecimal.parse(significant)
        else { return nil }
        self.init(kind: kind, index: index, width: width)
        // The grouping, and every other spelling, is checked by printing it again.
        guard self.path.utf8.elementsEqual(path.utf8) else { return nil }
    }

    private static func kind(_ name: String) -> Kind? {
        if name == "entries" { return .entries }
        guard let level = CanonicalDecimal.parse(name.utf8), level <= UInt64(maximumLevel) else {
            return nil
        }
        return .hashes(level: Int(level))
    }
}
