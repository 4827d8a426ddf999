import Agencies
import Custody
import DeskKit
import DurableFiles
import Examination
import NativePrimitives
import Testing
import Tips

@testable import Verification

/// Evidence of a case, looked into by real workers.
@Suite(.enabled(if: (try? Sandbox()) != nil))
struct EvidenceExaminationTests {
    private let world: CaseWorld
    private let examiner: Examiner

    init() throws {
        world = try CaseWorld()
        examiner = Examiner(sandbox: try Sandbox(), scanner: ClamAV(socketPath: nil))
    }

    /// A case with one file of evidence.
    private func opened(_ original: [UInt8]) async throws -> OpenedCase {
        _ = try await world.pull([try world.tipFrame(), try world.evidenceFrame(original)])
        return try OpenedCase(world.tip, of: world.desk)
    }

    private func examine(_ opened: OpenedCase) throws -> OpenedCase {
        let examination = EvidenceExamination(opened, with: examiner)
        #expect(try examination.run(examination.waiting) == [])
        return try OpenedCase(world.tip, of: world.desk)
    }

    private var text: [UInt8] { Array("They moved us.\u{202E}\u{7} ကျွန်တော်\n".utf8) }

    @Test func whatWorkersFindIsKeptAndTheCopyIsSealed() async throws {
        let examined = try examine(try await opened(text))
        let part = try examined.part(named: "8")
        let found = try require(examined.record.examined[part.payload])
        #expect(found.report.type == "text/plain")
        #expect(found.report.scan.outcome == .couldNotScan(.notConfigured))
        #expect(found.copies.map(\.kind) == [.text])
        #expect(EvidenceExamination(examined, with: examiner).waiting == [])
        let lines = try examined.overview(ofPart: "8").lines.joined(separator: "\n")
        #expect(lines.contains("could not be scanned: no scanner is set up"))
        #expect(!lines.contains("nothing known was found"))
        var copy: [UInt8] = []
        #expect(try examined.withCopy(1, ofPart: "8") { copy += $0 } == "txt")
        #expect(String(decoding: copy, as: UTF8.self) == "They moved us. ကျွန်တော်\n")
        // On the disk it is sealed, like the original.
        let folder = world.desk.caseFolder(world.tip) + "/parts"
        for name in try Durable.list(folder) {
            let bytes = try Durable.read("\(folder)/\(name)", limit: 1 << 20)
            #expect(!String(decoding: bytes, as: UTF8.self).contains("They moved"))
        }
    }

    @Test func aCopyGoesWhereItsOriginalCannot() async throws {
        let examined = try examine(try await opened(text))
        try examined.label(part: "8", contains: [.evidence, .place], by: "ana")
        try examined.offerCopy(
            1, ofPart: "8", note: "cleaned text", contains: [.person], by: "ana")
        let offered = try OpenedCase(world.tip, of: world.desk)
        let derivative = try require(offered.record.derivatives.first)
        #expect(derivative.kind == .safeCopy)
        #expect(derivative.labels == [.person, .evidence])
        #expect(try offered.routingInput().parts.contains { $0.id == derivative.payload })
    }

    @Test func whatMayShowTheAbuseOfAChildIsNeverRenderedAndGoesNowhere() async throws {
        let examined = try examine(try await opened(text))
        try examined.label(part: "8", contains: [.evidence], by: "ana")
        try examined.offerCopy(1, ofPart: "8", note: "a copy", contains: [], by: "ana")
        try OpenedCase(world.tip, of: world.desk).markNeverRendered(part: "8", by: "ben")
        let marked = try OpenedCase(world.tip, of: world.desk)
        #expect(throws: DeskError.self) { try marked.withCopy(1, ofPart: "8") { _ in } }
        #expect(marked.record.derivatives.isEmpty)
        #expect(marked.state.hasPrefix("frozen: a file may show the sexual abuse of a minor"))
        try marked.label(part: "8", contains: [.evidence], by: "ana")
        let part = try marked.part(named: "8")
        let again = try OpenedCase(world.tip, of: world.desk)
        #expect(again.record.labels[part.payload] == nil)
        // Looking again starts no decoder.
        #expect(try EvidenceExamination(again, with: examiner).run([8]) == [])
        let report = try OpenedCase(world.tip, of: world.desk).record.examined[part.payload]?.report
        #expect(report?.copies == [])
        #expect(report?.gaps.contains(Gap(.copy, .neverRendered)) == true)
        #expect(try world.desk.queue().first?.priority?.level == .p0)
    }

    @Test func aCopyIsGivenWholeOrNotAtAll() async throws {
        let examined = try examine(try await opened(text))
        let listed = try examined.copies(ofPart: "8")
        #expect(listed.map(\.kind) == [.text] && listed[0].names == [])
        #expect(listed[0].facts?.byteCount == 43)
        let (bytes, kind) = try examined.wholeCopy(1, ofPart: "8", limit: 43)
        #expect(String(decoding: bytes, as: UTF8.self) == "They moved us. ကျွန်တော်\n")
        #expect(kind == .text && bytes.count == 43)
        for (number, limit) in [(1, 42), (0, 99), (2, 99)] {
            #expect(throws: DeskError.self) {
                try examined.wholeCopy(number, ofPart: "8", limit: limit)
            }
        }
        // Texts have no copies, and an original is none.
        #expect(throws: DeskError.self) { try examined.wholeCopy(1, ofPart: "1", limit: 99) }
    }

    @Test func aCopyThatWasExchangedIsNotGiven() async throws {
        let examined = try examine(try await opened(text))
        let copy = try require(
            try examined.record.examined[examined.part(named: "8").payload]?.copies.first)
        let original = try examined.part(named: "8")
        // Sealed to the same case, and another file all the same.
        let other = try Durable.read(examined.file(original.payload).path, limit: 1 << 20)
        try Durable.write(other.span, to: examined.file(copy.payload).path, .replace)
        #expect(throws: DeskError.altered("a safe copy is not what was made")) {
            try examined.wholeCopy(1, ofPart: "8", limit: 1 << 20)
        }
    }

    @Test func nothingIsShownOfWhatIsNeverRenderedOrBeingDestroyed() async throws {
        let examined = try examine(try await opened(text))
        let mark: [UInt8] = [0]
        try Durable.write(mark.span, to: world.desk.erasingFile(world.tip))
        #expect(try examined.copies(ofPart: "8").isEmpty)
        #expect(throws: DeskError.self) { try examined.wholeCopy(1, ofPart: "8", limit: 99) }
        try Durable.remove(world.desk.erasingFile(world.tip))
        #expect(try examined.copies(ofPart: "8").count == 1)
        try examined.markNeverRendered(part: "8", by: "ben")
        let marked = try OpenedCase(world.tip, of: world.desk)
        #expect(try marked.copies(ofPart: "8").isEmpty)
        #expect(throws: DeskError.self) { try marked.wholeCopy(1, ofPart: "8", limit: 99) }
    }

    @Test func textsAreNotExaminedAsFiles() async throws {
        let opened = try await opened(text)
        #expect(throws: DeskError.self) {
            try EvidenceExamination(opened, with: examiner).run([1])
        }
    }
}
