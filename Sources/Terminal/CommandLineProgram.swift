package import ArgumentParser
internal import NativePrimitives

/// How a program for a person's terminal runs from start to end: it shields the process, parses the
/// command line, and runs the command. What a command throws ends the program in words and with an exit
/// code; a signal does so too, after what it had not finished writing is gone.
package enum CommandLineProgram {
    /// Runs a program that waits for nobody, on the thread it began with: starting a second one costs
    /// as much as sealing a small file.
    ///
    /// - Parameter explain: the words for an error; nil for what the parser says best.
    package static func run(
        _ root: any ParsableCommand.Type, explaining explain: (any Error) -> Failure?
    ) {
        let interruption = Interruption()
        defer { withExtendedLifetime(interruption) {} }
        do {
            var command = try parse(root)
            try command.run()
        } catch {
            end(root, with: error, explain)
        }
    }

    /// Runs a program some of whose commands talk with others; the others stay on the main thread.
    ///
    /// - Parameter explain: the words for an error; nil for what the parser says best.
    @MainActor package static func run(
        _ root: any AsyncParsableCommand.Type, explaining explain: (any Error) -> Failure?
    ) async {
        let interruption = Interruption()
        defer { withExtendedLifetime(interruption) {} }
        do {
            var command = try parse(root)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(root, with: error, explain)
        }
    }

    private static func parse(_ root: any ParsableCommand.Type) throws -> any ParsableCommand {
        do {
            try ProcessShield.raise()
        } catch {
            throw Failure("The program does not start: \(error).", exitCode: 70)
        }
        return try root.parseAsRoot()
    }

    private static func end(
        _ root: any ParsableCommand.Type, with error: any Error,
        _ explain: (any Error) -> Failure?
    ) -> Never {
        Interruption.waitIfBegun()
        guard let failure = error as? Failure ?? explain(error) else {
            root.exit(withError: error)
        }
        Say.fail(failure)
    }
}
