package import Hummingbird
package import HTTPTypes
internal import NIOCore
package import Wire

/// Stands before every door's own responder: health, limits on bodies, and errors that say nothing.
package struct GuardedResponder<Inner: HTTPResponder>: HTTPResponder
where Inner.Context == DoorContext {
    package typealias Context = DoorContext
    private let inner: Inner
    private let tellsHealth: Bool

    /// Guards `inner`.
    ///
    /// - Parameter tellsHealth: whether `/health` is answered here, to anybody.
    package init(_ inner: Inner, tellsHealth: Bool = true) {
        self.inner = inner
        self.tellsHealth = tellsHealth
    }

    package func respond(to request: Request, context: DoorContext) async throws -> Response {
        var response = await answer(request, context)
        // A client would take a body after the answer to HEAD for the next answer (RFC 9110 §9.3.2).
        if request.method == .head { response = response.createHeadResponse() }
        // What is left of a body is never waited for, and who sends rubbish is not listened to.
        let isRubbish = response.status.code == Refusal.malformed.status
        guard isRubbish || (request.declaresBody && !context.bodyState.isFinished) else {
            return response
        }
        return response.closing(context)
    }

    private func answer(_ request: Request, _ context: DoorContext) async -> Response {
        if tellsHealth, request.uri.path == "/health" { return health(request) }
        do {
            return try await inner.respond(to: request, context: context)
        } catch let refusal as Refusal {
            return Response(refusal)
        } catch let error as BodyError {
            return Response(error.refusal)
        } catch let error as any HTTPResponseError {
            return Response(status: error.status)
        } catch {
            return Response(status: .internalServerError)
        }
    }

    private func health(_ request: Request) -> Response {
        guard request.method == .get || request.method == .head else { return Response(.notFound) }
        return Response(status: .ok, text: "up\n")
    }
}

extension BodyError {
    /// What the sender is told.
    package var refusal: Refusal {
        switch self {
        case .noLength, .brokenOff: .malformed
        case .tooLarge: .tooLarge
        case .tooSlow: .tooSlow
        }
    }
}

extension Response {
    /// The fixed answer of a refusal.
    package init(_ refusal: Refusal) {
        self.init(status: .init(code: refusal.status), text: refusal.body)
        if refusal == .busy { headers[.retryAfter] = "3600" }
    }

    /// An answer in words, which no cache keeps.
    package init(status: HTTPResponse.Status, text: String) {
        self.init(
            status: status,
            headers: [
                .contentType: MediaType.text, .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// An answer of bytes, which no cache keeps.
    package init(octets: [UInt8], contentType: String = MediaType.octets) {
        self.init(
            status: .ok,
            headers: [
                .contentType: contentType, .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets)))
    }
}
