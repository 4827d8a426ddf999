internal import Agencies
internal import ArgumentParser
internal import Ceremony
internal import Custody
internal import Terminal

/// `sallyport root show`: verifies a directory and prints it in words.
struct RootShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Verify a directory and print it in words.",
        discussion: """
            Checks the root's signature, every rule and the expiry. With --policy it also checks \
            that this policy is the directory's, and prints what each office is cleared for.

              sallyport root show Keys/directory.note --root-vkey Keys/root.vkey
              sallyport root show Keys/directory.note --root-vkey Keys/root.vkey \\
                  --policy Keys/policy.json

            An expired directory is printed and refused (exit code 1); --expired-too prints an old \
            one for the record.
            """)

    @Argument(help: ArgumentHelp("The signed directory.", valueName: "file"))
    var directory: String

    @Option(help: ArgumentHelp("The file with the root's vkey on one line.", valueName: "file"))
    var rootVkey: String = "Keys/root.vkey"

    @Option(help: ArgumentHelp("The policy that goes with it.", valueName: "file"))
    var policy: String?

    @Flag(help: "Do not refuse an expired directory.")
    var expiredToo = false

    func run() throws {
        try rootStep { () throws in
            let root = try KeysFolder.vkey(rootVkey)
            let note = try DirectoryFiles.read(directory)
            let verified = try DirectorySigning.read(note, from: directory, root: root)
            let today = verified.today(clock: try RootFiles.today())
            let policy = try policy.map { path in
                let text = try DirectoryFiles.read(path)
                do throws(PolicyFault) {
                    return try Policy(text, of: verified)
                } catch {
                    throw CeremonyError.policy(error)
                }
            }
            Say.result(DirectoryWords.describe(verified, policy: policy, today: today))
            guard expiredToo || !verified.isExpired(on: today) else {
                let refusal = DirectoryRefusal.expired(on: verified.contents.expires, today: today)
                throw CeremonyError.refused(path: directory, refusal)
            }
        }
    }
}
