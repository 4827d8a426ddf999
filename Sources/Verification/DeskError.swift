package import Agencies
package import Agents
package import DurableFiles
internal import Examination
package import Forwarding
package import PartnerClient

/// Why the desk's program did not do something, for the person at the terminal.
package enum DeskError: Error, Equatable {
    /// There is no desk in this folder, or its settings are broken.
    case noDesk(String)
    /// The desk has not been given a signed directory yet.
    case noDirectory
    /// The signed directory is refused.
    case directory(DirectoryRefusal)
    /// The routing policy is refused.
    case policy(PolicyFault)
    /// An agent refused or does not answer.
    case agent(AgentError)
    /// Dispatch refused or does not answer.
    case dispatch(PartnerError)
    /// A file of the desk.
    case file(FileError)
    /// A file of a carried folder: its path in the folder, and what is wrong with it.
    case carried(file: String, why: String)
    /// No case has this name.
    case noCase(String)
    /// Several cases have names that begin so.
    case ambiguousCase(String)
    /// The case has no such part.
    case noPart(String)
    /// Another program works on this case at this moment.
    case busy
    /// A file of the case was altered, removed or exchanged.
    case altered(String)
    /// A frame that is not what a reporter's device makes; says which rule it breaks.
    case badFrame(String)
    /// The reporter withdrew, or somebody froze the case.
    case frozen(String)
    /// Something has to be done first; the step, if the program has a command for it.
    case notYet(String, DeskStep? = nil)
    /// The input is not what the command takes.
    case badInput(String)
    /// The person is not on the directory's roster with this key.
    case notOnRoster(PersonID)
    /// The same person again, where two are needed.
    case samePerson(PersonID)
    /// One more person must sign.
    case secondPersonMissing
    /// What was prepared is not what the case itself gives; says what differs.
    case recomputationDiffers(String)
    /// The release as a whole was refused by the check that dispatch makes too.
    case refused(BundleRefusal)

    /// The error in plain words.
    package var message: String {
        switch self {
        case .noDesk(let folder):
            "\(folder): there is no desk here. Make one with sallyport-desk init."
        case .noDirectory:
            "The desk has no signed directory yet. Give it one: sallyport-desk directory NOTE POLICY."
        case .directory(let refusal): refusal.message
        case .policy(let fault): fault.message
        case .agent(let error): error.message
        case .dispatch(let error): error.message
        case .file(let error): error.description
        case .carried(let file, let why): CleanText.brief("\(file): \(why)")
        case .noCase(let name): "There is no case called \(name)."
        case .ambiguousCase(let name): "More than one case begins with \(name): give more digits."
        case .noPart(let name): "The case has no part called \(name)."
        case .busy: "Another program works on this case now; nothing was done. Try again later."
        case .altered(let what): "The desk's files were altered: \(CleanText.brief(what))."
        case .badFrame(let why): "Refused: \(CleanText.brief(why))."
        case .frozen(let why): "The case is frozen: \(CleanText.brief(why)). Nothing goes out."
        case .notYet(let what, let step):
            step.map { "\(what): sallyport-desk \($0.rawValue)." } ?? what
        case .badInput(let what): what
        case .notOnRoster(let person):
            "\(person) is not on the signed directory's roster with this key, or the key is revoked."
        case .samePerson(let person):
            "\(person) has signed already; it takes another person."
        case .secondPersonMissing:
            "One approval is not enough: a second person must approve the same release."
        case .recomputationDiffers(let what):
            "What was prepared is not what the case itself gives: \(what). Nothing was signed or "
                + "sent; prepare the release again."
        case .refused(let refusal): "The release does not hold: \(refusal)."
        }
    }
}

/// What can be missing before something else is done; each is a command of the desk's program.
package enum DeskStep: String, Sendable {
    /// The desk's judgement.
    case assess
    /// Deciding who gets what.
    case prepare
    /// Handing over what two persons approved.
    case release
}

/// Runs `body`, turning the errors of the modules below into ``DeskError``.
func desk<Result: ~Copyable>(
    _ body: () throws -> Result
) throws(DeskError) -> Result {
    do {
        return try body()
    } catch {
        throw DeskError(wrapping: error)
    }
}

extension DeskError {
    /// Whether whatever comes next would fail in the same way: nobody answers.
    package var concernsEverything: Bool {
        switch self {
        case .dispatch(.unreachable), .agent(.unreachable): true
        default: false
        }
    }

    /// The desk's error behind whatever a module below threw.
    package init(wrapping error: any Error) {
        switch error {
        case let error as DeskError: self = error
        case let error as AgentError: self = .agent(error)
        case let error as AgentRefusal: self = .agent(.refused(error))
        case let error as PartnerError: self = .dispatch(error)
        case let error as FileError: self = .file(error)
        case let error as BundleRefusal: self = .refused(error)
        case let error as DirectoryRefusal: self = .directory(error)
        case let error as PolicyFault: self = .policy(error)
        case let error as SandboxError: self = .noWorker(error.words)
        case let error as NotDone: self = .noWorker("it does not start (\(error.rawValue))")
        default: self = .altered("\(error)")
        }
    }

    /// Nothing that strangers wrote is opened without a worker.
    private static func noWorker(_ why: String) -> DeskError {
        .notYet(
            "What came is not opened, since no worker can read it first: \(why). Run it as the "
                + "verifier's own user, on a machine with bubblewrap")
    }
}
