package import Custody
internal import Tips

/// A file of the folder that somebody carries between dispatch and a desk without a network.
///
/// ```
/// FOLDER
/// ├── from-dispatch/                 written by `sallyport-dispatch export`, read by the desk
/// │   ├── inbox                      signed list of the frames that wait: HeadedAnswer, DeskInbox
/// │   ├── answers                    signed list of offices' answers: HeadedAnswer, AnswerList
/// │   ├── events                     signed list of custody events: HeadedAnswer, SealedEvents
/// │   └── frames/<envelope>.frame    a whole frame, by the SHA-256 of its envelope
/// └── from-desk/                     written by `sallyport-desk … --carry`, read by dispatch
///     ├── releases/<statement>.package   an encoded release package
///     ├── payloads/<digest>.payload      a payload that a release needs
///     ├── decisions/<tip>.decision       SignedDecision: two persons reject or erase a tip
///     ├── orders/<digest>.order          SignedCarriedOrder: confirmations, re-arming
///     └── mailbox.batch                  SignedMailboxBatch: the newest; it replaces all before
/// ```
/// Names in angle brackets are 64 lower-case hexadecimal digits. A name that begins with a dot is
/// unfinished, or another system's, and is passed over. Whoever carries the folder reads nothing in
/// it but what dispatch reads, and can change nothing unnoticed: every file is signed, or has its
/// digest in its name, or in a signed list.
package enum CarriedFile: Hashable, Sendable {
    /// The frames that wait for the desk.
    case inbox
    /// What offices have answered.
    case answers
    /// Custody events, sealed to the desk.
    case events
    /// A frame, by the digest of its envelope.
    case frame(Hash)
    /// A release, by the digest of its statement.
    case release(Hash)
    /// A payload, by its digest.
    case payload(Hash)
    /// A decision, by its tip; a later one about the tip replaces it.
    case decision(Hash)
    /// An order, by the digest of its bytes.
    case order(Hash)
    /// The newest batch of mailbox slots.
    case mailbox

    /// What heads of carried lists have in the place of a request's nonce; no request has it, since
    /// a nonce has at least 16 bytes.
    package static let nonce = "carried"
    /// What dispatch writes.
    package static let fromDispatch = "from-dispatch"
    /// What the desk writes.
    package static let fromDesk = "from-desk"
    /// Mode of the files, before the process's mask: verifiers share the folder through its group.
    package static let fileMode: UInt32 = 0o660
    /// Mode of the folders.
    package static let folderMode: UInt32 = 0o770

    /// A subfolder of ``fromDesk`` whose files are named by a digest.
    package enum Kind: String, CaseIterable, Sendable {
        /// ``CarriedFile/release(_:)``
        case releases
        /// ``CarriedFile/decision(_:)``
        case decisions
        /// ``CarriedFile/order(_:)``
        case orders

        /// The subfolder.
        package var folder: String { "\(fromDesk)/\(rawValue)" }

        /// The file called `name` in this subfolder; nil for a name that does not belong there.
        package func file(_ name: String) -> CarriedFile? {
            guard let digest = Hash(hex: String(name.prefix(64))) else { return nil }
            let file: CarriedFile =
                switch self {
                case .releases: .release(digest)
                case .decisions: .decision(digest)
                case .orders: .order(digest)
                }
            return file.path == "\(folder)/\(name)" ? file : nil
        }
    }

    /// The subfolder it lies in.
    package var folder: String {
        switch self {
        case .inbox, .answers, .events: Self.fromDispatch
        case .frame: Self.fromDispatch + "/frames"
        case .release: Kind.releases.folder
        case .payload: Self.fromDesk + "/payloads"
        case .decision: Kind.decisions.folder
        case .order: Kind.orders.folder
        case .mailbox: Self.fromDesk
        }
    }

    /// Its path below the carried folder.
    package var path: String {
        switch self {
        case .inbox: "\(folder)/inbox"
        case .answers: "\(folder)/answers"
        case .events: "\(folder)/events"
        case .frame(let envelope): "\(folder)/\(envelope.hex).frame"
        case .release(let statement): "\(folder)/\(statement.hex).package"
        case .payload(let digest): "\(folder)/\(digest.hex).payload"
        case .decision(let tip): "\(folder)/\(tip.hex).decision"
        case .order(let digest): "\(folder)/\(digest.hex).order"
        case .mailbox: "\(folder)/mailbox.batch"
        }
    }

    /// Most bytes of it. A frame's length is in the inbox; this is the limit of all its kind.
    package var byteLimit: Int {
        switch self {
        case .inbox, .answers, .events: HeadedAnswer.byteLimit
        case .frame: Int.max
        case .release: PartnerLimits.releaseBytes
        case .payload: Limits.payloadBytes
        case .decision: SignedDecision.byteLimit
        case .order: SignedCarriedOrder.byteLimit
        case .mailbox: SignedMailboxBatch.byteLimit
        }
    }
}
