package import Agencies
package import DurableFiles

/// Why nothing was signed or written; ``message`` says it to the person at the ceremony.
package enum CeremonyError: Error, Equatable {
    /// A file could not be read or written.
    case file(FileError)
    /// A file of the Keys folder is wrong: which file, which key in it, and what is wrong.
    case keys(path: String, place: String, problem: String)
    /// The contents break a rule of the directory.
    case directory(DirectoryFault)
    /// The clearances break a rule of the policy.
    case policy(PolicyFault)
    /// The directory that was given is refused.
    case refused(path: String, DirectoryRefusal)
    /// The root key file is unusable.
    case rootKey(path: String, problem: String)
    /// The new version would take back what the version before it promised.
    case history(String)
    /// A file that is not ours to replace has the name of an output.
    case inTheWay(path: String)

    /// The error in plain words.
    package var message: String {
        switch self {
        case .file(let error): error.description
        case .keys(let path, let place, let problem):
            place.isEmpty ? "\(path): \(problem)" : "\(path): \(place): \(problem)"
        case .directory(let fault): fault.message
        case .policy(let fault): fault.message
        case .refused(let path, let refusal): "\(path): \(refusal.message)"
        case .rootKey(let path, let problem): "\(path): \(problem)"
        case .history(let problem): problem
        case .inTheWay(let path):
            "\(path): there is something else of this name; nothing was replaced"
        }
    }
}
