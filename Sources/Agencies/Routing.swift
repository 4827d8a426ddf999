internal import Sealing
internal import Tips

/// Decides, office by office and part by part, what may be given: a pure function.
///
/// 1. Nothing goes when the office is on the *never* list, unknown, revoked or not consented to,
///    or when the directory has expired or does not name the policy.
/// 2. An original goes only if a verifier labelled it, and consent and clearance both cover its
///    class and every label, and the office's key is strong enough for them.
/// 3. A derivative goes by the same rule with its own class and labels, and only while its
///    original does not go.
package enum Routing {
    /// The decisions of `input` for `office`.
    package static func decide(_ input: RoutingInput, for office: OfficeID) -> OfficeRouting {
        let barred = bars(input, office)
        guard barred.isEmpty, let known = input.directory.office(office) else {
            let decisions = input.parts.map {
                RoutingDecision(part: $0, outcome: .withhold(barred, instead: []))
            }
            return OfficeRouting(office: office, barred: barred, decisions: decisions)
        }
        return OfficeRouting(
            office: office, barred: [], decisions: Ruling(input: input, office: known).decisions())
    }

    /// The decisions for every office that the directory or the reporter names, in order of name.
    package static func decideAll(_ input: RoutingInput) -> [OfficeRouting] {
        Set(input.directory.offices.map(\.id)).union(input.consents.keys).union(input.never)
            .sorted().map { decide(input, for: $0) }
    }

    /// Step 1: everything that bars the office as a whole.
    private static func bars(_ input: RoutingInput, _ office: OfficeID) -> [WithholdReason] {
        var reasons: [WithholdReason] = []
        if input.never.contains(office) { reasons.append(.never) }
        if input.directory.isExpired(on: input.today) { reasons.append(.directoryExpired) }
        if input.policy.digest != input.directory.policyDigest { reasons.append(.policyMismatch) }
        if let known = input.directory.office(office) {
            if input.directory.isRevoked(known) { reasons.append(.revokedKey) }
        } else {
            reasons.append(.unknownOffice)
        }
        if input.consents[office, default: []].isEmpty { reasons.append(.noConsent) }
        return reasons
    }
}

/// Steps 2 and 3, for one office that nothing bars.
private struct Ruling {
    let input: RoutingInput
    let office: Office

    func decisions() -> [RoutingDecision] {
        let reasons = input.parts.map(objections)
        return input.parts.indices.map { index in
            guard !reasons[index].isEmpty else {
                return RoutingDecision(part: input.parts[index], outcome: .release)
            }
            let instead = input.parts.indices.filter { other in
                reasons[other].isEmpty && isDerivative(input.parts[other], of: input.parts[index])
            }
            return RoutingDecision(
                part: input.parts[index],
                outcome: .withhold(reasons[index], instead: instead.map { input.parts[$0] }))
        }
    }

    /// Everything that speaks against `part`; empty when it goes.
    private func objections(_ part: RoutablePart) -> [WithholdReason] {
        guard case .derivative(_, let id) = part.origin else {
            return objections(toPayload: part.id)
        }
        guard input.parts.contains(where: { $0.id == id && $0.origin == .original }) else {
            return [.originalMissing]
        }
        let aboutOriginal = objections(toPayload: id)
        if aboutOriginal.isEmpty { return [.originalGoes] }
        if aboutOriginal == [.deskOnly] { return aboutOriginal }
        return objections(toPayload: part.id)
    }

    /// Everything that speaks against giving away the payload `id`, by all that the case says of
    /// it: a payload listed twice counts with the labels of both.
    private func objections(toPayload id: SHA256Digest) -> [WithholdReason] {
        let listed = input.parts.filter { $0.id == id }
        if listed.contains(where: \.partClass.isDeskOnly) { return [.deskOnly] }
        if listed.contains(where: { $0.labels == nil }) { return [.unlabelled] }
        let contents = listed.reduce(into: Set<PartClass>()) { $0.formUnion($1.contents) }
        var reasons: [WithholdReason] = []
        let unconsented = contents.subtracting(input.consents[office.id, default: []])
        if !unconsented.isEmpty { reasons.append(.notConsented(unconsented)) }
        let uncleared = contents.filter { !input.policy.clears(office.id, for: $0) }
        if !uncleared.isEmpty { reasons.append(.notCleared(uncleared)) }
        let exposed = contents.filter(\.needsPostQuantum)
        if !office.recipient.isPostQuantum, !exposed.isEmpty {
            reasons.append(.notPostQuantum(exposed))
        }
        return reasons
    }

    private func isDerivative(_ part: RoutablePart, of original: RoutablePart) -> Bool {
        guard case .derivative(_, let id) = part.origin, original.origin == .original else {
            return false
        }
        return id == original.id
    }
}
