internal import Agencies
internal import Agents
internal import ArgumentParser
internal import Terminal
internal import Verification

/// The end of old epochs' keys.
struct DestroyEpochs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy-epochs",
        abstract: "Show which epochs' keys are due to be destroyed, and destroy them.",
        discussion: """
            An epoch's keys are kept for 90 days after its last day, so that tips that were sealed \
            before still open; then nothing that is sealed to them is taken any more, and the keys must \
            go. Without --yes it only shows what it would do. Run it as the user of the desk agent. What \
            was pulled before stays readable: it lies under the keys of its case.

            Each file is written over and removed. A disk of flash memory (SSD, USB stick) may keep the \
            old bytes for a time, and a backup keeps its copy: both are useless without the passphrase \
            of the desk's keys. Destroy old backups of the folder too. The running agent forgets the \
            keys when it is next asked for them; restart it to be certain.

            Examples:
              sallyport-desk destroy-epochs --keys desk-keys
              sallyport-desk destroy-epochs --keys desk-keys --yes
            """)

    @OptionGroup var desk: DeskOptions

    @Option(help: ArgumentHelp("The desk agent's key folder.", valueName: "folder"))
    var keys: String

    @Flag(help: "Destroy what is due; nobody can undo it.")
    var yes = false

    func run() throws {
        // An expired directory is refused here: a clock that is far ahead destroys nothing.
        let (directory, today) = try Desk.directory(in: desk.desk)
        let states = EpochKeyState.all(
            try DeskKeys.epochNumbers(in: keys), in: directory, on: today)
        for state in states { Say.result("epoch \(state.number): \(state.words)") }
        let due = states.filter(\.isDue)
        guard !due.isEmpty else { return Say.note("Nothing is due.") }
        guard yes else {
            return Say.note(
                "Nothing was destroyed. Today is \(today.text); with --yes, what is due goes.")
        }
        for state in due {
            try DeskKeys.destroyEpoch(state.number, in: keys)
            Say.result("epoch \(state.number): destroyed")
        }
        Say.note("Restart the desk agent, and destroy old backups of \(keys).")
    }
}
