internal import Agencies
internal import Agents
internal import ArgumentParser
internal import Terminal
internal import Verification

/// The keys of the next epoch.
struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Make the keys of the desk's next epoch, and say what the root must sign.",
        discussion: """
            Run it as the user of the desk agent, every half year, some weeks before the newest epoch \
            closes. It asks for the passphrase of the desk's keys, makes the next epoch's keys beside \
            the old ones, and prints the lines for Keys/desk.toml; the old lines stay. Run again before \
            the root has signed, it prints the same keys. The agent need not be restarted: it reads \
            the new keys when the first tip that is sealed to them comes.

            Examples:
              sallyport-desk rotate --keys desk-keys >> Keys/desk.toml
              sallyport-desk rotate --keys desk-keys --opens 2027-02-15 --days 182 >> Keys/desk.toml
            """)

    @OptionGroup var desk: DeskOptions

    @Option(help: ArgumentHelp("The desk agent's key folder.", valueName: "folder"))
    var keys: String

    @Option(
        help: ArgumentHelp(
            "First day to seal to it; two weeks before the newest epoch closes if not given.",
            valueName: "YYYY-MM-DD"))
    var opens: String?

    @Option(help: "For how many days it is sealed to.")
    var days = EpochPlan.openDays

    func validate() throws {
        guard opens.map({ Day($0) != nil }) ?? true else {
            throw ValidationError("--opens is a day like 2026-12-01.")
        }
    }

    func run() throws {
        let (directory, today) = try Desk.directory(in: desk.desk)
        let plan = try EpochPlan(
            after: directory, today: today, opens: opens.flatMap { Day($0) }, days: days)
        guard try DeskKeys.epochNumbers(in: keys).contains(plan.number - 1) else {
            throw Failure(
                "\(keys) does not have the keys of epoch \(plan.number - 1).",
                hint: "Name the folder that the desk agent uses.")
        }
        let opened = try DeskKeys.open(keys) {
            try Prompt.passphrase("Passphrase of the desk's keys: ")
        }
        let (epoch, isNew) = try opened.publicEpoch(plan.number)
        EpochLines.show(epoch, opens: plan.opens.text, closes: plan.closes.text)
        Say.note(Self.steps(plan, epoch, isNew: isNew))
    }

    /// What people do next, in order.
    private static func steps(
        _ plan: EpochPlan, _ epoch: DeskKeys.PublicEpoch, isNew: Bool
    ) -> String {
        """
        \(isNew ? "Made" : "Made before; here again are") the keys of epoch \(plan.number).
          1. Add the lines above to the end of Keys/desk.toml, once; take no old line away.
          2. Read both fingerprints aloud to the keepers of the root:
               recipient \(epoch.recipient.fingerprint.grouped)
               x25519    \(epoch.legacyRecipient.fingerprint.grouped)
          3. At the machine without a network, before \(plan.opens.text):
               sallyport root sign --root root.key --keys Keys --out Keys/directory.note \
        --policy Keys/policy.json
          4. Give the new directory to dispatch (sallyport-dispatch adopt-directory), the offices, and
             this desk: sallyport-desk directory Keys/directory.note Keys/policy.json
          5. \(DeskEpoch.graceDays) days after the old epoch has closed: sallyport-desk destroy-epochs
        """
    }
}
