import NIOCore
import Sealing
import Testing

@testable import DeskConsole

/// Forms are read strictly, and a passphrase is never a text.
struct FormTests {
    private func body(_ text: String) -> FormBody {
        let body = FormBody(capacity: text.utf8.count)
        // In two pieces, as it may come.
        let bytes = [UInt8](text.utf8)
        body.append(ByteBuffer(bytes: bytes[..<(bytes.count / 2)]))
        body.append(ByteBuffer(bytes: bytes[(bytes.count / 2)...]))
        return body
    }

    @Test func fieldsAreDecoded() throws {
        let fields = try #require(body("a=1&b=%E4%BD%A0+%2B&a=2&c=&d").fields())
        #expect(fields["a"] == "1" && fields.all("a") == ["1", "2"])
        #expect(fields["b"] == "你 +" && fields["c"] == "" && fields.has("d"))
        #expect(fields["e"] == "" && !fields.has("e"))
    }

    @Test func lineEndsAreLineFeeds() throws {
        let fields = try #require(body("t=a%0D%0Ab%0Ac%0Dd%0D%0A").fields())
        #expect(Array(fields["t"].unicodeScalars) == Array("a\nb\nc\rd\n".unicodeScalars))
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff", "%ff=a", "a=%C3%28"])
    func whatIsNoFormIsRefused(_ text: String) {
        #expect(body(text).fields() == nil)
    }

    @Test func tooManyFieldsAreRefused() {
        let many = String(repeating: "a&", count: FormFields.countLimit + 2)
        #expect(body(many).fields() == nil)
    }

    @Test func thePassphraseIsBytesAlone() throws {
        let body = body("token=t&passphrase=p%C3%A4+ss%26%FF&step=sign")
        let fields = try #require(body.fields())
        #expect(fields.values.map(\.name) == ["token", "step"])
        let bytes = body.passphrase().withBytes { [UInt8](copying: $0) }
        #expect(bytes == Array("pä ss&".utf8) + [0xFF])
    }

    @Test func aPassphraseUnderAnEncodedNameIsOneToo() throws {
        let body = body("p%61ssphrase=secret")
        #expect(try #require(body.fields()).isEmpty)
        #expect(body.passphrase().count == 6)
    }

    @Test func noPassphraseIsEmpty() {
        #expect(body("a=b").passphrase().count == 0)
        let long = String(repeating: "a", count: FormBody.passphraseLimit + 1)
        #expect(body("passphrase=\(long)").passphrase().count == 0)
    }

    @Test func moreThanTheRoomIsNotTaken() throws {
        let body = FormBody(capacity: 3)
        body.append(ByteBuffer(string: "a=b"))
        body.append(ByteBuffer(string: "c"))
        #expect(try #require(body.fields())["a"] == "b")
    }
}
