internal import Agencies
internal import Custody
internal import Forwarding
internal import Tips
internal import Verification

/// Recalling what was sent: from which offices, and why; two persons approve it as a release.
struct RecallPage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        let standing = try at.opened.sentBundles().filter { !$0.isRecalled }
        guard !standing.isEmpty else {
            return at.shown(
                "Recall it", [.p("No office has anything of this case that could be recalled.")])
        }
        return at.shown(
            "Recall it",
            [
                .p(
                    "Dispatch stops serving what is recalled. What an office has fetched cannot be taken "
                        + "from it: the recall asks it to stop and to delete, and its answer comes back here."
                ),
                .p(
                    "It carries nothing of the reporter’s, and goes out of a frozen or held case as well. "
                        + "Preparing it replaces what was prepared and not sent."),
                at.form(.recall, [offices(standing), reason, words, prepare]),
            ])
    }

    private func offices(_ standing: [SentBundle]) -> HTML {
        let offices = Set(standing.map(\.office)).sorted()
        let chosen = at.fields.isEmpty ? offices.map(\.text) : at.fields.all("office")
        return Field.boxes(
            "From which offices", "office", chosen,
            offices.map { office in
                let bundles = standing.filter { $0.office == office }
                let numbers = bundles.map { "\($0.bundle.sequence)" }.joined(separator: ", ")
                let said = bundles.contains(where: \.isAnswered) ? "has answered" : "no answer yet"
                return (office.text, .text("\(office): number \(numbers), \(said)"))
            })
    }

    private var reason: HTML {
        Field.choice(
            "Why", "reason", at.fields["reason"],
            RecallReason.allCases.map { ($0.rawValue, .text($0.words)) })
    }

    private var words: HTML {
        Field.area(
            "What the offices are told besides", "words", at.fields["words"],
            hint:
                "May stay empty. They read it as it stands: nothing of the report, and no name.",
            rows: 3)
    }

    private var prepare: HTML {
        .p("Two persons must approve it.") + Field.button("Prepare the recall", step: "prepare")
    }

    func act() async throws(DeskError) -> Acted {
        let offices = at.fields.all("office").compactMap(OfficeID.init)
        guard !offices.isEmpty else { throw .badInput("Choose at least one office.") }
        guard let reason = RecallReason(rawValue: at.fields["reason"]) else {
            throw .badInput("Say why.")
        }
        let (checkpoint, note) = await at.newestCheckpoint()
        let lines = try RecallPreparation(at.opened, checkpoint: checkpoint).run(
            RecallPreparation.Order(offices: offices, reason: reason, words: at.fields["words"]))
        return at.goes("Prepared. Nothing has been sent.", note + lines, to: .approve)
    }
}
