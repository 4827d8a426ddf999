internal import Agencies
internal import Agents
internal import Custody
internal import Forwarding
internal import Sealing
internal import Tips

/// What a release of a case to one office consists of, worked out from the case itself: labels,
/// consent and policy decide, and every part is opened and digested anew.
///
/// Preparing and approving use the same code; approving compares the two results.
struct ReleaseFacts {
    let office: Office
    let routing: OfficeRouting
    let judgement: Judgement
    let consent: StandingConsent
    let parts: [Part]
    /// What the desk left out, though the office might have had it.
    let left: LeftOut
    /// What the office has of the case; nothing in it goes again.
    let earlier: [ReleaseStatement.Earlier]

    /// One part that goes.
    struct Part {
        let routed: RoutablePart
        let name: String
        let digests: PartFile.Digests
        let note: String

        var classes: [PartClass] { routed.contents.sorted() }
    }

    /// The predicate's plaintext for headers that the desk agent keeps.
    func predicate(
        tipKey: TipKey, headers: [Hash], salt: Hash
    ) -> BundlePredicate {
        return BundlePredicate(
            tipKey: tipKey, office: office.id, verdict: judgement.verdict,
            assessment: Assessment(
                source: judgement.assessment.source,
                information: judgement.assessment.information,
                reason: judgement.reasonForOffices),
            handling: judgement.handling,
            parts: zip(parts, headers).map { part, header in part.predicate(header: header) },
            consent: consent.proof, salt: salt)
    }

    /// The classes of everything that goes.
    var classes: [PartClass] {
        parts.reduce(into: Set<PartClass>()) { $0.formUnion($1.routed.contents) }.sorted()
    }
}

extension ReleaseFacts.Part {
    fileprivate func predicate(header: Hash) -> BundlePredicate.Part {
        let origin: BundlePredicate.Origin =
            switch routed.origin {
            case .original: .original
            case .derivative(let kind, _): .derivative(kind, note: note)
            }
        return BundlePredicate.Part(
            partClass: routed.partClass, labels: routed.labels ?? [], origin: origin,
            givenName: name, header: header, payload: digests.payload,
            plaintext: digests.plaintext, original: digests.original)
    }
}

extension OpenedCase {
    /// What routing looks at. Text parts in which nothing was written are left out: there is
    /// nothing to give.
    func routingInput() throws -> RoutingInput {
        var consents: [OfficeID: Set<PartClass>] = [:]
        for consent in self.consents {
            guard let office = OfficeID(consent.leaf.office) else { continue }
            consents[office] = Set(consent.leaf.classes)
        }
        let originals = try parts.filter { try !isEmpty($0) }.map {
            RoutablePart(
                id: $0.payload, partClass: $0.partClass,
                labels: record.labels[$0.payload].map(Set.init),
                origin: .original)
        }
        let derivatives = record.derivatives.map {
            RoutablePart(
                id: $0.payload, partClass: $0.partClass, labels: Set($0.labels),
                origin: .derivative($0.kind, of: $0.original))
        }
        guard let today = Day(desk.now.day) else { throw DeskError.altered("no such day") }
        return RoutingInput(
            directory: desk.directory, policy: desk.policy, today: today, consents: consents,
            never: Set(never.compactMap(OfficeID.init)), parts: originals + derivatives)
    }

    private func isEmpty(_ part: Part) throws -> Bool {
        guard part.partClass != .evidence, part.payload != drop?.payload else { return false }
        return try file(part.payload).text().withBytes {
            $0.count >= 2 && $0[0] == 0x7B && $0[1] == 0x7D
        }
    }

    /// Everything that a release to `office` consists of; nil facts when nothing may go.
    ///
    /// - Parameter left: what the desk leaves out.
    /// - Throws: ``DeskError/badInput(_:)`` when more may go than a bundle can hold;
    ///   ``DeskError/notYet(_:_:)`` when the place would go on one source without a reason.
    func facts(
        for office: OfficeID, without left: LeftOut = LeftOut()
    ) throws -> (routing: OfficeRouting, facts: ReleaseFacts?) {
        let routing = Routing.decide(try routingInput(), for: office)
        let consent = consents.first { $0.leaf.office == office.text }
        guard withholding(office).isEmpty else { return (routing, nil) }
        let standing = try standing(at: office)
        let had = Set(standing.flatMap(\.payloads))
        let going = routing.released.filter { !left.parts.contains($0.id) && !had.contains($0.id) }
        guard going.count <= ReleaseStatement.maximumPartCount else {
            throw DeskError.badInput(
                "\(going.count) parts may go to \(office), and a bundle holds at most "
                    + "\(ReleaseStatement.maximumPartCount): leave some out with --without PART, "
                    + "or let fewer go by their labels.")
        }
        guard !going.isEmpty, let known = desk.directory.office(office), let consent
        else { return (routing, nil) }
        guard let judgement = record.judgement else {
            throw DeskError.notYet("The case has not been assessed yet", .assess)
        }
        let facts = ReleaseFacts(
            office: known, routing: routing, judgement: judgement, consent: consent,
            parts: try going.map(released), left: left,
            earlier: standing.map(\.bundle).suffix(ReleaseStatement.Notice.earlierLimit))
        try facts.checkPlace()
        return (routing, facts)
    }

    /// Opens a part that goes, and compares it with what was signed for it or recorded of it.
    private func released(_ routed: RoutablePart) throws -> ReleaseFacts.Part {
        let digests = try file(routed.id).open(as: routed.partClass)
        let derivative = record.derivatives.first { $0.payload == routed.id }
        let original = parts.first { $0.payload == routed.id }
        guard digests.payload == routed.id,
            digests.plaintext == derivative?.plaintext ?? original?.plaintext
        else { throw DeskError.altered("the part \(routed.id.hex.prefix(12)) is not what it was") }
        return ReleaseFacts.Part(
            routed: routed, name: original?.name ?? "", digests: digests,
            note: derivative?.note ?? "")
    }
}
