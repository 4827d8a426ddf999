package import Custody
internal import Tips

/// A path of the partners' door, as the desk's and offices' programs ask for it.
///
/// Parsing accepts exactly the spelling that ``text`` writes: no query, no escapes, lower-case
/// hexadecimal only.
package enum PartnerPath: Hashable, Sendable {
    /// `GET`: whether the door is up; the one path without a signature.
    case health
    /// `GET`: what waits for the desk: ``DeskInbox``.
    case inbox
    /// `GET`, ranged: one frame, by the digest of its envelope.
    case frame(Hash)
    /// `POST` ``HashList``: the desk holds these frames durably.
    case frameConfirmations
    /// `GET`: sealed custody events: ``SealedEvents``.
    case events
    /// `POST` ``HashList``: the desk holds these events durably, by their leaves.
    case eventConfirmations
    /// `HEAD`, `PUT`: a payload that a release needs, by its digest.
    case payload(Hash)
    /// `POST` of an encoded release package.
    case releases
    /// `POST` ``SignedMailboxBatch``.
    case mailboxes
    /// `POST` ``Revocation``, answered by ``ExposureReport``.
    case revocations
    /// `POST` ``SignedDecision``.
    case decisions
    /// `GET`: where the bundles are that are not finished: ``BundleStates``.
    case bundleStates
    /// `POST`: lets an escalation plan go on, by its identifier.
    case rearm(Hash)
    /// `GET`: what offices have answered: ``AnswerList``.
    case answers
    /// `POST` ``HashList``: the desk holds these answers durably.
    case answerConfirmations
    /// `GET`: what waits for the office that asks: ``OfficeListing``.
    case officeBundles
    /// `GET`, ranged: one bundle, by the digest of its statement.
    case officeBundle(Hash)
    /// `POST` of a signed acknowledgement.
    case officeAcknowledgements

    /// The path as it stands in a request.
    package var text: String {
        switch self {
        case .health: "/health"
        case .inbox: "/desk/inbox"
        case .frame(let digest): "/desk/frames/\(digest.hex)"
        case .frameConfirmations: "/desk/frame-confirmations"
        case .events: "/desk/events"
        case .eventConfirmations: "/desk/event-confirmations"
        case .payload(let digest): "/desk/payloads/\(digest.hex)"
        case .releases: "/desk/releases"
        case .mailboxes: "/desk/mailboxes"
        case .revocations: "/desk/revocations"
        case .decisions: "/desk/decisions"
        case .bundleStates: "/desk/bundles"
        case .rearm(let plan): "/desk/rearm/\(plan.hex)"
        case .answers: "/desk/answers"
        case .answerConfirmations: "/desk/answer-confirmations"
        case .officeBundles: "/office/bundles"
        case .officeBundle(let digest): "/office/bundles/\(digest.hex)"
        case .officeAcknowledgements: "/office/acknowledgements"
        }
    }

    private static let fixed: [PartnerPath] = [
        .health, .inbox, .frameConfirmations, .events, .eventConfirmations, .releases, .mailboxes,
        .revocations, .decisions, .bundleStates, .answers, .answerConfirmations, .officeBundles,
        .officeAcknowledgements,
    ]

    /// Reads a request's path; nil for anything ``text`` would not write.
    package init?(_ path: String) {
        if let path = Self.fixed.first(where: { $0.text == path }) {
            self = path
            return
        }
        let components = path.split(separator: "/", omittingEmptySubsequences: false)
        guard components.count == 4, components[0].isEmpty,
            let hash = Hash(hex: String(components[3]))
        else { return nil }
        switch (components[1], components[2]) {
        case ("desk", "frames"): self = .frame(hash)
        case ("desk", "payloads"): self = .payload(hash)
        case ("desk", "rearm"): self = .rearm(hash)
        case ("office", "bundles"): self = .officeBundle(hash)
        default: return nil
        }
    }
}
