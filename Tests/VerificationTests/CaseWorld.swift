import Agencies
import Agents
import Custody
import DeskKit
import DurableFiles
import Foundation
import Forwarding
import NativePrimitives
import Sealing
import Tips
import Wire

@testable import Verification

/// A desk with real agents, and a reporter who seals real tips to it.
final class CaseWorld {
    let agents: DeskWorld
    let desk: Desk
    let link: FakeDispatch
    private let keys = ReceiptKeys<NativePrimitives>.random()
    var tip: TipID { keys.tipID() }

    init() throws {
        agents = try DeskWorld()
        let folder = agents.folder + "/desk"
        try DeskSettings(
            root: agents.rootVerifier, agent: agents.folder + "/desk.sock", dispatch: "",
            certificates: ""
        ).create(in: folder)
        _ = try Desk.take(
            directory: try agents.directory(), policy: try DeskWorld.policy().encoded, in: folder)
        desk = try Desk.open(folder)
        link = FakeDispatch()
    }

    /// A tip with a report that names a place; consent for A (all) and B (not the place).
    func tipFrame(
        never: [String] = [], codeWord: String? = nil, lies: Bool = false
    ) throws -> Frame {
        var report = ReportPart()
        report.narrative = "我的儿子被卖到缅甸\u{202E}"
        report.language = "zh-Hans"
        var place = PlacePart()
        place.site = "妙瓦底"
        var urgency = UrgencyPart()
        urgency.danger = [.life]
        urgency.deadline = "2026-12-01"
        let contents: [TipContent] = [
            .urgency(urgency), .report(report), .reporter(ReporterPart()), .person(PersonPart()),
            .place(place), .perpetrators(PerpetratorsPart()), .compelled(CompelledPart()),
        ]
        let parts = try contents.map { ($0.partClass, try $0.encoded()) }
        let everything = Set(PartClass.releasable)
        let consents = try [
            ("office-a", everything), ("office-b", everything.subtracting([.place, .reporter])),
        ].map {
            try ConsentLeaf(
                tipKey: keys.signer.key, office: $0.0, classes: $0.1, directoryVersion: 1
            ).signed(by: keys.signer)
        }
        let lock = try codeWord.map {
            try WithdrawalLock.make(
                codeWord: Array($0.utf8).span, logN: 10, with: NativePrimitives.self)
        }
        return try frame(
            .tip, parts, sequence: 0, by: keys, lies: lies, consents: consents, never: never,
            lock: lock)
    }

    /// A tip of another reporter, in the words of this one.
    func strangersTip(epoch: Int = 1) throws -> Frame {
        try frame(
            .tip, try PartClass.textParts.map { ($0, try Self.empty($0)) }, sequence: 0,
            by: .random(), epoch: epoch)
    }

    /// A tip of another reporter with these contents; what is not given is empty.
    func strangersTip(saying contents: [TipContent]) throws -> Frame {
        let parts = try PartClass.textParts.map { partClass in
            let said = contents.first { $0.partClass == partClass }
            return (partClass, try said?.encoded() ?? Self.empty(partClass))
        }
        return try frame(.tip, parts, sequence: 0, by: .random())
    }

    private static func empty(_ partClass: PartClass) throws -> [UInt8] {
        let content: TipContent =
            switch partClass {
            case .urgency: .urgency(UrgencyPart())
            case .report: .report(ReportPart())
            case .reporter: .reporter(ReporterPart())
            case .person: .person(PersonPart())
            case .place: .place(PlacePart())
            case .perpetrators: .perpetrators(PerpetratorsPart())
            default: .compelled(CompelledPart())
            }
        return try content.encoded()
    }

    /// A supplement with one part of these bytes, whatever they are.
    func supplementFrame(
        _ partClass: PartClass, _ plaintext: [UInt8], epoch: Int = 1
    ) throws -> Frame {
        let padding = Padding.paddedLength(plaintext.count) - plaintext.count
        let padded = plaintext + [UInt8](repeating: 0x20, count: padding)
        return try frame(.supplement, [(partClass, padded)], sequence: 3, by: keys, epoch: epoch)
    }

    /// A supplement that sends the largest part of an earlier frame again, with a manifest that says
    /// something else of it.
    func repeating(_ earlier: Frame) throws -> Frame {
        let part = try require(earlier.parts.max { $0.payload.count < $1.payload.count })
        return try frame(
            .supplement, [(.evidence, [1])], sequence: 4, by: keys, sealed: [part])
    }

