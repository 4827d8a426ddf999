package import Opening
internal import Sealing

extension OpeningError {
    /// Why a file does not open, in plain words.
    package var words: String {
        switch self {
        case .armor(.truncated): "its text is cut short"
        case .armor: "its text is not as age writes it: it may have been changed on the way"
        case .header(.unknownVersion): "it is not an age file (version 1)"
        case .header(.truncated): "it ends inside its header"
        case .header(.tooLarge):
            "its header is larger, or for more recipients, than is allowed"
        case .header, .malformedStanza: "its header is malformed"
        case .noMatch: "it is not sealed to this identity"
        case .workFactorTooHigh:
            "its passphrase takes more work than is allowed "
                + "(a work factor above \(ScryptStanza.workFactorLimit.upperBound))"
        case .scryptNotAlone: "it mixes a passphrase with other recipients"
        case .badHeaderMAC: "its header was altered"
        case .badChunk: "its content was altered, or it is cut short"
        case .truncatedPayload: "it is cut short"
        case .trailingData: "something was added after its end"
        case .payloadFinished: "it was read after it had failed"
        }
    }

    /// What to do about a header above the limits (Container §3).
    static let fewerKeys =
        "Ask whoever sealed it to seal it to fewer keys: at most \(Header.stanzaLimit)."

    /// What to do about it; nil when that depends.
    package var advice: String? {
        switch self {
        case .header(.tooLarge): Self.fewerKeys
        case .workFactorTooHigh:
            "Open it with age itself, or ask whoever sealed it to seal it to a key."
        case .armor, .header, .malformedStanza, .scryptNotAlone, .badHeaderMAC, .badChunk,
            .truncatedPayload, .trailingData:
            "Get it again from where it came from."
        case .noMatch, .payloadFinished: nil
        }
    }
}
