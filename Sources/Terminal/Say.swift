internal import DurableFiles
internal import Glibc

/// What programs tell people: results on standard output, everything else on standard error.
package enum Say {
    /// A result, on standard output, with a line feed; ends the program when it cannot be written.
    package static func result(_ text: String) {
        print(text)
        guard fflush(nil) == 0 else {
            fail(Failure(FileError("write", OpenFile.standardOutput.path)))
        }
    }

    /// A note to the person, on standard error, with a line feed.
    package static func note(_ text: String) {
        fputsStandardError(text + "\n")
    }

    /// Prints a failure and ends the program with its exit code.
    package static func fail(_ failure: Failure) -> Never {
        fputsStandardError("error: \(failure)\n")
        exit(failure.exitCode)
    }
}
