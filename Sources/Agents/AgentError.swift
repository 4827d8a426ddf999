internal import Tips

/// Why an agent did not do what it was asked; the first element of its answer on the wire.
package enum AgentRefusal: String, Error, CaseIterable, Sendable {
    /// The process that asks runs as a user who may not.
    case forbidden
    /// Not a request of this agent, or larger than any.
    case malformed
    /// None of the desk's keys opens the header.
    case notForThisDesk = "not-for-this-desk"
    /// The directory does not know the epoch: it may be older than the one that the reporter had.
    case unknownEpoch = "unknown-epoch"
    /// The directory says that the epoch is dead, but its key is still in the agent's folder.
    case deadEpoch = "dead-epoch"
    /// The epoch is dead and its key is gone: nobody can open it any more.
    case destroyedEpoch = "destroyed-epoch"
    /// The epoch is alive, but the agent's folder lacks its key.
    case noEpochKey = "no-epoch-key"
    /// The header was not made for this case's key.
    case notThisCase = "not-this-case"
    /// The case has no key: it was erased, or never opened.
    case unknownCase = "unknown-case"
    /// The agent has not been shown a directory yet.
    case noDirectory = "no-directory"
    /// The directory is not signed by the root, too old, forked or expired.
    case badDirectory = "bad-directory"
    /// The directory does not know the office, or a key of it is revoked.
    case unknownOffice = "unknown-office"
    /// The part may only go to post-quantum recipients, and the office's is not one.
    case notPostQuantum = "not-post-quantum"
    /// The part's class never leaves the desk.
    case deskOnly = "desk-only"
    /// More drafts or files than the agent keeps.
    case tooMany = "too-many"
    /// A bundle has no file of this name.
    case unknownFile = "unknown-file"
    /// The header and the payload do not belong together, or one of them was altered.
    case otherPayload = "other-payload"
    /// There is no such draft, or the file is in it already.
    case unknownDraft = "unknown-draft"
    /// Nobody, or one person only, signed the statement.
    case tooFewPersons = "too-few-persons"
    /// One person signed twice.
    case samePersonTwice = "same-person-twice"
    /// A signature over the statement is wrong or by an unknown or revoked key.
    case badSignature = "bad-signature"
    /// The statement is for another office or another key of it.
    case otherOffice = "other-office"
    /// The statement does not name exactly the headers that the agent keeps.
    case otherHeaders = "other-headers"
    /// The agent does not sign texts of this kind.
    case unknownLabel = "unknown-label"
    /// The text is not what its label says.
    case notThatText = "not-that-text"
    /// The passphrase does not open the key.
    case wrongPassphrase = "wrong-passphrase"
    /// The agent's own files could not be read or written.
    case storage

    /// The refusal in plain words.
    package var message: String {
        switch self {
        case .forbidden: "the agent does not serve the user that this program runs as"
        case .malformed: "the agent did not understand the request"
        case .notForThisDesk: "none of this desk's keys opens it: it was sealed to somebody else"
        case .unknownEpoch:
            "it was sealed to a desk epoch that the directory does not know yet: bring the newer "
                + "directory"
        case .deadEpoch:
            "it was sealed to a desk epoch that the directory says is dead, while its key is still "
                + "here: if the key is good, let the root sign a directory in which the epoch "
                + "lives; if it is not, remove epoch-<n>.age from the agent's folder"
        case .destroyedEpoch:
            "it was sealed to a desk epoch whose key is destroyed: nobody can open it any more. The "
                + "sealed frame is kept; whoever sent it must seal again with the newest directory"
        case .noEpochKey:
            "it was sealed to a desk epoch that is in use, but whose key the agent does not have: put "
                + "epoch-<n>.age back into its key folder, or let the root mark the epoch dead"
        case .notThisCase: "the header was not made for this case's key"
        case .unknownCase: "the agent has no key for this case: it was erased, or never opened"
        case .noDirectory: "the agent has not been shown a signed directory yet: run pull first"
        case .badDirectory:
            "the agent refuses the directory: not signed by its root key, older than one it has "
                + "seen, or expired"
        case .unknownOffice: "the agent's directory does not know the office, or its key is revoked"
        case .notPostQuantum:
            "the part is about the reporter or what a victim was made to do, and the office's key "
                + "is not post-quantum"
        case .deskOnly: "parts of this kind never leave the desk"
        case .tooMany: "the agent keeps no more drafts or files for this case"
        case .unknownFile: "a bundle has no file of this name"
        case .otherPayload:
            "the payload does not open with its header: one of them was altered or exchanged"
        case .unknownDraft: "the agent does not know this draft: prepare the release again"
        case .tooFewPersons: "two different persons must sign a release before its headers come out"
        case .samePersonTwice: "one person signed twice: two different persons must sign a release"
        case .badSignature:
            "a signature over the statement is wrong, or by a key that is not on the roster"
        case .otherOffice: "the statement is for another office than the headers were made for"
        case .otherHeaders: "the statement does not name exactly the files that the agent keeps"
        case .unknownLabel: "the agent does not sign texts of this kind"
        case .notThatText: "the text is not what it is said to be, and the agent does not sign it"
        case .wrongPassphrase: "the passphrase does not open the key"
        case .storage: "the agent could not read or write its own files"
        }
    }
}

/// Why a request to an agent had no success, for the program that asked.
package enum AgentError: Error, Equatable {
    /// The agent refused.
    case refused(AgentRefusal)
    /// Nothing answers at the socket.
    case unreachable(path: String, why: String)
    /// The agent answered with something that it does not say.
    case badAnswer

    /// The error in plain words.
    package var message: String {
        switch self {
        case .refused(let refusal): refusal.message
        case .unreachable(let path, let why):
            "\(path): no agent answers (\(why)); is it running, and may this user reach it?"
        case .badAnswer: "the agent gave an answer that this program does not understand"
        }
    }
}
