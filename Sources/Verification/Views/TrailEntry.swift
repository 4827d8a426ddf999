internal import Agencies
package import Custody
internal import Examination
internal import Forwarding
internal import Tips

/// One thing that happened to a case, for people who ask who did what, and when.
package struct TrailEntry: Equatable, Sendable {
    /// When.
    package let hour: Hour
    /// Who, by their handle; an account of this machine where no handle is known; "" for the program
    /// itself.
    package let person: String
    /// What, in words.
    package let words: String
    /// The payloads of the parts that it was about; empty when it was about the whole case.
    package let parts: [Hash]
    /// Whether it is an entry of the custody log, which dispatch writes.
    package let isLogged: Bool

    /// Who, for people.
    package var who: String {
        if isLogged { return "custody log" }
        return person.isEmpty ? "the program" : person
    }

    /// One line for a terminal.
    package var line: String { "\(hour.text)  \(who)  \(words)" }
}

extension OpenedCase {
    /// Everything that happened to the case, in the order in which the desk learned of it.
    package var trail: [TrailEntry] { events.flatMap(entries) }

    private func entries(_ event: CaseEvent) -> [TrailEntry] {
        if case .logged(let leaves) = event.action {
            return leaves.compactMap { try? SaltedLeaf($0).event }.map(logged)
        }
        let (words, parts) = told(event.action)
        return [
            TrailEntry(
                hour: event.hour, person: who(event), words: words, parts: parts,
                isLogged: false)
        ]
    }

    private func who(_ event: CaseEvent) -> String {
        guard case .looked(let look) = event.action, !look.account.isEmpty else {
            return event.person
        }
        return "account \(CleanText.line(look.account))"
    }

    private func logged(_ event: CustodyEvent) -> TrailEntry {
        TrailEntry(
            hour: event.hour, person: "",
            words: event.kind.words + (event.office.isEmpty ? "" : " (\(event.office))"),
            parts: event.object.map(parts(ofRelease:)) ?? [], isLogged: true)
    }

    /// The payloads that a release carries; none for the digest of anything else.
    private func parts(ofRelease digest: Hash) -> [Hash] {
        guard let release = record.prepared.first(where: { $0.digest == digest }) else { return [] }
        return (try? release.claim().parts.map(\.payloadDigest)) ?? []
    }

    private func told(_ action: CaseAction) -> (words: String, parts: [Hash]) {
        switch action {
        case .received(let frame): received(frame)
        case .refused(_, let why): ("something was refused: \(CleanText.brief(why))", [])
        case .labelled(let part, let classes):
            ("\(title(of: part)) labelled: contains \(list(classes))", [part])
        case .assessed(let judgement):
            ("judged: \(judgement.grade), \(CleanText.line(judgement.verdict))", [])
        case .derived(let made):
            (
                "a \(made.kind.rawValue) of \(title(of: made.original)) was made",
                [made.original, made.payload]
            )
        case .derivativeWithdrawn(let payload):
            ("a text made at the desk was taken back", [payload])
        case .asked(let question, _): ("question \(question.id) was written", [])
        case .questionRead(let id, _): ("question \(id) was read and let go", [])
        case .prepared(let releases):
            (
                "prepared for \(releases.compactMap(addressee).joined(separator: ", "))"
                    + (releases.first { !$0.without.isEmpty }.map { "; " + $0.leftOut.words } ?? ""),
                releases.first?.without ?? []
            )
        case .approved(let digest, _, _):
            ("approved for \(office(of: digest))", parts(ofRelease: digest))
        case .sending(let digest):
            ("sending to \(office(of: digest)) began", parts(ofRelease: digest))
        case .notSent(let digest):
            ("was not sent to \(office(of: digest))", parts(ofRelease: digest))
        case .released(let digest): ("released to \(office(of: digest))", parts(ofRelease: digest))
        case .acknowledged(let bytes): (answer(bytes), [])
        case .logged: ("", [])
        case .frozen(let why): ("frozen: \(CleanText.line(why))", [])
        case .resumed(let why): ("goes on: \(CleanText.line(why))", [])
        case .legalHold(let why): ("kept from retention: \(CleanText.line(why))", [])
        case .legalHoldLifted(let why):
            ("not kept from retention any more: \(CleanText.line(why))", [])
        case .eraseSigned: ("signed that the case be destroyed", [])
        case .transcribed(let leaf, _):
            ("read in the text that \(leaf.office) may have \(list(leaf.classes))", [])
        case .neverTranscribed(let office): ("read in the text: never \(office)", [])
        case .examined(let examined):
            (
                "\(title(of: examined.part)) was examined: \(examined.report.scan.words)",
                [examined.part]
            )
        case .readAgain(let part):
            ("\(title(of: part)) could be read at last", [part])
        case .neverRendered(let part):
            ("\(title(of: part)) may show the sexual abuse of a minor: never rendered", [part])
        case .ruled(let ruling): (ruling.words, [])
        case .linkChanged(let change): (change.words, [])
        case .looked(let look): (look.words(title), look.parts)
        }
    }

    private func received(_ frame: ReceivedFrame) -> (String, [Hash]) {
        let manifest = ([first] + supplements)[
            record.received.firstIndex { $0.frame == frame } ?? 0
        ].manifest
        let what =
            manifest.sequence == 0 ? "the tip came in" : "something more of the reporter came in"
        let unread = frame.unread.count
        return (
            unread == 0 ? what : "\(what); \(unread) text(s) in it could not be read",
            manifest.parts.map(\.payloadDigest) + [frame.drop?.payload].compactMap { $0 }
        )
    }

    private func title(of payload: Hash) -> String {
        parts.firstIndex { $0.payload == payload }
            .map { "part \($0 + 1) (\(parts[$0].partClass.name))" } ?? "a part"
    }

    private func office(of release: Hash) -> String {
        record.prepared.first { $0.digest == release }.flatMap(addressee)
            ?? "an office (replaced since)"
    }

    /// The office, and whether it is told that something is recalled.
    private func addressee(_ release: PreparedRelease) -> String? {
        guard let claim = try? release.claim() else { return nil }
        return claim.office + (claim.notice?.recall == nil ? "" : " (a recall)")
    }

    private func list(_ classes: [PartClass]) -> String {
        classes.isEmpty ? "nothing more" : classes.map(\.name).joined(separator: ", ")
    }

    private func answer(_ bytes: [UInt8]) -> String {
        guard let answer = try? Acknowledgement.verified(bytes, by: desk.directory) else {
            return "an office answered that the directory does not know"
        }
        return "\(answer.office) answered: \(answer.answer.rawValue)"
    }
}

extension CustodyEvent.Kind {
    /// The event in words for people.
    fileprivate var words: String {
        switch self {
        case .quarantined: "passed the door and was stored"
        case .supplemented: "more parts were stored"
        case .pulled: "fetched by the desk"
        case .confirmed: "the desk confirmed its copy"
        case .examining: "the desk began to look at it"
        case .held: "held at the desk"
        case .rejected: "rejected by two persons"
        case .released: "dispatch took the release"
        case .armed: "a standby bundle came due"
        case .served: "the office began to fetch it"
        case .dispatched: "the office has fetched it"
        case .acknowledged: "the office's answer was stored"
        case .frozen: "standby bundles are held back"
        case .withdrawn: "the reporter asked for it to be withdrawn"
        case .revoked: "a bundle was stopped"
        case .erased: "every copy and key is gone"
        }
    }
}
