import Intake
import NativePrimitives
import Opening
import Sealing
import Testing
import Tips
import Wire

/// What is sealed without the page is taken, and nothing else is kept.
@Suite struct DropTests {
    private let door: Door
    private let desk: Identity<NativePrimitives>

    init() throws {
        door = try Door()
        desk = try .generate(.mlkem768x25519)
        door.epochs.open(for: desk.recipient)
    }

    private func sealed(_ text: String, to recipient: Recipient? = nil) throws -> [UInt8] {
        let sealed = try SealedContainer.sealing(
            [UInt8](text.utf8).span, to: [recipient ?? desk.recipient], with: NativePrimitives.self)
        return sealed.header + sealed.payload
    }

    private func armored(_ file: [UInt8]) -> [UInt8] {
        var encoder = ArmorEncoder()
        var text: [UInt8] = []
        encoder.update(file.span, into: &text)
        encoder.finish(into: &text)
        return text
    }

    private func drop(_ file: [UInt8], at client: Client) async throws -> Answer {
        try await client.ask("POST", .drop(language: "zh-Hans"), form.fields, body: form.body(file))
    }

    private struct Form {
        let fields = ["Content-Type": "multipart/form-data; boundary=bound"]
        let head = [UInt8]("--bound\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".utf8)
        func body(_ file: [UInt8]) -> [UInt8] { head + file + [UInt8]("\r\n--bound--\r\n".utf8) }
    }
    private let form = Form()

    @Test func `A sealed file is taken, and is stored as any other tip`() async throws {
        let legacy = try Identity<NativePrimitives>.generate(.x25519)
        let files = [
            try sealed("救命"), try sealed("help", to: legacy.recipient),
            armored(try sealed(String(repeating: "SOS ", count: 20))),
        ]
        try await door.serve { client in
            for file in files {
                let answer = try await drop(file, at: client)
                #expect(answer.status == 202 && answer.text == "taken\n")
            }
        }
        let frames = try door.spooled()
        #expect(frames.count == files.count)
        for bytes in frames {
            let frame = try Frame.parse(bytes.span, with: NativePrimitives.self)
            #expect(frame.envelope.envelope.kind == .tip && frame.parts.count == 8)
        }
    }

    @Test func `The desk finds the very file, and a mandate to read consent in it`() async throws {
        let file = try sealed("May have it: office A")
        try await door.serve { client in _ = try await drop(armored(file), at: client) }
        let bytes = try door.spooled()[0]
        let frame = try Frame.parse(bytes.span, with: NativePrimitives.self)
        let reports = frame.parts.compactMap { part in
            let file = part.header + part.payload
            return try? OpenedContainer.open(file.span, with: [desk]).withBytes {
                (text) throws(ContentError) in try ReportPart.decode(text)
            }
        }
        let report = try #require(reports.first { $0.drop != nil })
        let found = try #require(report.drop)
        #expect(found.file == file && report.language == "zh-Hans")
        let mandate = TranscriptionMandate(
            tipKey: frame.envelope.envelope.tipKey,
            file: .of(file.span, with: NativePrimitives.self))
        #expect(mandate.isSigned(by: found.mandate, with: NativePrimitives.self))
    }

    @Test func `The same file sent again is answered alike and stored once`() async throws {
        let file = try sealed("x")
        try await door.serve { client in
            for _ in 0..<2 {
                let answer = try await drop(file, at: client)
                #expect(answer.status == 202)
            }
        }
        #expect(try door.spooled().count == 1)
    }

    @Test func `An open file is recognised by its first bytes, and not listened to`() async throws {
        let before = try door.files()
        try await door.serve { client in
            let connection = try Connection(port: client.port)
            let path = PublicPath.drop(language: "en").text
            let length = 1 << 40
            await connection.send(
                Client.head("POST", path, form.fields, length: length) + form.head + [0xFF, 0xD8])
            let answer = try Client.answer(try #require(await connection.readToEnd()))
            #expect(answer.status == 415 && answer.text == "unsealed\n")
            #expect(answer.fields["connection"] == "close")
        }
        #expect(try door.spooled().isEmpty)
        #expect(try door.files().subtracting(before).allSatisfy { !$0.contains("spool/new/") })
    }

    @Test func `What the desk could not use is refused in words, and nothing is kept`() async throws
    {
        let good = try sealed("x")
        let (_, count) = try Header.parse(good.span)
        let password =
            try Header(
                wrapping: FileKey<NativePrimitives>(),
                passphrase: Secret(copying: [UInt8]("pw".utf8).span), workFactor: 10
            ).encoded + good[count...]
        let cases: [([UInt8], Int, String)] = [
            (Array(good.dropLast(17)), 400, "damaged\n"), (password, 400, "damaged\n"),
            (Array("age-encryption.org/v1\n".utf8), 400, "damaged\n"),
            (Array(armored(good).dropLast(30)), 400, "damaged\n"), ([], 415, "unsealed\n"),
            (try sealed(String(repeating: "x", count: 25_000)), 413, "large\n"),
            (try sealed(String(repeating: "x", count: 99_000)), 413, "large\n"),
        ]
        try await door.serve { client in
            for (file, status, text) in cases {
                let answer = try await drop(file, at: client)
                #expect(answer.status == status && answer.text == text)
            }
            let other = try await client.ask("POST", .drop(language: "en"), body: good)
            #expect(other.refusal == .malformed)
        }
        #expect(try door.spooled().isEmpty)
    }

    @Test func `Files without a puzzle have a budget of their own`() async throws {
        door.settings.budgets.drops = HourlyBudget(count: 1, bytes: 1 << 20)
        try await door.serve { client in
            expectEqual(try await drop(try sealed("1"), at: client).status, 202)
            let second = try await drop(try sealed("2"), at: client)
            #expect(second.status == 503 && second.text == "later\n")
            let tip = try Sample.tip()
            expectEqual(try await client.send(tip.bytes, tip.digest).status, 202)
        }
    }

    @Test func `A used up budget does not tell whether a file came before`() async throws {
        door.settings.budgets.drops = HourlyBudget(count: 1, bytes: 1 << 20)
        let file = try sealed("1")
        try await door.serve { client in
            expectEqual(try await drop(file, at: client).status, 202)
            expectEqual(try await drop(file, at: client).status, 503)
        }
    }

    @Test func `Another site cannot make its visitors send`() async throws {
        try await door.serve { client in
            for (site, status) in [("cross-site", 400), ("same-site", 400), ("same-origin", 202)] {
                let answer = try await client.ask(
                    "POST", .drop(language: "en"),
                    form.fields.merging(["Sec-Fetch-Site": site]) { first, _ in first },
                    body: form.body(try sealed(site)))
                #expect(answer.status == status)
            }
        }
    }

    @Test func `A door without a directory takes nothing it could not seal`() async throws {
        let bare = try Door()
        try await bare.serve { client in
            let answer = try await drop(try sealed("x"), at: client)
            #expect(answer.status == 503)
        }
        #expect(try bare.spooled().isEmpty)
    }
}
