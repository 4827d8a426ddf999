import Custody
import Foundation
import Testing
import Tips

/// What a statement may say about earlier bundles.
struct NoticeStatementTests {
    private let part = ReleaseStatement.Part(
        name: "parts/00.age", payloadDigest: someHash(1), headerDigest: someHash(2))

    private func earlier(_ numbers: UInt64...) -> [ReleaseStatement.Earlier] {
        numbers.map { .init(release: someHash(Int($0)), sequence: $0) }
    }

    private func recall(
        _ bundles: [ReleaseStatement.Earlier], predicate: String = "predicate.age",
        cover: String = "cover.age"
    ) -> ReleaseStatement.Notice {
        func file(_ name: String) -> ReleaseStatement.Part {
            .init(name: name, payloadDigest: someHash(3), headerDigest: someHash(4))
        }
        return .recall(.init(bundles: bundles, predicate: file(predicate), cover: file(cover)))
    }

    private func statement(
        _ notice: ReleaseStatement.Notice?, parts: [ReleaseStatement.Part],
        sequence: UInt64 = 9
    ) throws -> ReleaseStatement {
        guard let tip = TipID([UInt8](repeating: 7, count: 32)), let from = Hour(number: 1),
            let to = Hour(number: 2)
        else { throw StatementError.malformedStatement }
        return try ReleaseStatement(
            tip: tip, office: "office-a", officeKeyFingerprint: someHash(5), parts: parts,
            sequence: sequence, notBefore: from, expires: to, directoryVersion: 1,
            directoryDigest: someHash(6), policyDigest: someHash(7),
            sealedPredicateDigest: someHash(8), notice: notice)
    }

    @Test func noticesSurviveTheirStatement() throws {
        let release = try statement(.supplement(to: earlier(1, 8)), parts: [part])
        #expect(try ReleaseStatement(release.statement) == release)
        #expect(release.listed == [part])
        let notice = recall(earlier(3))
        let recall = try statement(notice, parts: [])
        #expect(try ReleaseStatement(recall.statement) == recall)
        #expect(recall.statement.subjects.map(\.name) == ["predicate.age", "cover.age"])
        #expect(recall.listed == notice.recall.map { [$0.predicate, $0.cover] })
    }

    @Test func aReleaseHasPartsAndARecallHasNone() {
        #expect(throws: StatementError.malformedStatement) { try statement(nil, parts: []) }
        #expect(throws: StatementError.malformedStatement) {
            try statement(.supplement(to: earlier(1)), parts: [])
        }
        #expect(throws: StatementError.malformedStatement) {
            try statement(recall(earlier(1)), parts: [part])
        }
    }

    @Test func earlierBundlesComeBeforeEachOnceAndInOrder() {
        let twice = [
            ReleaseStatement.Earlier(release: someHash(1), sequence: 1),
            ReleaseStatement.Earlier(release: someHash(1), sequence: 2),
        ]
        let many = (1...65).map {
            ReleaseStatement.Earlier(release: someHash($0), sequence: UInt64($0))
        }
        #expect(throws: StatementError.malformedStatement) {
            try statement(recall(many), parts: [], sequence: 100)
        }
        #expect(throws: Never.self) {
            try statement(recall(Array(many.prefix(64))), parts: [], sequence: 100)
        }
        for bundles in [[], earlier(9), earlier(2, 1), earlier(1, 1), earlier(0), twice] {
            #expect(throws: StatementError.malformedStatement) {
                try statement(recall(bundles), parts: [])
            }
            #expect(throws: StatementError.malformedStatement) {
                try statement(.supplement(to: bundles), parts: [part])
            }
        }
    }

    @Test func aRecallListsItsTwoFilesByTheirNames() throws {
        #expect(throws: StatementError.malformedStatement) {
            try statement(recall(earlier(1), predicate: "parts/00.age"), parts: [])
        }
        #expect(throws: StatementError.malformedStatement) {
            try statement(
                recall(earlier(1), predicate: "cover.age", cover: "predicate.age"), parts: [])
        }
        // Without its notice the same list is no release either.
        let text = String(
            decoding: try statement(recall(earlier(1)), parts: []).statement.encoded, as: UTF8.self)
        let start = try #require(text.range(of: ",\"recalls\":["))
        let end = try #require(text.range(of: "]", range: start.upperBound..<text.endIndex))
        let bare = text.replacingCharacters(in: start.lowerBound..<end.upperBound, with: "")
        #expect(throws: StatementError.malformedStatement) {
            try ReleaseStatement(Statement(utf8(bare)))
        }
    }
}
