import Intake
import Testing

/// The form that a browser without script sends.
@Suite struct FormFileTests {
    private static let type = "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxk"
    private static let head = """
        ------WebKitFormBoundary7MA4YWxk\r\n\
        Content-Disposition: form-data; name="file"; filename="a.age"\r\n\
        Content-Type: application/octet-stream\r\n\r\n
        """
    private static let tail = "\r\n------WebKitFormBoundary7MA4YWxk--\r\n"

    private func form() throws -> FormFile { try #require(FormFile(contentType: Self.type)) }

    private func bytes(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

    @Test(arguments: ["", "x", "\r\n", "\r\n--", "--\r\n\r\n------WebKit", "\0\u{7F}"])
    func `The file comes out as it went in`(content: String) throws {
        let body = bytes(Self.head + content + Self.tail)
        expectEqual(try form().file(in: body), bytes(content))
        expectEqual(try form().file(in: Array(body.dropLast(2))), bytes(content))
    }

    @Test func `Where the file begins is known as soon as its fields have ended`() throws {
        let body = bytes(Self.head + "x")
        for count in 0..<body.count - 1 {
            expectEqual(try form().start(in: Array(body[..<count])), nil)
        }
        expectEqual(try form().start(in: body), body.count - 1)
    }

    @Test(arguments: [
        nil, "", "multipart/form-data", "multipart/form-data; boundary=", "text/plain",
        "multipart/form-data; boundary=a b", "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
    ])
    func `Another kind of body is no form`(type: String?) {
        #expect(FormFile(contentType: type) == nil)
    }

    @Test func `A boundary may stand in quotation marks`() throws {
        let form = try #require(FormFile(contentType: "multipart/form-data; boundary=\"b\""))
        #expect(try form.file(in: bytes("--b\r\na: b\r\n\r\nx\r\n--b--")) == bytes("x"))
    }

    @Test(arguments: [
        ("x", FormFile.Failure.badStart), ("\r\n--b\r\n\r\n", .badStart), ("--c\r\n", .badStart),
        ("--b\r\na: b\r\n\r\nx", .badEnd), ("--b\r\na: b\r\n\r\nx\r\n--b", .badEnd),
        ("--b\r\na: b\r\n\r\nx\r\n--b--\r\nmore", .badEnd),
        ("--b\r\na: b\r\n\r\nx\r\n--b\r\na: b\r\n\r\ny\r\n--b--", .badEnd),
        ("--b\r\n" + String(repeating: "a", count: 2048), .badStart),
    ])
    func `What is not one file in one form is refused`(
        body: String, failure: FormFile.Failure
    ) throws {
        let form = try #require(FormFile(contentType: "multipart/form-data; boundary=b"))
        #expect(throws: failure) { try form.file(in: bytes(body)) }
    }
}

/// Whether a file is sealed shows in its first bytes.
@Suite struct SealedStartTests {
    @Test(arguments: [
        ("age-encryption.org/v1\n-> X", SealedStart.binary), ("age-encryption.org/v1", .undecided),
        ("age-encryption.org/v2\n", .open), ("", .undecided), ("a", .undecided),
        ("-----BEGIN AGE ENCRYPTED FILE-----\n", .armored), (" \r\n\t", .undecided),
        ("\n\n-----BEGIN AGE ENCRYPTED", .armored), ("-----BEGIN PGP MESSAGE-----", .open),
        ("\u{FF}\u{D8}\u{FF}", .open), ("dear all", .open), ("\0", .open),
    ])
    func `The first bytes tell`(start: String, verdict: SealedStart) {
        #expect(SealedStart([UInt8](start.utf8), isAll: false) == verdict)
        let last = verdict == .undecided ? .open : verdict
        #expect(SealedStart([UInt8](start.utf8), isAll: true) == last)
    }
}
