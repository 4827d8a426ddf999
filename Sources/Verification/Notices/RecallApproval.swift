internal import Agencies
internal import Agents
internal import Custody
internal import Forwarding
internal import Sealing

/// What an approval works out again of a recall.
extension ReleaseApproval {
    func confirm(recall release: PreparedRelease, _ claim: ReleaseStatement) throws -> Confirmed {
        guard let office = OfficeID(claim.office) else {
            throw DeskError.recomputationDiffers("it names no office")
        }
        let facts: RecallFacts
        do {
            facts = try RecallFacts(opened, at: office)
        } catch DeskError.badInput(let why) {
            throw DeskError.recomputationDiffers(why)
        }
        let kept = try desk.agent.draft(release.draft, of: opened.tip)
        guard kept.office == office,
            kept.files.map(\.file) == [BundleNames.predicate, BundleNames.cover]
        else {
            throw DeskError.recomputationDiffers("the agent keeps something else for \(office)")
        }
        let (predicate, cover) = (kept.files[0], kept.files[1])
        let notice = try RecallNotice(decoding: open(release.predicate, kept: predicate))
        let text = facts.cover(notice, claim.sequence)
        guard notice.office == office,
            try open(release.cover, kept: cover) == Array(text.utf8)
        else {
            throw DeskError.recomputationDiffers("the recall for \(office) says something else")
        }
        let terms = ReleaseTerms(
            sequence: claim.sequence, notBefore: claim.notBefore, expires: claim.expires,
            checkpoint: claim.deskCheckpoint)
        let again = try opened.statement(
            facts, predicate: predicate, cover: cover, commitment: notice.commitment, terms)
        guard again.statement.encoded == release.statement else {
            throw DeskError.recomputationDiffers("the recall for \(office) is of something else")
        }
        guard release.plan == nil else {
            throw DeskError.recomputationDiffers("a recall is in no plan")
        }
        try checkTime(claim)
        let log = try checkpoint(of: claim)
        return Confirmed(
            release: release, envelope: SignedStatement(again.statement).envelope,
            sums: Sums(predicate: predicate.whole, cover: cover.whole, parts: []).encoded,
            words: words(facts, claim) + [log] + coverWords(text))
    }

    private func words(_ facts: RecallFacts, _ claim: ReleaseStatement) -> [String] {
        let numbers = facts.bundles.map { "number \($0.sequence)" }.joined(separator: ", ")
        let rest = facts.rest == 0 ? "" : "; \(facts.rest) more take another recall"
        return [
            "\(facts.office.id): RECALL of all that it has of this case: \(numbers)\(rest)",
            "  to \(facts.office.name), number \(claim.sequence), "
                + "from \(claim.notBefore.text) until \(claim.expires.text)",
            "  dispatch stops serving what is recalled; what was fetched, the office is asked to delete",
        ]
    }
}
