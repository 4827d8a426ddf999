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
        Standard.fillDescriptors()
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
        Standard.fillDescriptors()
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
        try requireText()
        return try root.parseAsRoot()
    }

    /// Names of files may be any bytes, arguments to the parser are text: a name in an older encoding
    /// would come to it altered, and be told of as a file that does not exist.
    private static func requireText() throws(Failure) {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let bytes = unsafe CommandLine.unsafeArgv[index] else { continue }
            guard unsafe String(validatingCString: bytes) == nil else { continue }
            throw Failure(
                "Argument \(index) is not UTF-8: perhaps the name of a file, in an older encoding.",
                hint: "Rename the file, or send it through standard input with <.", exitCode: 64)
        }
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
