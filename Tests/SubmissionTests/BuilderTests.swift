import Agencies
import Composing
import NativePrimitives
import Sealing
import Submission
import Testing
import Tips

@Suite struct BuilderTests {
    private func draft(_ text: String) throws -> TipDraft {
        try TipDraft(parsing: [UInt8](text.utf8).span)
    }

    @Test func `The desk opens a tip, and manifest and envelope fit`() throws {
        let gateway = try Gateway()
        let keys = NativeKeys.random()
        let draft = try draft(
            """
            {"report": {"narrative": "母亲"}, "never": ["office-b"], "withdrawalWord": "麦子",
             "share": [{"office": "office-a", "parts": ["report"]}], "tellMe": true}
            """)
        let built = try TipBuilder.build(
            draft, terms: gateway.terms(), keys: keys)
        let frame = try Frame.parse(built.encoded.span, with: NativePrimitives.self)
        let opened = try OpenedFrame(frame, with: gateway.desk)
        #expect(Set(opened.parts.keys) == Set(PartClass.textParts))
        #expect(opened.mailboxKey == keys.mailboxKey.withBytes { [UInt8](copying: $0) })
        let manifest = opened.manifest.manifest
        #expect(manifest.epoch == 2 && manifest.sequence == 0 && manifest.wishes == .progress)
        #expect(manifest.never == ["office-b"])
        #expect(opened.manifest.consents.map(\.leaf.office) == ["office-a"])
        #expect(opened.manifest.consents.first?.leaf.directoryVersion == 3)
        let lock = try #require(manifest.withdrawal)
        #expect(try lock.opens(with: [UInt8]("麦子".utf8).span, NativePrimitives.self))
        #expect(try !lock.opens(with: [UInt8]("wheat".utf8).span, NativePrimitives.self))
        for (partClass, plaintext) in opened.parts {
            #expect(try TipContent.decode(plaintext.span, as: partClass).partClass == partClass)
        }
    }

    @Test func `An empty tip and a short one look alike from outside`() throws {
        let gateway = try Gateway()
        let sizes = try ["{}", #"{"compelled": {"account": "they made him type"}}"#].map {
            let frame = try TipBuilder.build(
                draft($0), terms: gateway.terms(), keys: NativeKeys.random())
            return frame.encoded.count
        }
        #expect(sizes[0] == sizes[1])
    }

    @Test(arguments: [
        #"{"never": ["office-x"]}"#, #"{"share": [{"office": "office-x", "parts": ["report"]}]}"#,
    ])
    func `A misspelt office is refused, in share and in never`(text: String) throws {
        let gateway = try Gateway()
        #expect(
            throws: BuildError.unknownOffice(
                "office-x", known: ["office-a", "office-b"])
        ) {
            try TipBuilder.build(
                draft(text), terms: gateway.terms(), keys: NativeKeys.random())
        }
    }

    @Test func `Too long a text is refused, not cut`() throws {
        let gateway = try Gateway()
        let long = String(repeating: "长", count: 20_000)
        #expect(throws: BuildError.tooLong) {
            try TipBuilder.build(
                draft(#"{"report": {"narrative": "\#(long)"}}"#), terms: gateway.terms(),
                keys: NativeKeys.random())
        }
    }

    @Test func `A supplement needs no knowledge of the tip's envelope`() throws {
        let gateway = try Gateway()
        var answer = AnswerPart()
        answer.question = "q1"
        answer.text = "三楼"
        let place = SupplementPlace(count: 0, unixTime: 1_790_000_000, firstEnvelope: nil)
        let frame = try SupplementBuilder.build(
            .answer(answer), at: place, terms: gateway.terms(),
            keys: NativeKeys.random())
        let opened = try OpenedFrame(frame, with: gateway.desk)
        let plaintext = try #require(opened.parts[.answer])
        #expect(try TipContent.decode(plaintext.span, as: .answer) == .answer(answer))
        #expect(opened.manifest.manifest.sequence == place.sequence && place.sequence > 0)
    }

    @Test func `Numbers rise from hour to hour and within a run`() {
        let numbers = [(0, 0), (1, 0), (0, 3600), (300, 3600), (0, 1 << 40)].map {
            SupplementPlace(count: $0.0, unixTime: $0.1, firstEnvelope: nil).sequence
        }
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { (1...Int(Int32.max)).contains($0) })
    }
}
