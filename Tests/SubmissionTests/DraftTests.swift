import Agencies
import Composing
import Submission
import Testing
import Tips

@Suite struct DraftTests {
    private func parse(_ text: String) throws(DraftProblem) -> TipDraft {
        try TipDraft(parsing: [UInt8](text.utf8).span)
    }

    @Test func `An empty tip has all seven parts and shares nothing`() throws {
        let draft = try parse("{}")
        #expect(draft.contents.map(\.partClass) == PartClass.textParts)
        #expect(draft.shares.isEmpty && draft.never.isEmpty)
        #expect(draft.withdrawalWord == nil && !draft.tellsProgress)
    }

    @Test(arguments: [
        ("{}", true),
        (#"{"language": "zh-Hans", "report": {"narrative": ""}, "place": {}}"#, true),
        (#"{"never": ["office-b"], "withdrawalWord": "w", "tellMe": true}"#, true),
        (#"{"share": [{"office": "a", "parts": ["report"]}]}"#, true),
        (#"{"urgency": {"danger": ["life"]}}"#, false),
        (#"{"place": {"site": "KK"}}"#, false),
        (#"{"report": {"answers": [{"ask": "now", "text": "there"}]}}"#, false),
        (#"{"reporter": {"safeToReply": true}}"#, false),
    ])
    func `A tip is empty when no part of it says anything`(text: String, isEmpty: Bool) throws {
        #expect(try parse(text).isEmpty == isEmpty)
    }

    @Test func `Every member arrives`() throws {
        let draft = try parse(
            """
            {"language": "zh-Hans", "report": {"narrative": "儿子在云南"},
             "urgency": {"danger": ["ransom", "life"], "deadline": "2026-12-01"},
             "share": [{"office": "office-a", "parts": ["evidence", "report"]}],
             "never": ["office-b"], "withdrawalWord": "麦子", "tellMe": true}
            """)
        #expect(draft.shares.map(\.office) == ["office-a"])
        #expect(draft.shares.first?.classes == [.report, .evidence])
        #expect(draft.never == ["office-b"])
        #expect(draft.withdrawalWord == "麦子" && draft.tellsProgress)
        var report = ReportPart()
        report.narrative = "儿子在云南"
        report.language = "zh-Hans"
        #expect(draft.contents.contains(.report(report)))
    }

    @Test(arguments: [
        (#"{"nevr": ["office-b"]}"#, DraftProblem.json(.unknownKey("nevr"))),
        (#"{"never": ["a"], "never": []}"#, .json(.repeatedKey("never"))),
        (#"{"never": "office-b"}"#, .json(.wrongType("never"))),
        (#"{"never": ["Office B"]}"#, .json(.badValue("never"))),
        (#"{"never": ["b", "b"]}"#, .officeTwice("b")),
        (#"{"share": [{"office": "a"}]}"#, .json(.missingKey("parts"))),
        (#"{"share": [{"office": "a", "parts": []}]}"#, .json(.badValue("parts"))),
        (#"{"share": [{"office": "a", "parts": ["manifest"]}]}"#, .json(.badValue("parts"))),
        (#"{"share": [{"office": "a", "parts": ["photo"]}]}"#, .json(.badValue("parts"))),
        (
            #"{"share": [{"office": "a", "parts": ["report"]}], "never": ["a"]}"#,
            .sharedAndNever("a")
        ),
        (#"{"tellMe": "yes"}"#, .json(.wrongType("tellMe"))),
        (#"{"withdrawalWord": "  "}"#, .emptyWord),
        (
            #"{"urgency": {"danger": ["everything"]}}"#,
            .section(.urgency, .json(.badValue("danger")))
        ),
        (#"{"report": {"story": "x"}}"#, .section(.report, .json(.unknownKey("story")))),
        ("[]", .json(.wrongType(""))),
    ])
    func `What is not exactly a tip is refused`(text: String, problem: DraftProblem) {
        #expect(throws: problem) { try parse(text) }
    }
}
