internal import Containers
package import DurableFiles
package import NativePrimitives
package import Opening
internal import Sealing
package import Terminal

/// Opens one age file for a person at a terminal: into a new file, or to standard output.
package struct FileOpening {
    private let output: String?
    private let hasIdentity: Bool
    private let isInputTaken: Bool
    private let expected: String

    /// An opening.
    ///
    /// - Parameters:
    ///   - output: the new file; nil or `-` for standard output.
    ///   - hasIdentity: whether the person said which identity opens the file; if not, a file that
    ///     nothing opens is answered with how to say it.
    ///   - isInputTaken: whether standard input carries the file or a key: then a passphrase is asked
    ///     for at the terminal itself.
    ///   - expected: what the person could have given, for the answer to something else.
    /// - Throws: `Failure` when no new file can be made there.
    package init(
        into output: String?, hasIdentity: Bool, isInputTaken: Bool,
        expected: String = "an age file"
    ) throws(Failure) {
        self.output = try Standard.output(output)
        self.hasIdentity = hasIdentity
        self.isInputTaken = isInputTaken
        self.expected = expected
    }

    /// Opens `source`; of a file that does not open whole, no new file is left.
    ///
    /// - Parameter identities: is asked only for a file that is not under a passphrase.
    /// - Throws: `Failure` in words for the person, or `FileError`.
    package func run(
        _ source: consuming OpenFile, identities: () throws -> [Identity<NativePrimitives>]
    ) throws {
        let path = source.path
        let byteCount = try source.regularFileLength()
        guard byteCount != 0 else { throw Failure("\(path) is empty.") }
        let opening = try unlock(source, with: identities)
        var progress = Progress("Opening", totalBytes: byteCount ?? 0)
        do {
            guard let output else {
                var sink = OpenFile.standardOutput
                sink.widenPipe()
                try opening.run(into: &sink) { progress.update($0) }
                return progress.finish()
            }
            // Made only now: while a passphrase is asked for, nothing lies there.
            var sink = try NewFile(at: output)
            try opening.run(into: &sink) { progress.update($0) }
            progress.finish()
            try sink.commit()
        } catch let error as ContainerError {
            throw failure(for: error, of: path)
        }
    }

    private func unlock(
        _ source: consuming OpenFile, with identities: () throws -> [Identity<NativePrimitives>]
    ) throws -> ContainerOpening<OpenFile> {
        let path = source.path
        let isInputTaken = isInputTaken
        var isUnderPassphrase = false
        do {
            return try ContainerOpening(
                source, with: identities,
                passphrase: {
                    isUnderPassphrase = true
                    return try Self.passphrase(of: path, isInputTaken: isInputTaken)
                })
        } catch ContainerError.opening(.noMatch) where isUnderPassphrase {
            throw Failure("\(path): that is not its passphrase.")
        } catch let error as ContainerError {
            throw failure(for: error, of: path)
        }
    }

    /// What is the matter with the file at `path`, for the person.
    private func failure(for error: ContainerError, of path: String) -> any Error {
        switch error {
        case .opening(.header(.unknownVersion)): Failure("\(path) is not \(expected).")
        case .opening(.noMatch) where !hasIdentity:
            Failure(
                "\(path): \(OpeningError.noMatch.words).",
                hint: "Say which identity opens it with -i FILE.")
        case .opening(let error): Failure("\(path): \(error.words).", hint: error.advice)
        case .file(let error): error
        case .sealing: error
        }
    }

    /// Asks for the passphrase of the file at `path`: at the terminal itself when standard input is
    /// what is being opened.
    package static func passphrase(
        of path: String, isInputTaken: Bool
    ) throws(Failure) -> Secret {
        try Prompt.passphrase("Passphrase of \(path): ", isInputTaken: isInputTaken)
    }
}
