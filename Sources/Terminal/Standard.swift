package import DurableFiles
internal import Glibc
package import NativePrimitives
internal import Sealing

/// Standard input and output as places for files.
package enum Standard {
    /// Writes a secret to standard output.
    package static func write(_ secret: borrowing Secret) throws {
        var output = OpenFile.standardOutput
        try secret.withBytes { (bytes) throws(FileError) in try output.write(bytes) }
    }

    /// Standard output, unless a person would get binary on the screen.
    package static func binaryOutput() throws(Failure) -> OpenFile {
        guard isatty(STDOUT_FILENO) != 1 else {
            throw Failure(
                "The result is binary and would garble the terminal.",
                hint: "Write it to a file with -o FILE, or into a pipe.")
        }
        let output = OpenFile.standardOutput
        output.widenPipe()
        return output
    }

    /// The file at `path`, or standard input when there is none or it is `-`.
    package static func input(_ path: String?) throws -> OpenFile {
        guard let path, path != "-" else {
            let input = OpenFile.standardInput
            input.widenPipe()
            return input
        }
        return try OpenFile(reading: path)
    }
}
