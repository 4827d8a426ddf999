/// What a puzzle is to be solved for; it decides how hard the door makes it.
///
/// In paths: `tip`, `supplement`, `parked` or `upload/<bytes>`.
package enum PuzzlePurpose: Equatable, Sendable {
    /// A tip in one request.
    case tip
    /// A small supplement: an answer, a withdrawal.
    case supplement
    /// A resumable upload of so many bytes: harder with every doubling.
    case upload(bytes: Int)
    /// Parking a sealing state.
    case parked

    /// The path behind `/challenge/`.
    package var pathComponents: String {
        switch self {
        case .tip: "tip"
        case .supplement: "supplement"
        case .upload(let bytes): "upload/\(bytes)"
        case .parked: "parked"
        }
    }

    /// Reads what ``pathComponents`` writes; nil for anything else.
    package init?(_ pathComponents: String) {
        switch pathComponents {
        case "tip": self = .tip
        case "supplement": self = .supplement
        case "parked": self = .parked
        default:
            let prefix = "upload/"
            guard pathComponents.hasPrefix(prefix),
                let bytes = Int(pathComponents.dropFirst(prefix.count)), bytes > 0,
                pathComponents == prefix + String(bytes)
            else { return nil }
            self = .upload(bytes: bytes)
        }
    }
}
