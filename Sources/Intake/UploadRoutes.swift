internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Serving
internal import Tips
internal import Wire

/// The resumable uploads of draft-ietf-httpbis-resumable-upload, interop version 8.
///
/// "Careful creation" (§4.2): `POST /uploads` with `Upload-Complete: ?0`, the frame's whole length
/// and its head as the content; then `PATCH` with what follows. Interim 104 responses, which the
/// draft leaves to the server, are not sent.
struct UploadRoutes {
    let door: PublicDoor
    let bodies: BodySettings

    func respond(
        to request: Request, _ path: PublicPath, _ context: DoorContext
    ) async throws -> Response {
        do {
            return try await route(request, path, context)
        } catch let error where Self.isTooLarge(error) {
            // §4.1.4: who sends too much is told how much is taken.
            return refused(.tooLarge, UploadFields(limit: limit))
        }
    }

    private static func isTooLarge(_ error: any Error) -> Bool {
        error as? Refusal == .tooLarge || error as? BodyError == .tooLarge
    }

    private func route(
        _ request: Request, _ path: PublicPath, _ context: DoorContext
    ) async throws -> Response {
        switch (request.method, path) {
        case (.options, .uploads): return options()
        case (.post, .uploads): return try await create(request, context)
        case (.head, .upload(let token)): return try await offset(token)
        case (.patch, .upload(let token)): return try await append(request, token, context)
        case (.delete, .upload(let token)): return try await cancel(token)
        default: throw Refusal.notFound
        }
    }

    private var limit: UploadLimit {
        let limits = door.uploads.limits
        return UploadLimit(
            maxSize: limits.maxBytes, maxAppendSize: limits.appendBytes,
            maxAge: limits.idleHours * 3600)
    }

    /// §4.1.4: the limits, before anything is sent.
    private func options() -> Response {
        var response = Response(status: .noContent)
        UploadFields(limit: limit).write(into: &response.headers)
        response.headers[.acceptPatch] = MediaType.partialUpload
        return response
    }

    /// §4.2: creation.
    private func create(_ request: Request, _ context: DoorContext) async throws -> Response {
        let body = try await request.readBody(within: bodies.small(FrameHead.byteLimit), context)
        guard let fields = try? UploadFields(request.headers), fields.isComplete == false,
            let length = fields.length
        else { throw Refusal.malformed }
        let (token, upload) = try await door.createUpload(
            body, length: length, parked: try parkedAddress(request),
            puzzle: request.headers[.sallyportPuzzle])
        if upload.snapshot.phase == .finished { return finished(upload) }
        var response = progress(upload, status: .created)
        response.headers[.location] = PublicPath.upload(token).text
        return response
    }

    private func parkedAddress(_ request: Request) throws(Refusal) -> [UInt8]? {
        guard let text = request.headers[.sallyportParked] else { return nil }
        guard let address = Hex.decode(text, count: PublicPath.addressBytes) else {
            throw .malformed
        }
        return address
    }

    /// §4.3: how much has arrived. An append under way is ended first, so that it cannot make the
    /// answer outdated.
    private func offset(_ token: [UInt8]) async throws -> Response {
        try await door.turns.take(token) {
            guard let upload = door.uploads.upload(token) else { throw Refusal.notFound }
            return progress(upload, status: .noContent)
        }
    }

    /// §4.4: appending. Whether it is taken is decided before any of it is read.
    private func append(
        _ request: Request, _ token: [UInt8], _ context: DoorContext
    ) async throws -> Response {
        let append = try Append(request)
        return try await door.turns.take(token, atMost: door.uploads.limits.appendCount) {
            guard let upload = door.uploads.upload(token) else { throw Refusal.notFound }
            let (record, phase) = upload.snapshot
            if phase == .finished {
                return try await again(append, request, upload, context)
            }
            guard record.offset == append.offset else { return conflict(upload) }
            let rest = record.length - record.offset
            guard append.count <= rest else {
                // §4.4.2: an upload that does not have the length it was created with is over.
                try await door.cancel(token)
                throw Refusal.tooLarge
            }
            guard !append.isLast || append.count == rest else { throw Refusal.malformed }
            return try await store(append, request, token, context)
        }
    }

    /// Reads an append and stores it. What arrived of a body that broke off is kept: on a bad line
    /// that is all there is.
    private func store(
        _ append: Append, _ request: Request, _ token: [UInt8], _ context: DoorContext
    ) async throws -> Response {
        let (bytes, failure) =
            append.count == 0
            ? ([], nil)
            : try await request.readBodyKeepingPart(
                within: bodies.append(door.uploads.limits.appendBytes), context)
        do {
            let upload = try await door.append(
                bytes, to: token, at: append.offset, isLast: append.isLast)
            if let failure { throw failure }
            return upload.snapshot.phase == .finished
                ? finished(upload) : progress(upload, status: .noContent)
        } catch Refusal.malformed {
            // §4.4.2: all of it came, and it is wrong; sending it again would not help.
            return refused(.malformed, UploadFields(isComplete: true))
        }
    }

    /// An append to an upload that is finished: the last one again, since its answer was lost, gets
    /// that answer. The body is read, and forgotten, so that a close does not cut the answer off.
    private func again(
        _ append: Append, _ request: Request, _ upload: Upload, _ context: DoorContext
    ) async throws -> Response {
        let length = upload.snapshot.record.length
        guard append.isLast, append.offset <= length, append.count == length - append.offset else {
            throw Refusal.malformed
        }
        if append.count > 0 {
            try await request.readBody(
                within: bodies.append(door.uploads.limits.appendBytes), context
            ) { _ in }
        }
        return finished(upload)
    }

    /// §4.5: cancelling.
    private func cancel(_ token: [UInt8]) async throws -> Response {
        try await door.turns.take(token) { try await door.cancel(token) }
        return Response(status: .noContent)
    }

    /// The final answer: that of any frame.
    private func finished(_ upload: Upload) -> Response {
        var response = Response(status: .accepted, text: Acceptance.body)
        UploadFields(isComplete: true, offset: upload.snapshot.record.length)
            .write(into: &response.headers)
        return response
    }

    private func conflict(_ upload: Upload) -> Response {
        var response = Response(.offset)
        fields(upload).write(into: &response.headers)
        return response
    }

    private func refused(_ refusal: Refusal, _ fields: UploadFields) -> Response {
        door.counts.refused()
        var response = Response(refusal)
        fields.write(into: &response.headers)
        return response
    }

    private func progress(_ upload: Upload, status: HTTPResponse.Status) -> Response {
        var response = Response(status: status, headers: [.cacheControl: "no-store"])
        fields(upload).write(into: &response.headers)
        return response
    }

    private func fields(_ upload: Upload) -> UploadFields {
        let (record, phase) = upload.snapshot
        return UploadFields(
            isComplete: phase == .finished, offset: record.offset, length: record.length,
            limit: limit)
    }
}

/// What the head of an append says.
private struct Append {
    let offset: Int
    let isLast: Bool
    /// Bytes of the body.
    let count: Int

    /// - Throws: ``Refusal/malformed``.
    init(_ request: Request) throws(Refusal) {
        guard let fields = try? UploadFields(request.headers), let offset = fields.offset,
            let isLast = fields.isComplete,
            request.headers[.contentType] == MediaType.partialUpload,
            request.headers[.transferEncoding] == nil,
            let count = Int(request.headers[.contentLength] ?? "0"), count >= 0
        else { throw .malformed }
        self.offset = offset
        self.isLast = isLast
        self.count = count
    }
}
