package import Agencies
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import PartnerClient
internal import Wire

/// What people decide about a case beside its judgement; each needs a reason.
extension OpenedCase {
    /// Most bytes of a reason.
    package static let reasonLimit = 4096

    /// Writes down what a person found; it raises or lowers the priority.
    package func find(
        _ finding: DeskFinding, why: String, by person: String
    ) throws(DeskError) {
        try rule(.found(finding, why: try Self.reason(why)), by: person)
    }

    /// Takes back what somebody found.
    package func takeBack(
        _ finding: DeskFinding, why: String, by person: String
    ) throws(DeskError) {
        guard record.rulings.findings[finding] != nil else {
            throw .badInput("Nobody has found “\(finding.rawValue)” in this case.")
        }
        try rule(.findingTakenBack(finding, why: try Self.reason(why)), by: person)
    }

    /// Sets the case's class; nil lets it be computed again.
    package func setPriority(
        _ level: Priority.Level?, why: String, by person: String
    ) throws(DeskError) {
        try rule(.priority(level, why: try Self.reason(why)), by: person)
    }

    /// Keeps everything of the case from an office, whatever the reporter and the policy allow.
    package func withhold(
        from office: OfficeID, why: String, by person: String
    ) throws(DeskError) {
        guard desk.directory.office(office) != nil else {
            throw .badInput("The directory has no office called \(office).")
        }
        try rule(.withheld(office: office.text, why: try Self.reason(why)), by: person)
    }

    /// Lets an office have again what the reporter and the policy allow.
    package func giveAgain(
        to office: OfficeID, why: String, by person: String
    ) throws(DeskError) {
        guard record.rulings.withheld[office.text] != nil else {
            throw .badInput("Nothing is withheld from \(office) in this case.")
        }
        try rule(.givenAgain(office: office.text, why: try Self.reason(why)), by: person)
    }

    /// Holds the case: nothing is prepared, approved or sent until somebody lets it go on
    /// (``resume(why:over:by:)``). Here first; then dispatch is asked to keep back what it has.
    ///
    /// - Returns: what dispatch does, in words.
    package func hold(
        why: String, over link: any DispatchLink, by person: String
    ) async throws(DeskError) -> String {
        try rule(.held(why: try Self.reason(why)), by: person)
        do {
            let decision = Decision(tip: Hash(tip), verdict: .hold).encoded
            try await link.decide(SignedDecision(decision: decision, signatures: [:]))
            try rule(.heldAtDispatch, by: "")
            return "dispatch holds it, too"
        } catch PartnerError.refused {
            return "dispatch has nothing of it that could be held back"
        } catch {
            return
                "dispatch was not told (\(DeskError(wrapping: error).message)); what it has already "
                + "may still go to an office. Hold it again when dispatch can be reached."
        }
    }

    /// Lets dispatch go on as well; it may have had nothing but bundles to hold back.
    func goOn(over link: any DispatchLink) async throws {
        do {
            let decision = Decision(tip: Hash(tip), verdict: .resume).encoded
            try await link.decide(SignedDecision(decision: decision, signatures: [:]))
        } catch PartnerError.refused {}
    }

    private func rule(_ ruling: CaseRuling, by person: String) throws(DeskError) {
        try change(.ruled(ruling), by: person)
    }

    static func reason(_ text: String) throws(DeskError) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw .badInput("Say why, in a few words.")
        }
        guard text.utf8.count <= reasonLimit else {
            throw .badInput("A reason has at most \(reasonLimit) bytes.")
        }
        return text
    }
}
