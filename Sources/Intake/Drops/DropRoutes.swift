internal import Hummingbird
internal import NIOCore
internal import Serving
internal import Synchronization
internal import Wire

/// The form for files that were sealed without the page. It answers with pages: who sends has no
/// script.
struct DropRoutes {
    let door: PublicDoor
    let bodies: BodySettings

    func respond(
        to request: Request, in language: String, _ context: DoorContext
    ) async throws -> Response {
        let outcome = try await outcome(of: request, in: language, context)
        if outcome != .taken { door.counts.refused() }
        guard let file = door.page?.file("/\(language)/\(outcome.rawValue)/") else {
            return Response(status: outcome.status, text: outcome.rawValue + "\n")
        }
        var response = file.response(accepting: request.headers[.acceptEncoding])
        response.status = outcome.status
        return response
    }

    private func outcome(
        of request: Request, in language: String, _ context: DoorContext
    ) async throws -> DropOutcome {
        // Another site must not make its visitors send.
        let site = request.headers[.secFetchSite] ?? "none"
        guard ["same-origin", "none"].contains(site),
            let form = FormFile(contentType: request.headers[.contentType])
        else { throw Refusal.malformed }
        let body = Mutex(DropBody(form))
        do {
            // However long it says it is, it is listened to until it is known not to be taken.
            try await request.readBody(within: bodies.small(.max), context) { chunk in
                try body.withLock { body throws(DropOutcome) in
                    try body.take(chunk.readableBytesView)
                }
            }
            let file = try body.withLock { body throws(DropOutcome) in try body.finish() }
            try await door.take(drop: file, in: language)
            return .taken
        } catch let outcome as DropOutcome {
            return outcome
        } catch Refusal.busy {
            return .later
        }
    }
}

extension DropOutcome {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .taken: .accepted
        case .unsealed: .unsupportedMediaType
        case .large: .contentTooLarge
        case .damaged: .badRequest
        case .later: .serviceUnavailable
        }
    }
}
