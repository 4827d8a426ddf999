internal import Containers
internal import DurableFiles
internal import Sealing
package import Terminal

/// What went wrong with a container, for a person.
package enum ContainerWords {
    /// The error in plain words; nil for what is no error of a container or file.
    package static func failure(for error: any Error) -> Failure? {
        switch error {
        case let error as FileError: Failure(error)
        case ContainerError.file(let error): Failure(error)
        case ContainerError.sealing(let error): sealing(error)
        case let error as SealingError: sealing(error)
        default: nil
        }
    }

    private static func sealing(_ error: SealingError) -> Failure {
        switch error {
        case .badRecipient:
            Failure(
                "A recipient is not right: a letter may be wrong or missing.",
                hint: "Copy it again, from its first letter to its last.")
        case .noRecipients:
            Failure("There is nobody to seal to.", hint: "Give a recipient with -r or -R.")
        case .mixedRecipients:
            Failure(
                "Recipients that withstand a quantum computer (age1pq1…) and recipients that do "
                    + "not (age1…) cannot share one file: it would be only as safe as the weaker.",
                hint: "Seal the file twice, once for each kind.")
        case .tooManyRecipients:
            Failure("There are too many recipients: at most \(Header.stanzaLimit) in one file.")
        case .payloadFinished, .badWorkFactor, .primitive:
            Failure("The file could not be sealed.", exitCode: 70)
        }
    }
}
