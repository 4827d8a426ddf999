internal import HTTPTypes
package import Hummingbird
internal import NIOCore
package import Serving
internal import Tips
internal import Wire

/// The public door's routes.
package struct PublicResponder: HTTPResponder {
    package typealias Context = DoorContext
    private let door: PublicDoor
    private let bodies: BodySettings

    /// Answers for `door`.
    package init(_ door: PublicDoor, bodies: BodySettings) {
        self.door = door
        self.bodies = bodies
    }

    package func respond(to request: Request, context: DoorContext) async throws -> Response {
        do {
            return try await route(request, context)
        } catch {
            door.counts.refused()
            throw error
        }
    }

    private func route(_ request: Request, _ context: DoorContext) async throws -> Response {
        guard let path = PublicPath(request.head.path ?? "") else { throw Refusal.notFound }
        switch (request.method, path) {
        case (.get, .directory): return try directory(request)
        case (.get, .checkpoint): return try published(door.files.checkpoint)
        case (.get, .tile(let name)): return try await tile(name)
        case (.get, .challenge(let purpose)): return challenge(purpose)
        case (.post, .tips): return try await frame(request, as: .tip, context)
        case (.post, .supplements): return try await frame(request, as: .supplement, context)
        case (.get, .page(let path)), (.head, .page(let path)): return try page(path, request)
        case (.get, .mailbox(let address)): return mailbox(address)
        case (.get, .parked(let address)): return try await parked(address)
        case (.put, .parked(let address)): return try await park(request, address, context)
        case (.post, .drop(let language)):
            return try await DropRoutes(door: door, bodies: bodies)
                .respond(to: request, in: language, context)
        case (.get, .recipient(let legacy)):
            return try published(door.files.recipients(legacy: legacy))
        case (.get, .offices(let language)): return try published(door.files.offices(in: language))
        case (_, .uploads), (_, .upload):
            return try await UploadRoutes(door: door, bodies: bodies)
                .respond(to: request, path, context)
        default: throw Refusal.notFound
        }
    }

    private func published(_ bytes: [UInt8]?) throws(Refusal) -> Response {
        guard let bytes else { throw .busy }
        return Response(octets: bytes, contentType: MediaType.text)
    }

    private func page(_ path: String, _ request: Request) throws(Refusal) -> Response {
        guard let file = door.page?.file(path) else { throw .notFound }
        return file.response(accepting: request.headers[.acceptEncoding])
    }

    private func directory(_ request: Request) throws(Refusal) -> Response {
        let accepted = Encodings(request.headers[.acceptEncoding])
        let compressed = accepted.contains("gzip") ? door.files.compressedDirectoryNote : nil
        var response = try published(compressed ?? door.files.directoryNote)
        response.headers[.vary] = "Accept-Encoding"
        if compressed != nil { response.headers[.contentEncoding] = "gzip" }
        return response
    }

    private func tile(_ name: String) async throws -> Response {
        let files = door.files
        guard let bytes = try await door.store.perform(on: .other, { files.tile(name) }) else {
            throw Refusal.notFound
        }
        return Response(octets: bytes)
    }

    private func challenge(_ purpose: PuzzlePurpose) -> Response {
        let now = door.now
        let load = door.budgets.load(of: BudgetKind(purpose), at: now)
        let challenge = door.puzzles.challenge(for: purpose, load: load, at: now)
        return Response(status: .ok, text: challenge.text + "\n")
    }

    private func frame(
        _ request: Request, as purpose: PuzzlePurpose, _ context: DoorContext
    ) async throws -> Response {
        let body = try await request.readBody(within: bodies.small(Limits.tipFrameBytes), context)
        try await door.take(body, as: purpose, puzzle: request.headers[.sallyportPuzzle])
        return Response(status: .accepted, text: Acceptance.body)
    }

    private func mailbox(_ address: [UInt8]) -> Response {
        guard let address = MailboxAddress(address) else { return Response(.notFound) }
        return Response(octets: door.files.mailbox.answer(address, secret: door.secret))
    }

    private func parked(_ address: [UInt8]) async throws -> Response {
        guard let address = ParkedAddress(address) else { throw Refusal.notFound }
        let parked = door.parked
        return Response(octets: try await door.store.perform(on: .other) { parked.answer(address) })
    }

    private func park(
        _ request: Request, _ address: [UInt8], _ context: DoorContext
    ) async throws -> Response {
        let body = try await request.readBody(within: bodies.small(ParkRequest.byteCount), context)
        try await door.park(body, at: address, puzzle: request.headers[.sallyportPuzzle])
        return Response(status: .accepted, text: Acceptance.body)
    }
}
