internal import Agencies
internal import Agents
internal import ArgumentParser
internal import Custody
internal import NativePrimitives
internal import Terminal
internal import Tips
internal import Verification

/// Which desk.
struct DeskOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The desk's folder.", valueName: "folder"))
    var desk = "desk"

    /// Opens it, and says so when the clock is behind. Long work shows how far it has come.
    func opened() throws -> Desk {
        let progress = ProgressOfSteps()
        let desk = try Desk.open(desk) { progress.update($0, $1, $2) }
        if desk.hoursBehind > 0 {
            Say.note(
                "warning: this machine's clock is at least \(desk.hoursBehind) hour(s) behind what "
                    + "the desk has seen; \(desk.now.text) UTC is used. Set the clock right.")
        }
        return desk
    }
}

/// The way to dispatch.
struct LinkOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder that is carried between dispatch and the desk, instead of the network.",
            valueName: "folder"))
    var carry: String?

    func link(_ desk: Desk) throws -> any DispatchLink {
        if let carry { return CarriedFolder(carry, of: desk) }
        return try ConnectedDispatch(desk)
    }
}

/// The person at the terminal, by their signing agent.
struct SignerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The socket of your signing agent.", valueName: "socket"))
    var signer: String

    var client: SigningAgentClient { Self.client(signer) }

    /// The passphrase of this person's key, asked for at each signing.
    func passphrase() throws -> Secret { try Self.passphrase(client) }

    static func client(_ socket: String) -> SigningAgentClient { SigningAgentClient(socket) }

    static func passphrase(_ client: SigningAgentClient) throws -> Secret {
        let person = try client.identity().person
        return try Prompt.passphrase("Passphrase of \(person)'s key: ")
    }
}

/// The person at the terminal, for the case's journal; nothing is signed.
struct PersonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The socket of your signing agent.", valueName: "socket"))
    var signer: String

    func person(_ desk: Desk) throws -> String {
        try desk.person(SigningAgentClient(signer)).text
    }
}

/// Who reads a case, for its journal.
struct ReaderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The socket of your signing agent: the case's journal then says by your name who looked, "
                + "else by your account on this machine.",
            valueName: "socket"))
    var signer: String?

    func reader(_ desk: Desk) throws -> Reader {
        guard let signer else { return .thisAccount() }
        return .person(try desk.person(SigningAgentClient(signer)).text)
    }
}

/// The malware scanner.
struct ScannerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("ClamAV's socket.", valueName: "socket"))
    var scanner = "/run/clamav/clamd.ctl"
}

/// Part classes as a list of words with commas; `none` is the empty list.
struct ClassList: ExpressibleByArgument {
    let classes: Set<PartClass>

    init?(argument: String) {
        if argument == "none" {
            classes = []
            return
        }
        let found = argument.split(separator: ",").map { PartClass(name: String($0)) }
        guard !found.isEmpty, found.allSatisfy({ $0 != nil }) else { return nil }
        classes = Set(found.compactMap { $0 })
    }
}

extension OfficeID: ExpressibleByArgument {
    /// The office called `argument`.
    package init?(argument: String) { self.init(argument) }
}
