internal import Tips
internal import Custody
internal import Verification

/// What two persons sign, worked out again from the case for each of them; then sending it.
struct ApprovePage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        guard try at.opened.openReleases().isEmpty else { return try prepared() }
        return at.shown(
            "Approve and send",
            [
                .p("Nothing waits to be approved or sent in this case."),
                .p(.link(at.to(.release), "See what each office would get, and prepare it")),
            ])
    }

    private func prepared() throws(DeskError) -> Shown {
        let open = try at.opened.openReleases()
        let approvers = Set(open.flatMap(\.approvers)).sorted()
        let person = try at.person()
        let (words, form) = recomputed(approvers, person)
        var content: [HTML] = []
        if !approvers.isEmpty {
            content.append(.p("Approved by \(approvers.joined(separator: " and "))."))
        }
        content += words
        content += form
        if approvers.count >= 2 || at.opened.isBeingSent { content.append(sending) }
        return at.shown("Approve and send", content)
    }

    /// What would be signed, and the form for it; what stands against it otherwise.
    private func recomputed(_ approvers: [String], _ person: String) -> ([HTML], [HTML]) {
        do throws(DeskError) {
            let confirmed = try ReleaseApproval(at.opened).recompute()
            let words = confirmed.enumerated().map { index, one in
                HTML.lines(one.words, label: "Release \(index + 1) of \(confirmed.count)")
            }
            let intro: [HTML] = [
                .p(
                    "Everything was worked out again from the case just now. This is what would be signed, "
                        + "word for word, with the cover sheet as the office will read it:")
            ]
            let mark = ReleaseApproval.fingerprint(of: confirmed)
            return (
                intro + words,
                approvers.contains(person) ? waiting(approvers) : [form(mark, person)]
            )
        } catch {
            return ([Notice.problem(Problem(error), at.visit)], [])
        }
    }

    private func waiting(_ approvers: [String]) -> [HTML] {
        approvers.count >= 2
            ? []
            : [
                .p(
                    "You have approved it. A second person must read and approve it at their own console."
                )
            ]
    }

    private func form(_ mark: Hash, _ person: String) -> HTML {
        at.form(
            .approve,
            [
                .p("Your passphrase signs exactly this, and nothing else."),
                Field.hidden("mark", mark.hex), Field.passphrase(of: person),
                Field.button("Sign and approve", step: "approve"),
            ])
    }

    private var sending: HTML {
        at.form(
            .approve,
            [
                .p(
                    "Two persons have approved it. It is worked out once more, then handed to dispatch. What an "
                        + "office has fetched cannot be called back."),
                Field.button("Send it", step: "send"),
            ])
    }

    func act() async throws(DeskError) -> Acted {
        switch at.visit.step {
        case "approve": return try approve()
        case "send":
            guard at.visit.console.beginSending(at.tip.hex) else {
                throw .notYet("Something else is being done already; look again when it has ended.")
            }
            return .goes(.work)
        default: return .showsPage
        }
    }

    private func approve() throws(DeskError) -> Acted {
        let approval = ReleaseApproval(at.opened)
        let confirmed = try approval.recompute()
        guard ReleaseApproval.fingerprint(of: confirmed).hex == at.fields["mark"] else {
            throw .recomputationDiffers(
                "the case has changed since this page was shown; read it again")
        }
        let person = try approval.sign(
            confirmed, signer: at.visit.console.signer, passphrase: at.visit.passphrase)
        return at.goes("Approved by \(person).", to: .approve)
    }
}
