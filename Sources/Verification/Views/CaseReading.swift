internal import Agencies
internal import Custody
internal import Forwarding
internal import Sealing
internal import Tips

extension OpenedCase {
    /// The whole case for people.
    ///
    /// - Throws: ``DeskError/altered(_:)`` when a text is not what was sent.
    package func overview() throws(DeskError) -> CaseOverview {
        try Verification.desk {
            CaseOverview(
                tip: tip, stage: stage,
                parts: try parts.enumerated().map { try view($1, number: $0 + 1) },
                derivatives: record.derivatives.map(Self.view), consents: consents.map(Self.view),
                readings: openReadings, never: never, questions: record.questions.map(view),
                judgement: record.judgement, releases: try releases(record.prepared),
                answers: answers, refused: record.refused, isDestroyable: record.isDestroyable,
                rulings: rulings,
                destroyers: record.eraseSignatures.map(\.person))
        }
    }

    /// One part for people: the one that `name` means.
    package func overview(ofPart name: String) throws(DeskError) -> CaseOverview.Part {
        let part = try part(named: name)
        return try Verification.desk {
            try view(part, number: (parts.firstIndex { $0.payload == part.payload } ?? 0) + 1)
        }
    }

    /// The question of this identifier; nil when there is none.
    package func question(_ id: String) -> CaseOverview.Question? {
        record.questions.first { $0.question.id == id }.map(view)
    }

    /// What was prepared and not sent yet.
    package func openReleases() throws(DeskError) -> [CaseOverview.Release] {
        try Verification.desk { try releases(record.open) }
    }

    /// Whether it is a text that was sealed without the page.
    package var isDropped: Bool { drop != nil }

    /// The whole text of a part made at the desk, with its language; `name` as
    /// ``withdrawDerivative(_:by:)`` takes it.
    package func derivativeText(
        _ name: String
    ) throws(DeskError) -> (text: String, language: String) {
        let derivative = try derivative(named: name)
        return try Verification.desk {
            let text = try file(derivative.payload).text(
                payload: derivative.payload, plaintext: derivative.plaintext)
            let report = try text.withBytes { (bytes) throws(ContentError) in
                try ReportPart.decode(bytes)
            }
            return (report.narrative, report.language)
        }
    }

    private func view(_ part: Part, number: Int) throws -> CaseOverview.Part {
        CaseOverview.Part(
            number: number, payload: part.payload, partClass: part.partClass, name: part.name,
            labels: record.labels[part.payload], hour: part.hour, content: try content(of: part))
    }

    private func content(of part: Part) throws -> CaseOverview.Content {
        guard part.partClass != .evidence else {
            guard let original = record.originals.first(where: { $0.payload == part.payload })
            else { throw DeskError.altered("nothing is known of a file that was sent") }
            return .original(
                byteCount: original.byteCount, digest: original.digest,
                examination: examination(of: part.payload))
        }
        guard !record.unread.contains(part.payload) else { return .unread }
        let text = try file(part.payload).text(payload: part.payload, plaintext: part.plaintext)
        if drop?.payload == part.payload { return .dropped(text.withBytes { DropText($0) }) }
        let object = try text.withBytes { (bytes) throws(JSONError) in
            try JSON.parse(bytes, limit: Limits.textPartBytes, trailing: .spaces).asObject()
        }
        return .fields(object.members.map(TextField.init))
    }

    private func examination(of payload: Hash) -> CaseOverview.Examination {
        if record.neverRendered.contains(payload) { return .neverRendered }
        return record.examined[payload].map {
            .report($0.report, copies: $0.copies.map { ($0.payload, $0.kind) })
        } ?? .none
    }

    private static func view(_ derivative: Derivative) -> CaseOverview.Derivative {
        CaseOverview.Derivative(
            payload: derivative.payload, original: derivative.original, kind: derivative.kind,
            note: derivative.note, labels: derivative.labels)
    }

    private static func view(_ consent: StandingConsent) -> CaseOverview.Consent {
        CaseOverview.Consent(
            office: consent.leaf.office, classes: consent.leaf.classes, reader: "")
    }

    private func view(_ asked: CaseRecord.Question) -> CaseOverview.Question {
        CaseOverview.Question(
            id: asked.question.id, text: asked.question.text, language: asked.question.language,
            hour: asked.hour, persons: asked.signatures.map(\.person),
            digest: Hash(sha256: asked.question.signedText(for: tip)))
    }

    private func releases(_ prepared: [PreparedRelease]) throws -> [CaseOverview.Release] {
        let recalled = Set(try sentBundles().filter(\.isRecalled).map(\.bundle.release))
        return try prepared.map { try view($0, isRecalled: recalled.contains($0.digest)) }
    }

    private func view(
        _ release: PreparedRelease, isRecalled: Bool
    ) throws -> CaseOverview.Release {
        let claim = try release.claim()
        return CaseOverview.Release(
            digest: release.digest, office: claim.office, number: claim.sequence,
            parts: claim.parts.map(\.payloadDigest), expires: claim.expires,
            approvers: (record.approvals[release.digest] ?? []).map(\.person),
            isReleased: record.released.contains(release.digest), notice: claim.notice,
            isRecalled: isRecalled)
    }

    /// What only one person has read in a dropped file, and what persons read differently.
    private var openReadings: [CaseOverview.Consent] {
        let standing = consents.map(\.leaf)
        return record.transcribed.filter { !standing.contains($0.leaf) }.map {
            CaseOverview.Consent(
                office: $0.leaf.office, classes: $0.leaf.classes, reader: $0.person)
        }
    }

    private var answers: [Acknowledgement] {
        record.acknowledgements.compactMap {
            try? Acknowledgement.verified($0, by: desk.directory)
        }
    }

    /// The offices that must never get anything: the tip's list, all that supplements add, and what
    /// anybody read in a dropped file.
    var never: [String] {
        Set(([first] + supplements).flatMap(\.manifest.never)).union(record.neverTranscribed)
            .sorted()
    }
}
