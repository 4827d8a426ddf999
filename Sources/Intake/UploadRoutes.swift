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

    /// §4.3: how much has arrived.
    private func offset(_ token: [UInt8]) async throws -> Response {
        let uploads = door.uploads
        guard let upload = try await door.store.perform({ uploads.upload(token) }) else {
            throw Refusal.notFound
        }
        return progress(upload, status: .noContent)
    }

    /// §4.4: appending. What arrived of a body that broke off is kept: on a bad line that is all
    /// there is.
    private func append(
        _ request: Request, _ token: [UInt8], _ context: DoorContext
    ) async throws -> Response {
        guard let fields = try? UploadFields(request.headers), let offset = fields.offset,
            let isComplete = fields.isComplete,
            request.headers[.contentType] == MediaType.partialUpload
        else { throw Refusal.malformed }
        let uploads = door.uploads
        guard let known = try await door.store.perform({ uploads.upload(token) }) else {
            throw Refusal.notFound
        }
        guard known.snapshot.phase == .open, known.snapshot.record.offset == offset else {
            return conflict(known)
        }
        let rest = known.snapshot.record.length - offset
        guard !isComplete || request.headers[.contentLength] == String(rest) else {
            throw Refusal.malformed
        }
        let (bytes, failure) = try await request.readBodyKeepingPart(
            within: bodies.append(door.uploads.limits.appendBytes), context)
        do {
            let upload = try await door.append(bytes, to: token, at: offset)
            if let failure { throw failure }
            return upload.snapshot.phase == .finished
                ? finished(upload) : progress(upload, status: .noContent)
        } catch Refusal.offset {
            return conflict(known)
        }
    }

    /// §4.5: cancelling.
    private func cancel(_ token: [UInt8]) async throws -> Response {
        let uploads = door.uploads
        try await door.store.perform { try uploads.cancel(token) }
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
