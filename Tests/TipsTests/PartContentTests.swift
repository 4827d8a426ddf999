import Sealing
import Testing

@testable import Tips

@Suite struct PartContentTests {
    @Test("an empty part of every class is {} and spaces, 1,024 bytes, and reads back")
    func empty() throws {
        for partClass in PartClass.textParts + [.answer, .withdrawal] {
            let bytes = try TipContent(JSONObject(), as: partClass).encoded()
            #expect(bytes == [0x7B, 0x7D] + [UInt8](repeating: 0x20, count: 1022))
            let read = try TipContent.decode(bytes.span, as: partClass)
            #expect(read == (try TipContent(JSONObject(), as: partClass)))
            #expect(read.partClass == partClass)
        }
    }

    @Test(
        "a full part of every class reads back as it was",
        arguments: [
            (
                PartClass.urgency,
                #"{"danger":["life","ransom"],"reason":"赎金","deadline":"2023-03-01"}"#
            ),
            (.report, #"{"narrative":"我儿子2023年2月去云南打工。\n","language":"zh-Hans"}"#),
            (.report, #"{"answers":[{"ask":"police","text":"没有"},{"ask":"want","text":"回家"}]}"#),
            (.reporter, #"{"who":"母亲","contact":"+86 1","safeToReply":true,"how":"晚上"}"#),
            (
                .person,
                #"{"people":[{"names":["李四","Li Si"],"papers":"E1","description":"20岁"},{}]}"#
            ),
            (.person, #"{"people":[{"sex":"男","age":"1999","missingSince":"2023-02"}]}"#),
            (.place, #"{"site":"KK","building":"B3","floor":"4","room":"412","asOf":"2023-02"}"#),
            (
                .perpetrators,
                #"{"people":["x"],"accounts":["T1"],"demand":{"amount":"250000","currency":"CNY","#
                    + #""deadline":"2023-03-01"}}"#
            ),
            (.compelled, #"{"account":"被迫"}"#), (.answer, #"{"question":"q1","text":"四楼"}"#),
            (.withdrawal, #"{"codeWord":"蓝色的门","reason":"r"}"#),
        ])
    func full(_ partClass: PartClass, _ json: String) throws {
        let text = [UInt8](json.utf8)
        let padded =
            text + [UInt8](repeating: 0x20, count: Padding.paddedLength(text.count) - text.count)
        let content = try TipContent.decode(padded.span, as: partClass)
        #expect(try content.encoded() == padded)
        #expect(content.partClass == partClass)
    }

    @Test(
        "an unknown key, another type or a bad value is refused",
        arguments: [
            (PartClass.report, #"{"story":"x"}"#, JSONError.unknownKey("story")),
            (.report, #"{"narrative":1}"#, .wrongType("narrative")),
            (.report, #"{"language":"zh_CN"}"#, .badValue("language")),
            (.report, #"{"answers":[{"ask":"pin","text":""}]}"#, .badValue("ask")),
            (.report, #"{"answers":[{"ask":"way"}]}"#, .missingKey("text")),
            (
                .report, #"{"answers":[{"ask":"way","text":""},{"ask":"way","text":""}]}"#,
                .badValue("ask")
            ),
            (.report, #"{"narrative":"a","narrative":"b"}"#, .repeatedKey("narrative")),
            (.urgency, #"{"danger":["bored"]}"#, .badValue("danger")),
            (.urgency, #"{"danger":["life","life"]}"#, .badValue("danger")),
            (.urgency, #"{"deadline":"2023-02-29"}"#, .badValue("deadline")),
            (.reporter, #"{"safeToReply":"yes"}"#, .wrongType("safeToReply")),
            (.person, #"{"people":[{"name":"x"}]}"#, .unknownKey("name")),
            (.perpetrators, #"{"demand":{"sum":"1"}}"#, .unknownKey("sum")),
            (.place, #"[]"#, .wrongType("")),
        ])
    func refused(_ partClass: PartClass, _ json: String, _ error: JSONError) {
        let padded = [UInt8](json.utf8) + [UInt8](repeating: 0x20, count: 1024 - json.utf8.count)
        #expect(throws: ContentError.json(error)) {
            try TipContent.decode(padded.span, as: partClass)
        }
    }

    @Test("only spaces may follow, and only up to the padded length")
    func padding() throws {
        let bytes = try ReportPart().encoded()
        #expect(throws: ContentError.wrongPadding) {
            try ReportPart.decode((bytes + [UInt8](repeating: 0x20, count: 64)).span)
        }
        #expect(throws: ContentError.wrongPadding) {
            try ReportPart.decode(bytes.span.extracting(first: 1023))
        }
        for byte: UInt8 in [0x00, 0x0A, 0x09, 0x7B] {
            var changed = bytes
            changed[500] = byte
            #expect(throws: ContentError.json(.syntax(at: 500))) {
                try ReportPart.decode(changed.span)
            }
        }
        let indented = [0x20] + [UInt8](bytes.dropLast())
        #expect(throws: ContentError.json(.syntax(at: 0))) {
            try ReportPart.decode(indented.span)
        }
    }

    @Test("manifest and evidence are not JSON, and a part has a limit")
    func limits() throws {
        for partClass in [PartClass.manifest, .evidence] {
            #expect(throws: ContentError.notJSON) {
                try TipContent(JSONObject(), as: partClass)
            }
        }
        var long = ReportPart()
        long.narrative = String(repeating: "a", count: Limits.textPartBytes)
        #expect(throws: ContentError.tooLarge) { try long.encoded() }
    }

    @Test(
        "days are days of the calendar",
        arguments: [
            ("2024-02-29", true), ("2000-02-29", true), ("1900-02-29", false),
            ("2026-11-31", false),
            ("2026-13-01", false), ("2026-00-01", false), ("2026-1-01", false),
            ("2026-12-31 ", false),
            ("２０２６-12-31", false),
        ])
    func days(_ text: String, _ isValid: Bool) {
        #expect(DayText.isValid(text) == isValid)
    }

    @Test("class names and codes are those of the format")
    func classes() {
        for (code, name) in [
            "manifest", "urgency", "report", "reporter", "person", "place", "perpetrators",
            "compelled", "evidence", "answer", "withdrawal",
        ].enumerated() {
            #expect(PartClass(name: name)?.rawValue == UInt8(code))
            #expect(PartClass(rawValue: UInt8(code))?.name == name)
        }
        #expect(PartClass(name: "Report") == nil)
    }
}
