import HTTPTypes
import Testing
import Wire

@Suite struct UploadFieldsTests {
    private func fields(_ pairs: [(HTTPField.Name, String)]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in pairs { fields.append(HTTPField(name: name, value: value)) }
        return fields
    }

    @Test func `Fields are read as they are written`() throws {
        let sent = UploadFields(
            isComplete: false, offset: 1_048_576, length: 268_439_040,
            limit: UploadLimit(maxSize: 1 << 31, maxAppendSize: 1 << 20, maxAge: 172_800))
        var message = HTTPFields()
        sent.write(into: &message)
        #expect(message[.uploadInteropVersion] == "8")
        #expect(message[.uploadComplete] == "?0")
        #expect(
            message[.uploadLimit]
                == "max-size=2147483648, max-append-size=1048576, max-age=172800")
        #expect(try UploadFields(message) == sent)
    }

    @Test func `Another interop version is refused`() {
        #expect(throws: UploadFieldsError.otherVersion) {
            try UploadFields(fields([(.uploadComplete, "?1")]))
        }
        #expect(throws: UploadFieldsError.otherVersion) {
            try UploadFields(fields([(.uploadInteropVersion, "6")]))
        }
    }

    @Test(arguments: [
        (HTTPField.Name.uploadOffset, "-1"), (.uploadOffset, "1.5"), (.uploadOffset, "?1"),
        (.uploadOffset, "1 2"), (.uploadLength, ""), (.uploadComplete, "1"),
        (.uploadComplete, "true"), (.uploadLimit, "max-size=;"),
    ])
    func `A field of another type is refused`(name: HTTPField.Name, value: String) {
        #expect(throws: UploadFieldsError.badField(name.rawName)) {
            try UploadFields(fields([(.uploadInteropVersion, "8"), (name, value)]))
        }
    }

    @Test func `A repeated field is refused`() {
        #expect(throws: UploadFieldsError.badField("Upload-Offset")) {
            try UploadFields(
                fields([
                    (.uploadInteropVersion, "8"), (.uploadOffset, "1"), (.uploadOffset, "2"),
                ]))
        }
    }

    @Test func `Unknown keys of a limit are ignored`() throws {
        let message = fields([
            (.uploadInteropVersion, "8"), (.uploadLimit, "max-append-size=5, colour=blue"),
        ])
        #expect(try UploadFields(message).limit == UploadLimit(maxAppendSize: 5))
    }
}
