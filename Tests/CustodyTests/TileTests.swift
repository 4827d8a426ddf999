import Custody
import Testing
import Tips

/// C2SP tlog-tiles: paths, widths, and what is new between two sizes.
@Suite struct TileTests {
    @Test(arguments: [
        (Tile.Kind.hashes(level: 0), UInt64(1_234_067), 256, "tile/0/x001/x234/067"),
        (.hashes(level: 1), 0, 17, "tile/1/000.p/17"),
        (.entries, 273, 112, "tile/entries/273.p/112"),
        (.entries, 1000, 256, "tile/entries/x001/000"),
        (.hashes(level: 7), 999, 1, "tile/7/999.p/1"),
    ])
    func pathsAreThoseOfTheSpecification(
        kind: Tile.Kind, index: UInt64, width: Int, path: String
    ) throws {
        let tile = try #require(Tile(kind: kind, index: index, width: width))
        #expect(tile.path == path)
        #expect(Tile(path: path) == tile)
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/8/000", "tile/0/00", "tile/0/0000", "tile/0/x000/001",
        "tile/0/001/000", "tile/0/x001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
        "tile/00/000", "tile/0/000.p", "tile/0/000/", "/tile/0/000", "tile/0/../000",
        "tile/0/00\u{661}",
        "tile/-1/000", "tile/0/x999/x999/x999/x999/x999/x999/999", "TILE/0/000",
    ])
    func otherPathsAreRefused(_ path: String) {
        #expect(Tile(path: path) == nil)
    }

    @Test func aTreeOf70000HasTheTilesOfTheSpecification() {
        let tiles = Tile.added(from: 0, to: 70_000).filter { $0.kind != .entries }
        let levels = Dictionary(grouping: tiles, by: { $0.kind })
        #expect(levels[.hashes(level: 0)]?.count == 274)
        #expect(levels[.hashes(level: 0)]?.last?.path == "tile/0/273.p/112")
        #expect(levels[.hashes(level: 1)]?.map(\.width) == [256, 17])
        #expect(levels[.hashes(level: 2)]?.map(\.path) == ["tile/2/000.p/1"])
        #expect(levels.count == 3)
    }

    @Test func onlyWhatGrewIsNew() {
        #expect(Tile.added(from: 300, to: 300).isEmpty)
        #expect(
            Tile.added(from: 255, to: 257).map(\.path) == [
                "tile/entries/000", "tile/entries/001.p/1", "tile/0/000", "tile/0/001.p/1",
                "tile/1/000.p/1",
            ])
        #expect(
            Tile.added(from: 257, to: 258).map(\.path) == [
                "tile/entries/001.p/2", "tile/0/001.p/2",
            ])
    }

    @Test func aTileOfALevelHoldsTheRootsOfItsSubtrees() throws {
        let stored = StoredTree(size: 600)
        let tile = try #require(Tile(kind: .hashes(level: 1), index: 0, width: 2))
        let hashes = tile.places.compactMap { stored.nodes[$0] }
        #expect(hashes.first == stored.roots[256])
        #expect(Tile.content(hashes: hashes).count == 64)
        #expect(Tile.content(entries: [[1, 2], []]) == [0, 2, 1, 2, 0, 0])
    }
}
