internal import Agencies
internal import Agents
internal import Custody
internal import Forwarding
internal import Sealing
internal import Tips

/// What a person reads before they sign, and what of it can only be checked against the clock and
/// the custody log.
extension ReleaseApproval {
    func checkTime(_ claim: ReleaseStatement) throws {
        let latest = desk.now.adding(
            hours: ReleasePreparation.validityHours + Escalation.stepLimit * 8760)
        guard desk.now < claim.expires, claim.expires <= latest ?? claim.expires else {
            throw DeskError.recomputationDiffers("its dates are not right any more")
        }
    }

    /// The plan's due hour goes to dispatch unsigned: dispatch could offer a standby bundle from the
    /// statement's first hour on, as it must when the office before has declined.
    func checkPlan(_ plan: ReleasePackage.Plan?, _ claim: ReleaseStatement) throws {
        guard let plan else { return }
        guard plan.due >= claim.notBefore, plan.due < claim.expires, plan.rank < plan.count else {
            throw DeskError.recomputationDiffers("its place in the plan does not fit its dates")
        }
    }

    /// Checks the checkpoint that the statement carries, and says in words what it shows.
    ///
    /// A forged or foreign one would make the office refuse the true log, or believe another.
    func checkpoint(of claim: ReleaseStatement) throws -> String {
        guard let text = claim.deskCheckpoint else {
            return "  custody log: no checkpoint, because dispatch was not asked for one"
        }
        let shown: Checkpoint
        do throws(NoteError) {
            shown = try UnverifiedCheckpoint([UInt8](text.utf8))
                .verified(by: desk.directory.log).checkpoint
        } catch {
            throw DeskError.recomputationDiffers(
                "its checkpoint is not one that the custody log signed")
        }
        guard let kept = try HeadFile(of: desk).kept()?.checkpoint, shown.size <= kept.size,
            shown.size < kept.size || shown.root == kept.root
        else {
            throw DeskError.recomputationDiffers(
                "its checkpoint is not one that dispatch has shown to this desk")
        }
        return "  custody log: \(shown.size) entries"
    }

    func planWords(_ plan: ReleasePackage.Plan?) -> [String] {
        guard let plan else { return [] }
        return [
            "  in a plan: number \(plan.rank + 1) of \(plan.count), offered from \(plan.due.text) "
                + "if nobody before it takes the case on, at once if the one before it declines"
        ]
    }

    /// The cover sheet, line by line: the whole judgement as the office will read it.
    func coverWords(_ cover: String) -> [String] {
        ["  the cover sheet that goes with it:"]
            + cover.split(separator: "\n", omittingEmptySubsequences: false).map {
                "    | " + CleanText.shown(String($0))
            }
    }

    /// What the person signs: the decisions, what goes, and the whole text of what the desk made.
    func words(_ facts: ReleaseFacts, _ claim: ReleaseStatement) throws -> [String] {
        var lines = try opened.words(facts.routing, without: facts.left)
        lines.append(
            "  to \(facts.office.name), number \(claim.sequence), "
                + "from \(claim.notBefore.text) until \(claim.expires.text)")
        lines += placeWords(facts)
        for (index, part) in facts.parts.enumerated() {
            let contains = part.classes.map(\.name).joined(separator: ", ")
            lines.append(
                "  \(BundleNames.part(index)): \(part.routed.partClass.name), contains \(contains), "
                    + "SHA-256 of the original \(part.digests.original.hex)")
            guard part.routed.origin != .original else { continue }
            guard part.routed.partClass != .evidence else {
                lines.append(
                    "    a safe copy made at the desk (\(CleanText.line(part.note))), "
                        + "\(part.digests.originalBytes) bytes")
                continue
            }
            let text = try opened.file(part.routed.id).text().withBytes {
                (bytes) throws(ContentError) in try ReportPart.decode(bytes).narrative
            }
            lines.append(
                "    made at the desk (\(CleanText.line(part.note))): \(CleanText.line(text))")
        }
        return lines
    }
}
