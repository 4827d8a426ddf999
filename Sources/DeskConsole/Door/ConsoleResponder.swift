internal import HTTPTypes
package import Hummingbird
internal import NIOCore
package import Serving
internal import Synchronization

/// Answers a browser on this machine: the rules of every request first, then the session, then the
/// page. Whoever is not let in learns nothing.
package struct ConsoleResponder: HTTPResponder {
    package typealias Context = DoorContext
    /// The name of the session's cookie.
    static let cookieName = "desk"

    private let console: Console

    /// A responder for `console`.
    package init(_ console: Console) {
        self.console = console
    }

    package func respond(to request: Request, context: DoorContext) async throws -> Response {
        do {
            return try await answer(request, context).response
        } catch let denial as RequestRules.Denial {
            return ConsoleAnswer.denied(denial).response
        } catch is BodyError {
            return ConsoleAnswer.denied(.malformed).response
        }
    }

    private func answer(
        _ request: Request, _ context: DoorContext
    ) async throws -> ConsoleAnswer {
        let headers = request.headers
        let asked = RequestRules.Asked(
            method: request.method.rawValue, host: request.head.authority,
            origin: headers[.origin], site: headers[Self.site],
            contentType: headers[.contentType])
        try RequestRules.check(asked, port: context.localPort ?? 0)
        let body = request.method == .post ? try await form(request, context) : nil
        return try await route(request, body)
    }

    private static let site = HTTPField.Name("Sec-Fetch-Site") ?? .origin

    private func route(_ request: Request, _ body: FormBody?) async throws -> ConsoleAnswer {
        let (path, query) = Self.split(request.head.path ?? "")
        if path == ConsolePath.entryText || path.hasPrefix(ConsolePath.entryText + "/") {
            return try Entry(console: console).answer(path, body)
        }
        if body == nil {
            switch path {
            case ConsolePath.styleText:
                return .file(Stylesheet.text, type: "text/css; charset=utf-8")
            case ConsolePath.iconText: return .file(Stylesheet.icon, type: "image/svg+xml")
            default: break
            }
        }
        let prefix = path.dropFirst().prefix { $0 != "/" }
        let rest = path.dropFirst(1 + prefix.count)
        let gate = SessionGate(console: console, prefix: String(prefix), path: ConsolePath(rest))
        return try await gate.answer(cookie: Self.cookie(request), query: query, body)
    }

    private static func split(_ target: String) -> (path: String, query: String) {
        guard let mark = target.firstIndex(of: "?") else { return (target, "") }
        return (String(target[..<mark]), String(target[target.index(after: mark)...]))
    }

    private static func cookie(_ request: Request) -> String {
        let pairs = (request.headers[.cookie] ?? "").split(separator: ";")
        for pair in pairs {
            let pair = pair.drop { $0 == " " }
            if pair.hasPrefix(cookieName + "=") {
                return String(pair.dropFirst(cookieName.utf8.count + 1))
            }
        }
        return ""
    }

    /// The form that was sent, in memory that is wiped.
    private func form(_ request: Request, _ context: DoorContext) async throws -> FormBody {
        let limits = BodyLimits(maxBytes: FormBody.byteLimit)
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        let body = FormBody(capacity: min(max(length, 0), FormBody.byteLimit))
        try await request.readBody(within: limits, context) { body.append($0) }
        return body
    }
}
