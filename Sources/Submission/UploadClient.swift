internal import Composing
internal import HTTPTypes
internal import NativePrimitives
internal import Sealing
internal import Tips
internal import Wire

/// Resumable upload (draft-ietf-httpbis-resumable-upload, interop version 8), the sender's side.
extension IntakeClient {
    /// Where an upload stands at the door.
    enum UploadStanding: Equatable {
        /// The door has so many bytes and wants more; it takes at most `appendBytes` at a time.
        case open(offset: Int, appendBytes: Int)
        /// The door has all of it.
        case complete
        /// The door knows no such upload (any more).
        case unknown
    }

    /// Begins an upload with its frame's head, or finds the one that was begun with it before.
    ///
    /// - Returns: what the door calls it; nil when the door has had all of it already.
    /// - Throws: ``SubmissionError``.
    func createUpload(
        of plan: borrowing EvidencePlan<NativePrimitives>, parkedAt address: ParkedAddress?
    ) async throws(SubmissionError) -> String? {
        let length = plan.head.frameByteCount
        let head = plan.head.encoded
        let digest = SHA256Digest.of(plan.head.envelope.encoded.span, with: NativePrimitives.self)
        let answer = try await withPuzzle(.upload(bytes: length), for: digest) {
            (puzzle) async throws(SubmissionError) in
            var fields: HTTPFields = [.contentType: MediaType.frame]
            fields[.sallyportPuzzle] = puzzle
            if let address { fields[.sallyportParked] = address.hex }
            UploadFields(isComplete: false, length: length).write(into: &fields)
            return try await send(.post, .uploads, fields: fields, body: head)
        }
        if answer.status == Acceptance.status { return nil }
        try Self.expect(Acceptance.created, answer)
        guard let location = answer.fields[.location],
            case .upload(let token)? = PublicPath(location)
        else { throw .strangeAnswer(answer.status) }
        return Hex.encode(token)
    }

    /// Parks a sealed state, once and for all.
    ///
    /// - Throws: ``SubmissionError``.
    func park(_ request: ParkRequest) async throws(SubmissionError) {
        let body = request.encoded
        let digest = SHA256Digest.of(body.span, with: NativePrimitives.self)
        let answer = try await withPuzzle(.parked, for: digest) {
            (puzzle) async throws(SubmissionError) in
            var fields: HTTPFields = [.contentType: MediaType.octets]
            fields[.sallyportPuzzle] = puzzle
            return try await send(.put, .parked(request.address.bytes), fields: fields, body: body)
        }
        try Self.expect(Acceptance.status, answer)
    }

    /// Asks how much of an upload the door has.
    ///
    /// - Throws: ``SubmissionError``.
    func standing(of token: String) async throws(SubmissionError) -> UploadStanding {
        var fields = HTTPFields()
        UploadFields().write(into: &fields)
        let answer = try await send(.head, try Self.path(of: token), fields: fields)
        if answer.status == Refusal.notFound.status { return .unknown }
        guard (200..<300).contains(answer.status) else {
            throw .strangeAnswer(answer.status)
        }
        return try Self.standing(in: answer)
    }

    /// Sends bytes that belong at `offset`; `isLast` says that the frame ends with them.
    ///
    /// - Returns: where the upload stands then, which may be at another offset than expected.
    /// - Throws: ``SubmissionError``.
    func append(
        _ bytes: [UInt8], to token: String, at offset: Int, isLast: Bool
    ) async throws(SubmissionError) -> UploadStanding {
        var fields: HTTPFields = [.contentType: MediaType.partialUpload]
        UploadFields(isComplete: isLast, offset: offset).write(into: &fields)
        let answer = try await send(.patch, try Self.path(of: token), fields: fields, body: bytes)
        switch answer.status {
        // A conflict: an attempt of ours arrived, or part of it, although its answer was lost.
        case 200..<300, Refusal.offset.status: return try Self.standing(in: answer)
        case Refusal.notFound.status: return .unknown
        default:
            try Self.expect(Acceptance.noContent, answer)
            throw .strangeAnswer(answer.status)
        }
    }

    private static func standing(
        in answer: DoorAnswer
    ) throws(SubmissionError) -> UploadStanding {
        guard let fields = try? UploadFields(answer.fields) else {
            throw .strangeAnswer(answer.status)
        }
        if fields.isComplete == true { return .complete }
        guard let offset = fields.offset else { throw .strangeAnswer(answer.status) }
        let most = fields.limit?.maxAppendSize ?? Limits.chunkBytes
        return .open(offset: offset, appendBytes: max(1, min(most, Limits.chunkBytes)))
    }

    private static func path(of token: String) throws(SubmissionError) -> PublicPath {
        guard let path = PublicPath("/uploads/" + token) else { throw .strangeAnswer(0) }
        return path
    }
}
