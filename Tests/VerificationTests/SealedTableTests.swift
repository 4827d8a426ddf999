import Agents
import Custody
import DeskKit
import DurableFiles
import NativePrimitives
import Testing
import Tips

@testable import Verification

/// What the desk knows of its cases at a glance.
struct SealedTableTests {
    private let world: CaseWorld
    private let table: SealedTable
    private var folder: String { world.desk.folder + "/tables/test" }

    init() throws {
        world = try CaseWorld()
        table = SealedTable(desk: world.desk, name: "test")
    }

    private func row(_ tip: UInt8, _ entries: Int, _ content: String) throws -> SealedTable.Row {
        SealedTable.Row(tip: try self.tip(tip), entries: entries, content: Array(content.utf8))
    }

    private func tip(_ number: UInt8) throws -> TipID {
        try require(TipID([UInt8](repeating: number, count: 32)))
    }

    private func files() throws -> [String] {
        try Durable.list(folder).filter { $0.hasSuffix(".age") }
    }

    @Test func theNewestRowOfATipCounts() throws {
        try table.add([row(1, 1, "first"), row(2, 1, "other")])
        try table.add([row(1, 3, "third")])
        try table.add([row(1, 2, "second")])
        let rows = try table.rows()
        #expect(rows.count == 2)
        #expect(try rows[tip(1)]?.content == Array("third".utf8))
    }

    @Test func manyFilesBecomeOneAndNothingIsLost() throws {
        for number in 0..<UInt8(SealedTable.fileCount + 1) { try table.add([row(number, 1, "x")]) }
        #expect(try files().count == 1)
        #expect(try table.rows().count == SealedTable.fileCount + 1)
    }

    @Test func aRemovedTipIsInNoFileAnyMore() throws {
        try table.add([row(1, 1, "goes"), row(2, 1, "stays")])
        try table.add([row(1, 2, "goes too")])
        let before = try files()
        try table.remove(try tip(1))
        #expect(try table.rows().keys.sorted() == [tip(2)])
        #expect(try Set(files()).isDisjoint(with: before))
        try table.remove(try tip(2))
        #expect(try files().isEmpty)
    }

    @Test func nothingCanBeReadWithoutTheAgent() throws {
        try table.add([row(1, 1, "a deadline of theirs")])
        let bytes = try Durable.read(folder + "/" + files()[0], limit: 1 << 20)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("deadline"))
        // A file of another table is none of this one's.
        let other = SealedTable(desk: world.desk, name: "other")
        try Durable.createDirectory(world.desk.folder + "/tables/other")
        try Durable.write(bytes.span, to: world.desk.folder + "/tables/other/x.age")
        #expect(throws: FormatError.wrongLabel) { try other.rows() }
    }

    @Test func aRowIsMadeAnewOnlyWhenItsCaseHasGotOn() async throws {
        _ = try await world.pull([try world.tipFrame()])
        func read() throws -> [UInt8]? {
            try table.current([world.tip]) { opened in
                self.counter.count += 1
                return Array(opened.state.utf8)
            }[world.tip]?.get()
        }
        #expect(try read() == Array("to be examined".utf8))
        #expect(try read() == Array("to be examined".utf8))
        #expect(counter.count == 1)
        try world.desk.append(.frozen(why: "a test"), to: world.tip)
        #expect(try read() == Array("frozen: a test".utf8))
        #expect(counter.count == 2)
    }

    private final class Counter { var count = 0 }
    private let counter = Counter()

    @Test func aCaseThatCannotBeReadIsNamed() async throws {
        _ = try await world.pull([try world.tipFrame()])
        let journal = world.desk.journal(of: world.tip)
        try Durable.write([1, 2, 3].span, to: journal.path(0), .replace)
        let found = try table.current([world.tip]) { _ in [] }
        #expect(throws: DeskError.self) { try found[world.tip]?.get() }
    }
}
