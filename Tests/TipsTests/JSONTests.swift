import Testing

@testable import Tips

@Suite struct JSONTests {
    @Test("a value is written with keys in their order and as few escapes as JSON.stringify")
    func writing() {
        let value: JSON = [
            "b": "\"\\/\u{8}\u{c}\n\r\t\u{1}\u{1f}\u{7f}\u{2028}水😀", "a": [1, -2, true, nullValue],
            "c": [:],
        ]
        #expect(
            text(value)
                == #"{"b":"\"\\/\b\f\n\r\t\u0001\u001f"# + "\u{7f}\u{2028}水😀"
                + #"","a":[1,-2,true,null],"c":{}}"#)
    }

    @Test(
        "what is written parses to the same value",
        arguments: [
            #"{}"#, #"[]"#, #""""#, #"{"a":{"b":[{"c":"d"}]}}"#, #"[9223372036854775807]"#,
            #"[-9223372036854775808]"#, #"[0,-1,true,false,null]"#, #"{"":""}"#,
        ])
    func roundTrip(_ source: String) throws {
        #expect(text(try parse(source)) == source)
    }

    @Test("escapes and white space are read")
    func reading() throws {
        let value = try parse(" {\t\"a\" :\r\n \"\\u6c34\\ud83d\\ude00\\/\\u0000\" } \n")
        #expect(value == ["a": "水😀/\0"])
    }

    static let cases: [(String, JSONError)] = [
        ("", .syntax(at: 0)), ("{", .syntax(at: 1)), ("[1,]", .syntax(at: 3)),
        (#"{"a":1,}"#, .syntax(at: 7)), (#"{"a" 1}"#, .syntax(at: 5)), ("{a:1}", .syntax(at: 1)),
        ("'a'", .syntax(at: 0)), ("[1 2]", .syntax(at: 3)), ("1 1", .syntax(at: 2)),
        ("\"\n\"", .syntax(at: 1)), (#""\x""#, .syntax(at: 2)), (#""a"#, .syntax(at: 2)),
        (#""\u12g4""#, .syntax(at: 5)), ("tru", .syntax(at: 3)), ("nul1", .syntax(at: 3)),
        ("NaN", .syntax(at: 0)), ("01", .syntax(at: 0)), ("-", .syntax(at: 1)),
        ("-01", .syntax(at: 1)), ("+1", .syntax(at: 0)), ("\u{feff}1", .syntax(at: 0)),
        ("1.0", .unsupportedNumber(at: 0)), ("1e3", .unsupportedNumber(at: 0)),
        ("-0", .unsupportedNumber(at: 0)), ("9223372036854775808", .unsupportedNumber(at: 0)),
        ("-9223372036854775809", .unsupportedNumber(at: 0)),
        ("99999999999999999999", .unsupportedNumber(at: 0)),
        (#""\ud83d""#, .badText(at: 1)), (#""\ude00""#, .badText(at: 1)),
        (#""\ud83dA""#, .badText(at: 1)), (#""\ud83d\u0041""#, .badText(at: 1)),
        (#"{"a":1,"a":2}"#, .repeatedKey("a")), (#"{"a":1,"\u0061":2}"#, .repeatedKey("a")),
    ]

    @Test("anything else is refused, and the error says where", arguments: cases)
    func refusing(_ source: String, _ error: JSONError) {
        #expect(throws: error) { try parse(source) }
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            "22ff22", "22c08022", "22eda08022", "22f490808022", "22c322",
        ])
    func badUTF8(_ bytes: String) {
        #expect(throws: JSONError.badText(at: 0)) { try JSON.parse(hex(bytes).span) }
    }

    @Test("keys that differ only in their bytes are different keys")
    func canonicallyEquivalentKeys() throws {
        let object = try parse("{\"\u{e9}\":1,\"e\u{301}\":2}").asObject()
        #expect(try object.int("\u{e9}") == 1)
        #expect(try object.int("e\u{301}") == 2)
    }

    @Test("sixteen levels are read, seventeen are not; nor more bytes than the limit")
    func limits() throws {
        let deep = String(repeating: "[", count: 16) + String(repeating: "]", count: 16)
        _ = try parse(deep)
        #expect(throws: JSONError.tooDeep) { try parse("[" + deep + "]") }
        #expect(throws: JSONError.tooLarge) { try JSON.parse([0x5B, 0x5D].span, limit: 1) }
    }

    @Test("what may follow is the caller's choice")
    func trailing() throws {
        let spaced = [UInt8]("{}  ".utf8)
        _ = try JSON.parse(spaced.span, trailing: .spaces)
        #expect(throws: JSONError.syntax(at: 2)) {
            try JSON.parse(spaced.span, trailing: .nothing)
        }
        #expect(throws: JSONError.syntax(at: 2)) {
            try JSON.parse([UInt8]("{}\n".utf8).span, trailing: .spaces)
        }
    }

    @Test("typed access names the key that is missing, wrong or unknown")
    func access() throws {
        let object = try parse(#"{"s":"x","n":3,"l":["a",1],"o":{}}"#).asObject()
        #expect(try object.string("s") == "x")
        #expect(try object.int("n", in: 0...3) == 3)
        #expect(throws: JSONError.badValue("n")) { try object.int("n", in: 0...2) }
        #expect(throws: JSONError.missingKey("z")) { try object.string("z") }
        #expect(throws: JSONError.wrongType("n")) { try object.string("n") }
        #expect(throws: JSONError.wrongType("l")) { try object.strings("l") }
        #expect(throws: JSONError.unknownKey("o")) { try object.allowOnly(["s", "n", "l"]) }
    }

    private var nullValue: JSON { .null }

    private func parse(_ source: String) throws(JSONError) -> JSON {
        try JSON.parse([UInt8](source.utf8).span)
    }

    private func text(_ value: JSON) -> String {
        String(decoding: value.encoded, as: UTF8.self)
    }
}
