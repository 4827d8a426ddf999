internal import Composing
internal import Agencies
internal import ContainerCommands
internal import NativePrimitives
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
        case let error as SubmissionError: SubmissionWords.failure(error)
        case let error as BuildError: SubmissionWords.failure(error)
        case let error as OriginalError: SubmissionWords.failure(error)
        case let error as DirectoryRefusal: SubmissionWords.failure(error)
        case is PageManifestError:
            Failure("This is no manifest of a page.", hint: "Deploy/page writes manifest.json.")
        case is FormatError, is PrimitiveFailure:
            Failure("Something inside went wrong (\(error)); nothing was sent.", exitCode: 70)
        default: ContainerWords.failure(for: error)
        }
    }
}
