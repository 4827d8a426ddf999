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
    private let expected: String

    /// An opening.
    ///
    /// - Parameters:
    ///   - output: the new file; nil for standard output.
    ///   - hasIdentity: whether the person said which identity opens the file; if not, a file that
    ///     nothing opens is answered with how to say it.
    ///   - expected: what the person could have given, for the answer to something else.
    package init(into output: String?, hasIdentity: Bool, expected: String = "an age file") {
        self.output = output
        self.hasIdentity = hasIdentity
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
        var isUnderPassphrase = false
        do {
            let opening = try ContainerOpening(
                source, with: identities,
                passphrase: {
                    isUnderPassphrase = true
                    return try Self.passphrase(of: path, beside: path)
                })
            try write(opening, byteCount: byteCount)
        } catch ContainerError.opening(.noMatch) where isUnderPassphrase {
            throw Failure("\(path): that is not its passphrase.")
        } catch ContainerError.opening(.header(.unknownVersion)) {
            throw Failure("\(path) is not \(expected).")
        } catch ContainerError.opening(.noMatch) where !hasIdentity {
            throw Failure(
                "\(path): \(OpeningError.noMatch.words).",
                hint: "Say which identity opens it with -i FILE.")
        } catch ContainerError.opening(let error) {
            throw Failure("\(path): \(error.words).")
        } catch ContainerError.file(let error) {
            throw error
        }
    }

    /// Asks for the passphrase of the file at `path` while the file at `source` is opened.
    ///
    /// - Throws: `Failure` when the answer would be read from where `source` comes from.
    package static func passphrase(of path: String, beside source: String) throws(Failure) -> Secret
    {
        guard source != OpenFile.standardInput.path else {
            throw Failure(
                "The passphrase of \(path) is read from where the sealed file comes from.",
                hint: "Save the sealed file, and give its name.")
        }
        return try Prompt.passphrase("Passphrase of \(path): ")
    }

    private func write(_ opening: consuming ContainerOpening<OpenFile>, byteCount: Int?) throws {
        var progress = Progress("Opening", totalBytes: byteCount ?? 0)
        guard let output else {
            var sink = OpenFile.standardOutput
            sink.widenPipe()
            return try opening.run(into: &sink) { progress.update($0) }
        }
        var sink = try NewFile(at: output)
        try opening.run(into: &sink) { progress.update($0) }
        try sink.commit()
    }
}
