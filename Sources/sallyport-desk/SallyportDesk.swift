internal import Agents
internal import ArgumentParser
internal import Examination
internal import Glibc
internal import NativePrimitives
internal import Terminal
internal import Verification

/// The desk's program: reads tips, decides what may leave, and lets two persons sign it.
struct SallyportDesk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sallyport-desk",
        abstract: "Examine tips, and release parts of them to offices, by two persons.",
        discussion: """
            The desk's keys are with the desk agent, each verifier's key is with that person's \
            signing agent: start them first, each as a user of its own. This program holds no key.

            A case from its arrival to an office:
              sallyport-desk pull
              sallyport-desk list
              sallyport-desk show 3f2a90b1c4d5
              sallyport-desk label 3f2a90b1c4d5 report --contains place,person
              sallyport-desk assess 3f2a90b1c4d5 --source C --information 3
              sallyport-desk prepare 3f2a90b1c4d5
              sallyport-desk approve 3f2a90b1c4d5 --signer /run/sallyport/ana.sock
              sallyport-desk approve 3f2a90b1c4d5 --signer /run/sallyport/ben.sock
              sallyport-desk release 3f2a90b1c4d5

            A case is named by the first digits of its name. Passphrases are asked for at the \
            terminal, or read as one line each from standard input; never from arguments.
            """,
        subcommands: [
            Init.self, KeygenVerifier.self, Agent.self, Signer.self, TakeDirectory.self,
            Rotate.self, DestroyEpochs.self,
            PullCommand.self, WatchCommand.self, List.self, Show.self, Trail.self, Hints.self,
            Examine.self,
            Links.self, Link.self, Unlink.self,
            NeverRender.self, OfferCopy.self,
            Assess.self, FindingCommand.self, PriorityCommand.self, Label.self, Derive.self,
            WithdrawDerivative.self, Transcribe.self, Phrases.self, Ask.self, ApproveQuestion.self,
            Withhold.self, Prepare.self,
            Approve.self,
            Release.self, Recall.self, Revoke.self,
            PublishMailbox.self, Hold.self, Resume.self, Reject.self, Destroy.self,
            RetentionCommand.self, LegalHold.self, ConsoleCommand.self,
        ])
}

@main
enum Program {
    /// Runs the command, and turns whatever it throws into words and an exit code.
    static func main() async {
        // The verifiers share the desk's folder through its group, and with nobody else.
        umask(0o007)
        do {
            // Before it has read anything: it sees what the reporters wrote.
            try ProcessShield.raise()
            if Array(CommandLine.arguments.dropFirst()) == [TextWorker.argument] {
                exit(TextTrialWorker.run())
            }
            _ = AgentProcess.lockMemory()
            var command = try SallyportDesk.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard let failure = Explanation.failure(for: error) else {
                SallyportDesk.exit(withError: error)
            }
            Say.fail(failure)
        }
    }
}
