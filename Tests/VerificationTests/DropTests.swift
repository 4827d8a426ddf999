import Agencies
import Agents
import Composing
import Custody
import DeskKit
import DurableFiles
import Forwarding
import NativePrimitives
import Opening
import Sealing
import Testing
import Tips

@testable import Verification

/// A text that was sealed without the page, from the door to an office.
struct DropTests {
    private static let text = """
        May have it: office A, all but who I am
        Never: office B

        \(Drop.marker)
        我儿子被卖到缅甸
        """

    private let world: CaseWorld
    private let people: [PartClass] = [.report, .person, .place]

    init() throws { world = try CaseWorld() }

    private var terms: DeskTerms {
        DeskTerms(
            epoch: 1, recipient: world.agents.epoch.recipient, directoryVersion: 1, offices: [])
    }

    private func sealed(_ text: String = text, to recipient: Recipient? = nil) throws -> [UInt8] {
        let recipient = recipient ?? world.agents.epoch.legacyRecipient
        let sealed = try SealedContainer.sealing(
            [UInt8](text.utf8).span, to: [recipient], with: NativePrimitives.self)
        return sealed.header + sealed.payload
    }

    private func frame(_ file: [UInt8]) throws -> Frame {
        try DropBuilder.build(file, language: "zh-Hans", terms: terms, with: NativePrimitives.self)
    }

    private func pulled(_ text: String = text) async throws -> TipID {
        let frame = try frame(sealed(text))
        let report = try await world.pull([frame])
        try #require(report.refused.isEmpty)
        return frame.envelope.tipID
    }

    private func transcribe(
        _ tip: TipID, as name: String, office: String = "office-a", _ classes: [PartClass]? = nil,
        never: [String] = []
    ) throws {
        let opened = try OpenedCase(tip, of: world.desk)
        let office = try #require(OfficeID(office))
        try opened.transcribe(
            ReadConsent(
                may: classes.map { [(office, Set($0))] } ?? [],
                never: never.compactMap(OfficeID.init)),
            signer: try #require(world.agents.persons[name]), passphrase: DeskWorld.secret(name))
    }

    @Test func `The text is shown as it was written, consent apart from the report`() async throws {
        let opened = try OpenedCase(try await pulled(), of: world.desk)
        let lines = try opened.overview(ofPart: "report").lines.joined(separator: "\n")
        #expect(lines.contains("sealed without the page; UTF-8"))
        #expect(lines.contains("report:\n        我儿子被卖到缅甸"))
        #expect(try opened.consentText().first == "May have it: office A, all but who I am")
        #expect(try opened.overview().lines.allSatisfy { !$0.hasPrefix("consent:") })
    }

    @Test func `Nothing goes anywhere until two persons have read the same consent`() async throws {
        let tip = try await pulled()
        try transcribe(tip, as: "ana", people)
        #expect(throws: DeskError.self) {
            try ReleasePreparation(try OpenedCase(tip, of: world.desk)).run()
        }
        try transcribe(tip, as: "ana", people)
        #expect(try OpenedCase(tip, of: world.desk).consents.isEmpty)
        try transcribe(tip, as: "ben", [.report])
        #expect(try OpenedCase(tip, of: world.desk).consents.isEmpty)
        try transcribe(tip, as: "ana", [.report])
        #expect(try OpenedCase(tip, of: world.desk).consents.map(\.leaf.classes) == [[.report]])
    }