    func evidenceFrame(_ original: [UInt8]) throws -> Frame {
        let plaintext =
            try require(EvidenceTar.header(size: original.count)) + original
            + [UInt8](repeating: 0, count: EvidenceTar.tailLength(size: original.count))
        return try frame(.supplement, [(.evidence, plaintext)], sequence: 1, by: keys)
    }

    func withdrawalFrame(_ word: String) throws -> Frame {
        var part = WithdrawalPart()
        part.codeWord = word
        return try frame(.supplement, [(.withdrawal, try part.encoded())], sequence: 2, by: keys)
    }

    private func frame(
        _ kind: Envelope.Kind, _ parts: [(PartClass, [UInt8])], sequence: Int,
        by keys: borrowing ReceiptKeys<NativePrimitives>, lies: Bool = false,
        consents: [UnverifiedConsent] = [], never: [String] = [], lock: WithdrawalLock? = nil,
        epoch: Int = 1, sealed given: [SealedContainer]? = nil
    ) throws -> Frame {
        let recipients = [agents.epoch.recipient]
        let sealed =
            try given
            ?? parts.map {
                try SealedContainer.sealing($0.1.span, to: recipients, with: NativePrimitives.self)
            }
        var listed = zip(parts, sealed).map { part, sealed in
            Manifest.Part(
                partClass: part.0, payloadDigest: Hash(sha256: sealed.payload),
                plaintextDigest: Hash(sha256: part.1), name: part.0 == .evidence ? "a.jpg" : "")
        }
        if lies {
            listed[1] = Manifest.Part(
                partClass: listed[1].partClass, payloadDigest: Hash(sha256: [1]),
                plaintextDigest: listed[1].plaintextDigest)
        }
        let manifest = Manifest(
            epoch: epoch, tipKey: keys.signer.key, sequence: sequence, firstEnvelope: nil,
            parts: listed, consents: consents, never: never, withdrawal: lock,
            wishes: kind == .tip ? .progress : [])
        let plaintext = try manifest.encoded(mailboxKey: keys.mailboxKey)
        let sealedManifest = try plaintext.withBytes {
            try SealedContainer.sealing($0, to: recipients, with: NativePrimitives.self)
        }
        return try Frame.make(
            kind: kind, epoch: epoch, parts: sealed + [sealedManifest], signedBy: keys.signer)
    }

    /// Pulls these frames.
    func pull(_ frames: [Frame]) async throws -> Pull.Report {
        await link.offer(frames.map(\.encoded))
        return try await Pull(desk, over: link).run()
    }

    /// A case that is labelled and assessed: the narrative contains the place.
    func readyCase() async throws -> OpenedCase {
        _ = try await pull([try tipFrame()])
        let opened = try OpenedCase(tip, of: desk)
        try opened.label(part: "urgency", contains: [], by: "ana")
        try opened.label(part: "report", contains: [.place], by: "ana")
        try opened.label(part: "place", contains: [], by: "ana")
        try opened.derive(
            from: "report", kind: .summary, text: "A son was sold.", language: "en",
            note: "without the place", contains: [.person], by: "ana")
        try opened.assess(
            Judgement(
                verdict: "probably held",
                assessment: Assessment(source: .c, information: .possiblyTrue, reason: "seen"),
                indicators: [.movement],
                handling: Handling(
                    sharing: .amberStrict, actions: .amber, caveat: "only after dark \u{200B}",
                    civiliansHeldHere: true),
                support: try opened.support([(.movement, "被卖到缅甸")]),
                corroboration: Corroboration(placeReason: "she has seen it herself")),
            by: "ana")
        return try OpenedCase(tip, of: desk)
    }

    /// A case whose release two persons have approved.
    func approvedCase() async throws -> OpenedCase {
        _ = try ReleasePreparation(try await readyCase()).run()
        try approve(as: "ana")
        try approve(as: "ben")
        return try OpenedCase(tip, of: desk)
    }

    func approve(as name: String) throws {
        let approval = ReleaseApproval(try OpenedCase(tip, of: desk))
        let signer = try require(agents.persons[name])
        _ = try approval.sign(
            try approval.recompute(), signer: signer, passphrase: DeskWorld.secret(name))
    }

    func openMailbox(_ slot: [UInt8]) throws -> DeskMessage {
        let address = keys.mailboxAddress()
        return try MailboxSlot.open(
            slot.span, key: keys.mailboxKey, address: address, trusting: [agents.station.bytes]
        ).message
    }

    var address: Hash { get throws { try require(Hash(keys.mailboxAddress().bytes)) } }
}
