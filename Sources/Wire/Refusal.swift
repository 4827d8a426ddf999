/// Every way in which the public door says no: a status, one fixed body, and nothing more.
///
/// A refusal says what the sender can do next, never what the door holds or knows.
package enum Refusal: String, CaseIterable, Error, Sendable {
    /// Not a request of the protocol, or a frame in which a length, digest, header or signature is
    /// wrong. Nothing was kept.
    case malformed
    /// No such path or method, or an upload that is not open.
    case notFound = "not-found"
    /// The `Upload-Offset` sent is not how much the door has; the answer carries the right one.
    case offset
    /// The body arrived slower than the least rate, or missed the deadline.
    case tooSlow = "too-slow"
    /// More bytes than this request, this upload or this key may send.
    case tooLarge = "too-large"
    /// No valid puzzle solution came with the request.
    case puzzle
    /// The desk key the frame was sealed for is over or not yet open: seal again with the directory.
    case epoch
    /// The door is full, or has no directory yet: the same request may be sent later.
    case busy

    /// The HTTP status.
    package var status: Int {
        switch self {
        case .malformed: 400
        case .notFound: 404
        case .offset: 409
        case .tooSlow: 408
        case .tooLarge: 413
        case .puzzle: 428
        case .epoch: 410
        case .busy: 503
        }
    }

    /// The body: the refusal's word, a colon, and one sentence for people.
    package var body: String { "\(rawValue): \(sentence)\n" }

    private var sentence: String {
        switch self {
        case .malformed: "this was not understood, and nothing was kept."
        case .notFound: "there is nothing to do here."
        case .offset: "continue from the offset given."
        case .tooSlow: "the data came too slowly, and the connection was closed."
        case .tooLarge: "this is more than may be sent."
        case .puzzle: "ask for a new challenge, solve it, and send again."
        case .epoch:
            "this was sealed for a key that is not in use; fetch the directory and seal again."
        case .busy: "please send the same again later."
        }
    }

    /// The refusal that `body` states; nil when it is none of ours.
    package init?(body: some StringProtocol) {
        guard let word = body.split(separator: ":", maxSplits: 1).first else { return nil }
        self.init(rawValue: String(word))
    }
}

/// What the public door says when it has taken something.
package enum Acceptance {
    /// The HTTP status of an accepted frame or parked state.
    package static let status = 202
    /// The one body of an accepted frame, whether it was new or had been sent before.
    package static let body = "accepted: this is safely stored.\n"
    /// The HTTP status of a created upload.
    package static let created = 201
    /// The HTTP status of an appended chunk, of an offset and of a cancellation.
    package static let noContent = 204
}
