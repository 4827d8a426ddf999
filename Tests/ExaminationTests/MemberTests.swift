import Testing

@testable import Examination

/// Archives as they come out of workers.
@Suite struct MemberTests {
    private let limits = MemberLimits(files: 3, entries: 6, bytes: 2000)

    private func entry(
        _ name: String, _ content: [UInt8] = [], kind: Character = "0", size: String? = nil,
        damage: (inout [UInt8]) -> Void = { _ in }
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ offset: Int) {
            block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        put(name, 0)
        let octal = String(content.count, radix: 8)
        put(size ?? String(repeating: "0", count: 11 - octal.count) + octal + " ", 124)
        put("        ", 148)
        put(String(kind), 156)
        put("ustar\u{0}00", 257)
        damage(&block)
        let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        put(String(repeating: "0", count: 6 - sum.count) + sum + "\u{0} ", 148)
        let filling = (512 - content.count % 512) % 512
        return block + content + [UInt8](repeating: 0, count: filling)
    }

    private let end = [UInt8](repeating: 0, count: 1024)

    private struct Read {
        let members: [MemberReader.Member]
        let notFiles: Int
        let isWhole: Bool
    }

    private func read(_ stream: [UInt8], piece: Int = 1 << 20) throws -> Read {
        var reader = MemberReader(limits: limits)
        for start in stride(from: 0, to: stream.count, by: piece) {
            try reader.take(Array(stream[start..<min(stream.count, start + piece)]))
        }
        return Read(
            members: reader.members, notFiles: reader.notFiles, isWhole: reader.isWhole)
    }

    @Test(arguments: [1, 511, 512, 513, 1 << 20])
    func filesAreKeptInPiecesOfAnySize(piece: Int) throws {
        let content = (0..<700).map { UInt8(truncatingIfNeeded: $0) }
        let reader = try read(
            entry("a/b", content) + entry("folder/", kind: "5") + entry("empty") + end,
            piece: piece)
        #expect(reader.members.map(\.name) == ["a/b", "empty"])
        #expect(try reader.members[0].file.read(at: 0, count: 9999) == content)
        #expect(reader.members[1].file.byteCount == 0)
        #expect(reader.isWhole)
    }

    @Test func linksAndDevicesAreCountedAndNotFollowed() throws {
        let reader = try read(
            "12346".reduce([]) { $0 + entry("/etc/shadow", kind: $1) } + entry("a", [1]) + end)
        #expect(reader.notFiles == 5)
        #expect(reader.members.map(\.name) == ["a"])
    }

    @Test func aNameIsTextAndNothingElse() throws {
        let reader = try read(entry("../../etc/\u{202E}\u{1B}[2Jx", [1]) + end)
        #expect(reader.members[0].name == "../../etc/⟨U+202E⟩⟨U+001B⟩[2Jx")
    }

    @Test func moreThanMayBeIsRefused() throws {
        let file = entry("a", [1])
        #expect(throws: NotDone.tooMany) { try read(file + file + file + file) }
        let folder = entry("a", kind: "5")
        #expect(throws: NotDone.tooMany) { try read((0..<7).flatMap { _ in folder }) }
        let big = entry("a", [UInt8](repeating: 1, count: 1001))
        #expect(throws: NotDone.bomb) { try read(big + big) }
        #expect(throws: NotDone.bomb) { try read(entry("a", size: "77777777777 ")) }
    }

    @Test func aDamagedHeaderIsRefused() {
        var wrongSum = entry("a", [1])
        wrongSum[0] = 0x62
        let damaged: [[UInt8]] = [
            wrongSum, [UInt8](repeating: 0x41, count: 512), entry("a", size: "-0000000001 "),
            entry("a", size: "            "), entry("a", size: "8"), entry("a", kind: "x"),
            entry("a", kind: "L"), entry("a", kind: "7"), entry("a", [1], kind: "2"),
            entry("a", damage: { $0[257] = 0x55 }), entry("a", damage: { $0[124] = 0x80 }),
        ]
        for (number, block) in damaged.enumerated() {
            #expect(throws: NotDone.unexpectedOutput, "\(number)") { try read(block) }
        }
    }

    @Test func nothingComesAfterTheEnd() throws {
        #expect(throws: NotDone.unexpectedOutput) { try read(end + entry("a", [1])) }
        #expect(try !read(entry("a", [1])).isWhole)
        #expect(
            try !read(Array((entry("a", [UInt8](repeating: 1, count: 600))).dropLast(500))).isWhole)
        #expect(try read(end + end).isWhole)
    }
}
