internal import Agents
internal import Containers
internal import DurableFiles
internal import NativePrimitives
internal import PartnerClient
internal import Terminal
internal import Verification

/// What went wrong, for a person: every error of the modules below, in one place.
enum Explanation {
    /// The error in plain words; nil for what the command line's own parser says best.
    static func failure(for error: any Error) -> Failure? {
        switch error {
        case let failure as Failure: failure
        case let error as DeskError: desk(error)
        case let error as AgentError: Failure(error.message)
        case let error as AgentRefusal: Failure(error.message)
        case let error as ProcessShield.Refused:
            Failure(
                "The system refused \(error.protection): the program does not start without it.")
        case let error as FileError: Failure(error)
        case ContainerError.file(let error): Failure(error)
        case let error as ContainerError: Failure("The key could not be written: \(error)")
        default: nil
        }
    }

    private static func desk(_ error: DeskError) -> Failure {
        switch error {
        case .file(let error): Failure(error)
        case .dispatch(.unreachable(let why)):
            Failure(
                "Dispatch could not be reached: \(why)",
                hint: "Nothing is lost. Run the same command again when dispatch is up.")
        default: Failure(error.message)
        }
    }
}
