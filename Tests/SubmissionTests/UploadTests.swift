import Agencies
import Composing
import Custody
import DurableFiles
import NativePrimitives
import Sealing
import Submission
import Synchronization
import Testing
import Tips
import Wire

@Suite struct UploadTests {
    private let place = SupplementPlace(count: 0, unixTime: 1_790_000_000, firstEnvelope: nil)

    private func upload(_ gateway: Gateway, _ client: IntakeClient) throws -> EvidenceUpload {
        try EvidenceUpload(client: client, directory: gateway.directory(), today: gateway.today)
    }

    @Test func `A tip goes through the real door, twice with one effect`() async throws {
        let gateway = try Gateway()
        try await gateway.serve { client, _ in
            let directory = try await client.directory(
                root: gateway.root.verifier, clock: gateway.today)
            let terms = try DeskTerms(directory, today: gateway.today)
            let draft = try TipDraft(parsing: [UInt8]("{}".utf8).span)
            let frame = try TipBuilder.build(
                draft, terms: terms, keys: NativeKeys.random())
            try await client.post(frame)
            try await client.post(frame)
            #expect(try gateway.spooled() == [frame])
        }
    }

    @Test func `A directory of another root is refused`() async throws {
        let gateway = try Gateway()
        let other = NoteVerifier(
            name: gateway.root.verifier.name, key: SigningKey.generate().publicKey)
        try await gateway.serve { client, _ in
            await #expect(throws: SubmissionError.directory(.notSignedByRoot)) {
                try await client.directory(root: other, clock: gateway.today)
            }
        }
    }

    @Test(arguments: [1, 65_536, 1_048_576, 3_000_000])
    func `Evidence arrives bit for bit, whatever its size`(size: Int) async throws {
        let gateway = try Gateway()
        let file = try gateway.file("照片.jpg", size)
        try await gateway.serve { client, _ in
            try await upload(gateway, client).send(
                file.path, at: place, keys: .random(), canResume: true
            ) { _, _, _ in }
        }
        let frame = try #require(try gateway.spooled().first)
        let opened = try OpenedFrame(frame, with: gateway.desk)
        #expect(try opened.original(byteCount: size) == file.bytes)
        #expect(opened.names[.evidence] == "照片.jpg")
    }

    @Test func `The same file twice in one run is sent once`() async throws {
        let gateway = try Gateway()
        let file = try gateway.file("a.jpg", 5000)
        try Durable.write(file.bytes.span, to: gateway.path + "/copy.jpg")
        var steps: [EvidenceUpload.Step] = []
        try await gateway.serve { client, _ in
            let keys = NativeKeys.random()
            let sending = try upload(gateway, client)
            let root = try await sending.send(
                file.path, at: place, keys: keys, canResume: true
            ) { _, _, _ in }
            try await sending.send(
                gateway.path + "/copy.jpg", at: place, keys: keys, canResume: true, sent: [root]
            ) { step, _, _ in steps.append(step) }
        }
        #expect(steps.last == .alreadySent && !steps.contains(.sending))
        #expect(try gateway.spooled().count == 1)
    }

    @Test func `An empty file is refused before anything is sent`() throws {
        let gateway = try Gateway()
        let file = try gateway.file("empty.jpg", 0)
        #expect(throws: OriginalError.empty(file.path)) { try EvidenceUpload.check(file.path) }
    }

    @Test func `A door that has no room to park takes the evidence all the same`() async throws {
        let gateway = try Gateway()
        gateway.parkedAnHour = 1
        let (first, second) = (try gateway.file("a.bin", 5000), try gateway.file("b.bin", 6000))
        var steps: [EvidenceUpload.Step] = []
        try await gateway.serve { client, _ in
            for path in [first.path, second.path] {
                try await upload(gateway, client).send(
                    path, at: place, keys: .random(), canResume: true
                ) { step, _, _ in steps.append(step) }
            }
        }
        #expect(try gateway.spooled().count == 2)
        #expect(steps.contains(.sending))
        #expect(steps.last == .sendingOnce)
    }

    @Test func `What takes long is told while it does`() async throws {
        let told = Mutex<[IntakeClient.Delay]>([])
        let client = try IntakeClient(
            try DoorAddress("http://127.0.0.1:9"),
            backoff: Backoff(attempts: 2, first: .milliseconds(20), longest: .milliseconds(20))
        ) { delay in told.withLock { $0.append(delay) } }
        let address = NativeKeys.random().mailboxAddress()
        await #expect(throws: SubmissionError.self) { try await client.slot(at: address) }
        #expect(told.withLock { $0.count } == 1)
        guard case .unreachable(let wait)? = told.withLock({ $0.first }) else {
            Issue.record("the wait was not told")
            return
        }
        #expect(wait >= .milliseconds(20) && wait <= .milliseconds(30))
    }

    @Test func `Certificates that are none are found before anything is sent`() throws {
        let gateway = try Gateway()
        let file = try gateway.file("no.pem", 100)
        #expect(throws: SubmissionError.badCertificates(file.path)) {
            try IntakeClient(try DoorAddress("https://door.example"), certificates: file.path)
        }
    }

    @Test func `What was cut off goes on where it ended, with the receipt and the same file`()
        async throws
    {
        let gateway = try Gateway()
        let receipt = Receipt<NativePrimitives>.random()
        let file = try gateway.file("video.mp4", 9_000_000)
        try await gateway.serve { client, stop in
            let sending = try upload(gateway, client)
            let keys = try receipt.deriveKeys()
            await #expect(throws: SubmissionError.self) {
                try await sending.send(file.path, at: place, keys: keys, canResume: true) {
                    step, done, _ in
                    if step == .sending, done > 3_000_000 { stop() }
                }
            }
        }
        #expect(try gateway.spooled().isEmpty)
        var resumedAt: Int?
        try await gateway.serve { client, _ in
            // Another process: nothing is known but the receipt and the file.
            let keys = try receipt.deriveKeys()
            try await upload(gateway, client).send(
                file.path, at: place, keys: keys, canResume: true
            ) { step, done, _ in
                #expect(step != .sending)
                if step == .resuming, resumedAt == nil { resumedAt = done }
            }
        }
        #expect(try #require(resumedAt) > 3_000_000)
        let frames = try gateway.spooled()
        #expect(frames.count == 1)
        let opened = try OpenedFrame(try #require(frames.first), with: gateway.desk)
        #expect(try opened.original(byteCount: file.bytes.count) == file.bytes)
    }

    @Test func `Another file, or another receipt, is a new part with a new key`() async throws {
        let gateway = try Gateway()
        let receipt = Receipt<NativePrimitives>.random()
        let file = try gateway.file("a.bin", 4_000_000)
        var changed = file.bytes
        changed[3_999_999] ^= 1
        try Durable.write(changed.span, to: gateway.path + "/b.bin")
        try await gateway.serve { client, stop in
            let keys = try receipt.deriveKeys()
            let sending = try upload(gateway, client)
            await #expect(throws: SubmissionError.self) {
                try await sending.send(file.path, at: place, keys: keys, canResume: true) {
                    step, done, _ in
                    if step == .sending, done > 1_500_000 { stop() }
                }
            }
        }
        try await gateway.serve { client, _ in
            let keys = try receipt.deriveKeys()
            try await upload(gateway, client).send(
                gateway.path + "/b.bin", at: place, keys: keys, canResume: true
            ) { step, _, _ in #expect(step != .resuming) }
            try await upload(gateway, client).send(
                file.path, at: place, keys: .random(), canResume: true
            ) { step, _, _ in #expect(step != .resuming) }
        }
        let payloads = try gateway.spooled().flatMap(\.parts).map(\.payload)
        #expect(payloads.count == 4 && Set(payloads).count == 4)
    }

    @Test func `A file that changes while it is sent is never sealed a second way`() async throws {
        let gateway = try Gateway()
        let file = try gateway.file("log.txt", 3_000_000)
        try await gateway.serve { client, _ in
            let sending = try upload(gateway, client)
            await #expect(throws: OriginalError.changed(file.path)) {
                try await sending.send(file.path, at: place, keys: .random(), canResume: true) {
                    step, done, total in
                    guard step == .reading, done == total else { return }
                    let open = try? OpenFile(updating: file.path)
                    try? open?.write([file.bytes[2_500_000] ^ 1].span, at: 2_500_000)
                }
            }
        }
        #expect(try gateway.spooled().isEmpty)
    }

    @Test(arguments: ["reading", "sending"])
    func `A file that grows is not sent in part and called whole`(_ moment: String) async throws {
        let gateway = try Gateway()
        let file = try gateway.file("clip.mp4", 3_000_000)
        try await gateway.serve { client, _ in
            let sending = try upload(gateway, client)
            await #expect(throws: OriginalError.changed(file.path)) {
                try await sending.send(file.path, at: place, keys: .random(), canResume: true) {
                    step, _, _ in
                    guard (step == .reading) == (moment == "reading") else { return }
                    let open = try? OpenFile(updating: file.path)
                    try? open?.write([1].span, at: 3_000_000)
                }
            }
        }
        #expect(try gateway.spooled().isEmpty)
    }

    @Test func `Without a receipt nothing is parked`() async throws {
        let gateway = try Gateway()
        let file = try gateway.file("a.bin", 10_000)
        try await gateway.serve { client, _ in
            try await upload(gateway, client).send(
                file.path, at: place, keys: .random(), canResume: false
            ) { _, _, _ in }
        }
        #expect(try gateway.spooled().count == 1)
        let parked = try? Durable.list(gateway.path + "/data/parked")
        #expect(parked?.isEmpty ?? true)
    }

    @Test func `A made-up receipt gets a slot that does not open`() async throws {
        let gateway = try Gateway()
        try await gateway.serve { client, _ in
            let keys = NativeKeys.random()
            let address = keys.mailboxAddress()
            let slot = try await client.slot(at: address)
            #expect(slot == (try await client.slot(at: address)))
            #expect(throws: MailboxRefusal.nothingHere) {
                try MailboxSlot.open(
                    slot.span, key: keys.mailboxKey, address: address, trusting: [])
            }
        }
    }

    @Test(arguments: [
        "http://door.example", "ftp://door.example", "https://", "https://door.example/x",
        "https://a@door.example", "http://127.0.0.1.example", "door.example",
    ])
    func `Only TLS, or this machine itself`(text: String) {
        #expect(throws: SubmissionError.badAddress(text)) { try DoorAddress(text) }
    }
}
