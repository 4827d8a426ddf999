/// Every way in which the partners' door says no: a status, one fixed body, and nothing more.
///
/// Who has no business here learns only `forbidden`; an unknown bundle, another office's bundle and
/// a stopped one are all `not-found`.
package enum PartnerRefusal: String, CaseIterable, Error, Sendable {
    /// No acceptable signature by a key of the directory for this path.
    case forbidden
    /// Nothing under this path for this key.
    case notFound = "not-found"
    /// Not what the path takes.
    case malformed
    /// Signed and well-formed, but refused by a rule; the desk's program has the rule in words.
    case refused
    /// Already done, or overtaken by something newer.
    case conflict
    /// A payload of the release is not here: upload it, then send the release again.
    case payloadMissing = "payload-missing"
    /// More bytes than the path takes.
    case tooLarge = "too-large"
    /// The body came too slowly.
    case tooSlow = "too-slow"
    /// Not now: the same request may be sent later.
    case busy

    /// The HTTP status.
    package var status: Int {
        switch self {
        case .forbidden: 403
        case .notFound: 404
        case .malformed: 400
        case .refused: 422
        case .conflict: 409
        case .payloadMissing: 424
        case .tooLarge: 413
        case .tooSlow: 408
        case .busy: 503
        }
    }

    /// The body: the refusal's word and a line feed.
    package var body: String { rawValue + "\n" }

    /// The refusal that `body` states; nil when it is none of ours.
    package init?(body: some StringProtocol) {
        self.init(rawValue: String(body.prefix { $0 != "\n" && $0 != ":" }))
    }
}
