import Agencies
import Agents
import Custody
import DeskKit
import Forwarding
import Opening
import Sealing
import Testing
import Tips

@testable import Verification

/// What a judgement must be tied to, and what of it leaves the desk.
struct JudgementTests {
    private func judgement(
        _ opened: OpenedCase, support: [IndicatorSupport]? = nil,
        elements: PalermoElements = PalermoElements(),
        corroboration: Corroboration = Corroboration(), notes: String = ""
    ) throws -> Judgement {
        let found = try support ?? opened.support([(.documents, "被卖到缅甸")])
        return Judgement(
            verdict: "held",
            assessment: Assessment(source: .c, information: .possiblyTrue, reason: "seen"),
            indicators: [.documents],
            handling: Handling(
                sharing: .amber, actions: .amber, caveat: "", civiliansHeldHere: true),
            support: found, elements: elements, corroboration: corroboration, notes: notes)
    }

    @Test func aSentenceIsTiedToThePartInWhichItStands() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        let report = try #require(opened.parts.first { $0.partClass == .report }).payload
        let place = try #require(opened.parts.first { $0.partClass == .place }).payload
        let summary = try #require(opened.record.derivatives.first).payload
        let found = try opened.support([
            (.movement, " 我的儿子被卖到缅甸 "), (.isolation, "妙瓦底"), (.debt, "son was sold"),
        ])
        #expect(found.map(\.part) == [report, place, summary])
        #expect(found[0].sentence == "我的儿子被卖到缅甸")
        // As it is shown: what could deceive the eye by its code.
        #expect(try opened.support([(.movement, "缅甸⟨U+202E⟩")])[0].part == report)
        for wrong in ["他被打了", "", "  ", String(repeating: "我", count: 700)] {
            #expect(throws: DeskError.self) { try opened.support([(.movement, wrong)]) }
        }
    }

    @Test func theSentencesOfACaseCanBeChosenFrom() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        try opened.derive(
            from: "report", kind: .translation, text: "He left. He rang!\nWhere is he? ...",
            language: "en", note: "", contains: [], by: "ana")
        let again = try OpenedCase(world.tip, of: world.desk)
        let sentences = try again.sentences()
        #expect(sentences.contains("我的儿子被卖到缅甸⟨U+202E⟩") && sentences.contains("妙瓦底"))
        #expect(
            sentences.suffix(4) == ["A son was sold.", "He left.", "He rang!", "Where is he?"])
        #expect(Set(sentences).count == sentences.count)
        for sentence in sentences {
            #expect(try again.support([(.threats, sentence)]).first?.sentence == sentence)
        }
    }

    @Test func anIndicatorWithoutItsSentenceIsRefused() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        let place = try #require(opened.parts.first { $0.partClass == .place }).payload
        let elsewhere = IndicatorSupport(
            indicator: .documents, part: place, sentence: "被卖到缅甸")
        let twice = try opened.support([(.documents, "缅甸"), (.documents, "儿子")])
        for support in [[], [elsewhere], twice, try opened.support([(.debt, "缅甸")])] {
            #expect(throws: DeskError.self) {
                try opened.assess(try judgement(opened, support: support), by: "ben")
            }
        }
        #expect(
            try OpenedCase(world.tip, of: world.desk).record.judgement == opened.record.judgement)
    }

    @Test func everythingOfItIsKeptAndReadAgain() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        let given = try judgement(
            opened,
            elements: PalermoElements(
                acts: [.recruitment, .transfer], means: [.fraud], purposes: [.labour],
                isChild: true),
            corroboration: Corroboration(sources: 2, note: "two fathers", placeReason: "x"),
            notes: "call back")
        try opened.assess(given, by: "ben")
        let again = try OpenedCase(world.tip, of: world.desk)
        #expect(again.record.judgement == given && again.judge == "ben")
        let lines = try again.overview().lines
        #expect(lines.contains { $0.contains("documents: “被卖到缅甸” (part 2, report)") })
        #expect(lines.contains("sources: 2 other source(s) say the same: two fathers"))
        #expect(lines.contains("notes: call back"))
    }

    /// As written before a judgement had sentences.
    @Test func anOldEntryIsStillRead() throws {
        let text = """
            {"hour":"2026-11-20T10","person":"ana","action":"assessed","verdict":"held","source":"C",\
            "information":3,"reason":"seen","indicators":["debt"],"sharing":"TLP:AMBER",\
            "actions":"PAP:AMBER","caveat":"","civilians":true}
            """
        let object = try JSON.parse(Array(text.utf8).span, limit: 4096).asObject()
        guard case .assessed(let old) = try CaseEvent(object).action else {
            throw DeskError.altered("another entry")
        }
        #expect(old.indicators == [.debt] && old.support.isEmpty && old.elements.isEmpty)
        #expect(!old.corroboration.allowsPlace && old.notes.isEmpty)
    }

    @Test func aChildNeedsNoMeans() {
        let child = PalermoElements(acts: [.harbouring], purposes: [.labour], isChild: true)
        let adult = PalermoElements(acts: [.harbouring], purposes: [.labour])
        #expect(child.missing.isEmpty && adult.missing == ["means"])
        #expect(adult.words.hasSuffix("nothing on: means"))
        #expect(PalermoElements(isChild: true).missing == ["act", "purpose"])
        #expect(PalermoElements().words.isEmpty)
        #expect(child.terms == "act harbouring; purpose labour; under 18")
    }

    @Test func thePlaceNeedsASecondSourceOrAReason() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        try opened.assess(try judgement(opened), by: "ana")
        let refusal = #expect(throws: DeskError.self) {
            try ReleasePreparation(try OpenedCase(world.tip, of: world.desk)).run()
        }
        #expect(refusal?.message.contains("office-a would be given the place") == true)
        #expect(try OpenedCase(world.tip, of: world.desk).record.open.isEmpty)
        // An office that gets no place gets the rest.
        let office = try #require(OfficeID("office-b"))
        _ = try ReleasePreparation(try OpenedCase(world.tip, of: world.desk)).run(
            .init(now: [office]))
        try opened.assess(
            try judgement(opened, corroboration: Corroboration(sources: 1, note: "a father")),
            by: "ana")
        #expect(try approvalWords(world).contains("1 other source(s) say the same: a father"))
        try opened.assess(
            try judgement(
                opened, corroboration: Corroboration(placeReason: "she saw it\u{202E}")),
            by: "ana")
        let words = try approvalWords(world)
        #expect(words.contains("ONE SOURCE ALONE, because (ana): she saw it⟨U+202E⟩"))
    }

    /// What was prepared before the reason was taken away is not signed.
    @Test func whoeverApprovesHoldsToTheRuleToo() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        _ = try ReleasePreparation(opened).run()
        try opened.assess(try judgement(opened), by: "eve")
        let refusal = #expect(throws: DeskError.self) { try world.approve(as: "ana") }
        #expect(refusal?.message.contains("one source alone") == true)
    }

    private func approvalWords(_ world: CaseWorld) throws -> String {
        _ = try ReleasePreparation(try OpenedCase(world.tip, of: world.desk)).run()
        return try ReleaseApproval(try OpenedCase(world.tip, of: world.desk)).recompute()
            .flatMap(\.words).joined(separator: "\n")
    }

    @Test func officesGetTheCountAndTheTermsAndNoSentence() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        let given = try judgement(
            opened, elements: PalermoElements(acts: [.recruitment], means: [.fraud]),
            corroboration: Corroboration(
                sources: 1, note: "SECRET-NOTE", placeReason: "SECRET-WHY"),
            notes: "SECRET-NOTES")
        try opened.assess(given, by: "ana")
        _ = try ReleasePreparation(try OpenedCase(world.tip, of: world.desk)).run()
        let now = try OpenedCase(world.tip, of: world.desk)
        for release in now.record.open {
            for sealed in [release.predicate, release.cover] {
                let key = try world.desk.agent.unwrap(sealed.header, ofCase: world.tip)
                let text = try OpenedContainer.open(payload: sealed.payload.span, fileKey: key)
                    .withBytes { String(decoding: [UInt8](copying: $0), as: UTF8.self) }
                let plain = text.replacing("\n", with: " ")
                #expect(plain.contains("[Independent sources that say the same: 1]"))
                #expect(plain.contains("act recruitment; means fraud]"))
                #expect(!plain.contains("SECRET") && !plain.contains("被卖到缅甸"))
            }
        }
    }
}
