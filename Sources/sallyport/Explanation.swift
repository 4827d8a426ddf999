internal import Composing
internal import Agencies
internal import Containers
internal import NativePrimitives
internal import DurableFiles
internal import Opening
internal import Sealing
internal import Submission
internal import Terminal
internal import Tips
internal import Wire

/// What went wrong, for a person: every error of the modules below, in one place.
enum Explanation {
    /// The error in plain words; nil for what the command line's own parser says best.
    static func failure(for error: any Error) -> Failure? {
        switch error {
        case let failure as Failure: failure
        case let error as FileError: file(error)
        case ContainerError.file(let error): file(error)
        case ContainerError.sealing(let error): sealing(error)
        case ContainerError.opening(.header(let error)): header(error)
        case let error as SealingError: sealing(error)
        case let error as HeaderError: header(error)
        case let error as SubmissionError: SubmissionWords.failure(error)
        case let error as BuildError: SubmissionWords.failure(error)
        case let error as OriginalError: SubmissionWords.failure(error)
        case let error as DirectoryRefusal: SubmissionWords.failure(error)
        case is PageManifestError:
            Failure("This is no manifest of a page.", hint: "Deploy/page writes manifest.json.")
        case let error as ProcessShield.Refused:
            Failure("The program does not start: \(error).", exitCode: 70)
        case is FormatError, is PrimitiveFailure:
            Failure("Something inside went wrong (\(error)); nothing was sent.", exitCode: 70)
        default: nil
        }
    }

    private static func file(_ error: FileError) -> Failure {
        if error.isAlreadyThere {
            return Failure(
                "\(error.path) is there already, and was left as it is.",
                hint: "Choose another name, or move the old file away first.")
        }
        if error.isNotThere {
            return Failure("\(error.path): there is no such file or folder.")
        }
        if error.isNoSpace {
            return Failure(
                "\(error.path): the disk is full; nothing was left behind.",
                hint: "Make room, then do the same again.")
        }
        return Failure("\(error)", exitCode: 70)
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

    private static func header(_ error: HeaderError) -> Failure {
        let hint = "It may have been damaged on the way; ask for it again."
        return switch error {
        case .truncated: Failure("The file ends before its header does.", hint: hint)
        case .unknownVersion: Failure("This is not an age file (version 1).")
        case .tooLarge: Failure("The header of the file is too large.", hint: hint)
        case .badStanzaArguments, .badStanzaBody, .noStanzas, .badMAC:
            Failure("The header of the file is damaged.", hint: hint)
        }
    }
}
