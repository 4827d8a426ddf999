internal import DurableFiles
internal import Reception
internal import Terminal

/// What went wrong, for a person.
enum Explanation {
    /// The error in plain words; nil for what the command line's own parser says best.
    static func failure(for error: any Error) -> Failure? {
        switch error {
        case ReceptionError.file(let error): Failure(error)
        case let error as FileError: Failure(error)
        case let error as ReceptionError: Failure(error.message, hint: error.hint)
        default: nil
        }
    }
}
