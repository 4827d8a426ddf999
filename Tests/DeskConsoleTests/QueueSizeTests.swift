import Custody
import DeskKit
import DurableFiles
import Foundation
import Testing
import Tips

@testable import DeskConsole
@testable import Verification

/// A queue of many cases: as many as SALLYPORT_QUEUE says, or a few thousand.
struct QueueSizeTests {
    private static let count =
        ProcessInfo.processInfo.environment["SALLYPORT_QUEUE"].flatMap { Int($0) } ?? 3000
    /// From so many on a page is answered before all cases were read again, and takes at most this
    /// part of the time in which they were read at first. (Seconds would tell how busy the machine is.)
    private static let (many, part) = (20_000, 10)

    @Test func aPageIsAnsweredAtOnceHoweverManyCasesThereAre() async throws {
        let world = try ConsoleWorld()
        let desk = try Desk.open(world.folder)
        try fill(desk)
        try await world.serve { visitor in
            let start = ContinuousClock.now
            _ = try await visitor.enter()
            while try await visitor.get("/").text.contains("still being read") {}
            let reading = start.duration(to: .now)
            let last = (Self.count + QueuePage.pageSize - 1) / QueuePage.pageSize
            var times: [Duration] = []
            for page in [1, 2, last / 2, last, 1] {
                let begun = ContinuousClock.now
                let answer = try await visitor.get("/?page=\(page)")
                times.append(ContinuousClock.now - begun)
                #expect(answer.text.contains("Page \(page) of \(last)"))
                #expect(answer.text.contains("\(Self.count) case(s)"))
                let shown = answer.text.components(separatedBy: "<li class=\"case\">").count - 1
                #expect((1...QueuePage.pageSize).contains(shown))
                #expect(answer.body.count < 128 * 1024)
            }
            let chosen = try await visitor.get("/?priority=0")
            #expect(chosen.text.contains("fit what you chose"))
            print("\(Self.count) cases read in \(reading), pages: \(times)")
            if Self.count >= Self.many {
                #expect(try #require(times.max()) * Self.part < reading)
            }
        }
    }

    /// Cases that are only what the table of the queue knows of them: opening one would fail, and so
    /// shows if a page opened any.
    private func fill(_ desk: Desk) throws {
        let hour = try require(Hour("2026-11-20T10"))
        var rows: [SealedTable.Row] = []
        for number in 0..<Self.count {
            let tip = try require(TipID(Hash(sha256: Array("\(number)".utf8)).bytes))
            var facts = PriorityFacts(received: try require(hour.adding(hours: -(number % 700))))
            facts.reason = "第\(number)号：他们说月底不给钱就把他转卖。 They said they would sell him on."
            if number.isMultiple(of: 50) { facts.danger = [.life, .ransom] }
            if number.isMultiple(of: 7) { facts.deadline = "2026-12-0\(1 + number % 9)" }
            let row = QueueRow(
                stage: number.isMultiple(of: 3) ? .assessed : .toBeExamined, facts: facts,
                lastPerson: "ana", lastHour: hour, released: [])
            rows.append(SealedTable.Row(tip: tip, entries: 1, content: row.encoded))
            let journal = desk.journal(of: tip)
            try FileManager.default.createDirectory(
                atPath: journal.folder, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: journal.path(0)))
        }
        try desk.queueTable.add(rows)
    }
}
