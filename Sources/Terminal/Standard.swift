package import DurableFiles
internal import Glibc
package import NativePrimitives
internal import Sealing

/// Standard input and output as places for files.
package enum Standard {
    /// Gives the first three numbers to something that can neither be read nor written where whoever
    /// started the program left them closed: else a file that is opened later would get them.
    static func fillDescriptors() {
        for (number, flags) in [
            (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
        ] {
            guard fcntl(number, F_GETFD) == -1 else { continue }
            // The lowest free number is taken, which is this one.
            _ = unsafe open("/dev/null", flags)
        }
    }

    /// Writes a secret to standard output.
    package static func write(_ secret: borrowing Secret) throws {
        var output = OpenFile.standardOutput
        try secret.withBytes { (bytes) throws(FileError) in try output.write(bytes) }
    }

    /// Where to write: the path of a file that is to be made, or nil for standard output, as for `-`.
    ///
    /// - Throws: `Failure` when something of that name is there already, or no file can be made there. Asked before any work is done;
    ///   that nothing is overwritten is for ``DurableFiles/NewFile``.
    package static func output(_ path: String?) throws(Failure) -> String? {
        guard let path, path != "-" else { return nil }
        guard !path.isEmpty else { throw Failure("The name of the file to write is empty.") }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            let folder = Durable.parent(of: path)
            guard unsafe access(folder, R_OK | W_OK | X_OK) == 0 else {
                throw Failure(FileError("open", errno == ENOENT ? path : folder))
            }
            return path
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: throw Failure(FileError("link", path, code: EEXIST))
        case S_IFDIR:
            throw Failure("\(path) is a folder.", hint: "Give the name of a new file in it.")
        default:
            throw Failure(
                "\(path) is no place for a new file.",
                hint: "Leave out -o, and send standard output there with >.")
        }
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

    /// That of the files a command is to read at most one is standard input, `-`.
    package static func isReadOnce(_ names: [String]) throws(Failure) {
        guard names.count(where: { $0 == "-" }) <= 1 else {
            throw Failure(
                "Standard input would have to be two files at once.",
                hint: "Give all of them but one by name.", exitCode: 64)
        }
    }

    /// The file at `path`, or standard input when there is none or it is `-`.
    package static func input(_ path: String?) throws -> OpenFile {
        guard let path, path != "-" else {
            let input = OpenFile.standardInput
            input.widenPipe()
            return input
        }
        let file = try OpenFile(reading: path)
        guard try !file.isFolder() else { throw FileError("read", path, code: EISDIR) }
        return file
    }
}
