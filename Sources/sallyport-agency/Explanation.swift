internal import DurableFiles
internal import NativePrimitives
internal import Reception
internal import Terminal

/// What went wrong, for a person.
enum Explanation {
    /// The error in plain words; nil for what the command line's own parser says best.
    static func failure(for error: any Error) -> Failure? {
        switch error {
        case let failure as Failure: failure
        case ReceptionError.file(let error): file(error)
        case let error as FileError: file(error)
        case let error as ReceptionError: Failure(error.message, hint: error.hint)
        case let error as ProcessShield.Refused:
            Failure("The program does not start: \(error).", exitCode: 70)
        default: nil
        }
    }

    private static func file(_ error: FileError) -> Failure {
        if error.isNoSpace {
            return Failure("\(error.path): the disk is full; nothing was left behind.")
        }
        if error.isAlreadyThere {
            return Failure(
                "\(error.path) is there already, and was left as it is.",
                hint: "Choose another name, or move the old one away first.")
        }
        if error.isNotThere { return Failure("\(error.path): there is no such file or folder.") }
        return Failure("\(error)", exitCode: 70)
    }
}