    @Test func `It goes to the office with the payload as its sender's tool sealed it`()
        async throws
    {
        let file = try sealed()
        let frame = try frame(file)
        _ = try await world.pull([frame])
        let tip = frame.envelope.tipID
        for name in ["ana", "ben"] { try transcribe(tip, as: name, people) }
        var opened = try OpenedCase(tip, of: world.desk)
        try opened.label(part: "report", contains: [.person, .place], by: "ana")
        try opened.assess(
            Judgement(
                verdict: "held",
                assessment: Assessment(source: .c, information: .possiblyTrue, reason: ""),
                indicators: [],
                handling: Handling(
                    sharing: .amberStrict, actions: .amber, caveat: "", civiliansHeldHere: true),
                corroboration: Corroboration(sources: 1)),
            by: "ana")
        _ = try ReleasePreparation(try OpenedCase(tip, of: world.desk)).run()
        for name in ["ana", "ben"] {
            let approval = ReleaseApproval(try OpenedCase(tip, of: world.desk))
            _ = try approval.sign(
                try approval.recompute(), signer: try #require(world.agents.persons[name]),
                passphrase: DeskWorld.secret(name))
        }
        opened = try OpenedCase(tip, of: world.desk)
        _ = try await ReleaseSending(opened, over: world.link).run()
        let package = try ReleasePackage(
            decoding: try #require(await world.link.packages.values.first))
        let (_, count) = try Header.parse(file.span)
        let payload = [UInt8](file[count...])
        #expect(package.parts.map(\.payload) == [Hash(sha256: payload)])
        let text = try OpenedContainer.open(
            (package.parts[0].header + payload).span, with: [world.agents.officeA])
        #expect(text.withBytes { [UInt8](copying: $0) } == [UInt8](Self.text.utf8))

        let check = ReleaseCheck(
            directory: world.desk.directory, now: world.desk.now, purpose: .using)
        let predicate = try OpenedContainer.open(
            package.predicate.span, with: [world.agents.officeA]
        ).withBytes { [UInt8](copying: $0) }
        let verified = try PredicateCheck.verified(predicate, of: check.package(package))
        #expect(verified.consent.classes == people)
        #expect(verified.predicate.consent.isTranscribed)
    }

    @Test func `What was read once can only be narrowed, in whatever order it stands`() async throws
    {
        let tip = try await pulled()
        for name in ["ana", "ben"] { try transcribe(tip, as: name, people) }
        try transcribe(tip, as: "ana", [.report])
        #expect(try OpenedCase(tip, of: world.desk).consents.isEmpty)
        // Her first reading once more, as somebody with access to the journal might put it there.
        let opened = try OpenedCase(tip, of: world.desk)
        let first = try #require(opened.record.transcribed.first)
        try opened.append(.transcribed(first.leaf, signature: first.signature), by: "ana")
        try opened.append(.transcribed(first.leaf, signature: first.signature), by: "ben")
        #expect(try OpenedCase(tip, of: world.desk).consents.isEmpty)
        try transcribe(tip, as: "ben", [.report])
        #expect(try OpenedCase(tip, of: world.desk).consents.map(\.leaf.classes) == [[.report]])
    }

    @Test func `A file that somebody put in its place is not read to anybody`() async throws {
        let tip = try await pulled()
        let opened = try OpenedCase(tip, of: world.desk)
        let drop = try #require(opened.drop)
        let forged = try SealedContainer.sealing(
            [UInt8]("office B, everything\n\(Drop.marker)\n".utf8).span,
            to: [try world.desk.agent.caseRecipient(tip)], with: NativePrimitives.self)
        try Durable.write(
            (forged.header + forged.payload).span, to: opened.file(drop.payload).path, .replace)
        #expect(throws: DeskError.altered("a part is not what was sent")) {
            try opened.consentText()
        }
        #expect(throws: DeskError.altered("a part is not what was sent")) {
            try opened.overview(ofPart: "report").lines
        }
    }

    @Test func `Who kept the key of a drop can add nothing, and learns nothing`() async throws {
        let keys = ReceiptKeys<NativePrimitives>.random()
        var report = ReportPart()
        report.drop = Drop(try sealed(), signedBy: keys.signer)
        var composition = TipComposition()
        _ = try composition.setText(JSON.object(report.object).encoded, of: .report)
        var beside = composition
        _ = try beside.setText([UInt8](#"{"site":"here"}"#.utf8), of: .place)
        let other = ReceiptKeys<NativePrimitives>.random()
        report.drop = Drop(try sealed(), signedBy: other.signer)
        _ = try beside.setText(JSON.object(report.object).encoded, of: .report)
        let refused = try await world.pull([try TipBuilder.build(beside, terms: terms, keys: other)]
        )
        #expect(
            refused.refused.map(\.why) == ["something stands beside a file sealed without the page"]
        )

        let frame = try TipBuilder.build(composition, terms: terms, keys: keys)
        _ = try await world.pull([frame])
        var withdrawal = WithdrawalPart()
        withdrawal.reason = "stop"
        let text = try withdrawal.encoded()
        let part = try SealedText(
            plaintext: text.span, as: .withdrawal, to: terms.recipient, with: NativePrimitives.self)
        let more = try SupplementBuilder.build(
            part, at: SupplementPlace(count: 0, unixTime: 0, firstEnvelope: nil), terms: terms,
            keys: keys)
        let added = try await world.pull([more])
        #expect(added.refused.map(\.why) == ["nobody can add to what was sealed without the page"])
        let opened = try OpenedCase(frame.envelope.tipID, of: world.desk)
        #expect(opened.record.frozen == nil)
        #expect(throws: DeskError.self) {
            try opened.ask(
                "?", language: "", signer: try #require(world.agents.persons["ana"]),
                passphrase: DeskWorld.secret("ana"))
        }
    }

    @Test(arguments: [[0], Array("age-encryption.org/v1\n-> X25519 a\n".utf8)])
    func `A file inside that is no age file is refused, not met again and again`(
        file: [UInt8]
    ) async throws {
        let report = try await world.pull([try frame(file)])
        #expect(report.refused.count == 1 && report.left.isEmpty)
    }

    @Test func `Never counts from one person, against consent of two`() async throws {
        let tip = try await pulled()
        for name in ["ana", "ben"] { try transcribe(tip, as: name, people) }
        try transcribe(tip, as: "ana", never: ["office-a"])
        let opened = try OpenedCase(tip, of: world.desk)
        try opened.label(part: "report", contains: [], by: "ana")
        #expect(throws: DeskError.self) {
            try ReleasePreparation(try OpenedCase(tip, of: world.desk)).run()
        }
        #expect(opened.never == ["office-a"])
    }

    @Test(arguments: [
        "no marker", "\(Drop.marker)\nx\n\(Drop.marker)\n", "x \(Drop.marker)",
        "yes\n\(Drop.marker)\n" + String(repeating: "\n", count: 9000) + Drop.marker,
        "yes\n\(Drop.marker)\n> = 8< =",
    ])
    func `Without exactly one marker nothing is consent`(text: String) async throws {
        let tip = try await pulled(text)
        #expect(throws: DeskError.self) { try transcribe(tip, as: "ana", people) }
    }

    @Test func `Nobody writes down consent for a tip that was sent with the page`() async throws {
        _ = try await world.pull([try world.tipFrame()])
        #expect(throws: DeskError.self) { try transcribe(world.tip, as: "ana", people) }
    }

    @Test func `A door that adds consent to what it cannot read is refused`() async throws {
        let keys = ReceiptKeys<NativePrimitives>.random()
        var report = ReportPart()
        report.drop = Drop(try sealed(), signedBy: keys.signer)
        func refused(_ change: (inout TipComposition) -> Void) async throws -> Bool {
            var composition = TipComposition()
            _ = try composition.setText(JSON.object(report.object).encoded, of: .report)
            change(&composition)
            let frame = try TipBuilder.build(composition, terms: terms, keys: keys)
            let answer = try await world.pull([frame])
            return answer.refused.contains { $0.why.contains("brings consent along") }
        }
        #expect(try await refused { _ = $0.share(with: "office-a", [.report]) })
        #expect(try await refused { _ = $0.neverShare(with: "office-b") })
        #expect(try await refused { $0.wishes = .progress })
    }

    @Test func `A file whose key allows nothing is refused`() async throws {
        let keys = ReceiptKeys<NativePrimitives>.random()
        var report = ReportPart()
        report.drop = Drop(try sealed("other"), signedBy: keys.signer)
        report.drop = Drop(file: try sealed(), mandate: try #require(report.drop).mandate)
        var composition = TipComposition()
        _ = try composition.setText(JSON.object(report.object).encoded, of: .report)
        let answer = try await world.pull([
            try TipBuilder.build(composition, terms: terms, keys: keys)
        ])
        #expect(answer.refused.map(\.why) == ["its key did not sign the sealed file in it"])
    }

    @Test func `What is sealed to somebody else is refused, and nothing of it stays`() async throws
    {
        let stranger = try Identity<NativePrimitives>.generate(.x25519)
        let frame = try frame(sealed(to: stranger.recipient))
        let report = try await world.pull([frame])
        #expect(report.refused.map(\.why) == ["the sealed file in it is for no key of this desk"])
        #expect(throws: DeskError.self) {
            try OpenedCase(frame.envelope.tipID, of: world.desk)
        }
    }

    @Test func `Text of other tools is read as far as it goes`() {
        func shown(_ bytes: [UInt8]) -> DropText { DropText(bytes.span) }
        #expect(shown([0xFF, 0xFE, 0x11, 0x62, 0x0A, 0x00]).report.first == "我")
        #expect(shown([0xFE, 0xFF, 0x62, 0x11]).report == ["我"])
        #expect(shown([0xCE, 0xD2]).encoding.hasPrefix("not UTF-8"))
        #expect(shown([0xCE] + Array("\n\(Drop.marker)\n".utf8)).consent == nil)
        #expect(shown([0xFF, 0xFE, 0x11]).encoding.hasPrefix("not UTF-8"))
        #expect(shown([]).report == [""])
        let marked = Array("yes\r\n \(Drop.marker) \r\nreport".utf8)
        #expect(shown(marked).consent == ["yes"] && shown(marked).report == ["report"])
    }
}
