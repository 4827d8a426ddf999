internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What goes back to the browser; every answer has the same guard around it.
enum ConsoleAnswer: Sendable {
    /// A page.
    case page(HTML, status: Int)
    /// The style sheet or the icon.
    case file(StaticString, type: StaticString)
    /// A safe copy, or a picture made of one.
    case copy(CopyAnswer)
    /// To another page, by GET.
    case goTo(Place, cookie: String? = nil)
    /// A number and nothing else.
    case denied(RequestRules.Denial)

    /// What a page may do: show itself, its style, pictures and recordings of ours, and send its own
    /// forms. No script, whatever might be written into it.
    static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    /// The answer as HTTP.
    var response: Response {
        var response = content
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        for (name, value) in Self.guards { response.headers[name] = value }
        if case .copy = self { response.headers[Self.policyField] = CopyAnswer.policy }
        return response
    }

    private static let policyField = HTTPField.Name("Content-Security-Policy") ?? .origin
    private static let guards: [(HTTPField.Name, String)] = [
        ("Content-Security-Policy", policy),
        // Not "no-referrer": with it browsers do not say either whose form was sent.
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("X-Frame-Options", "DENY"),
        (
            "Permissions-Policy",
            "camera=(), clipboard-read=(), display-capture=(), geolocation=(), microphone=(), "
                + "payment=(), usb=()"
        ),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }

    private var content: Response {
        switch self {
        case .page(let html, let status):
            Self.text(html.markup, "text/html; charset=utf-8", status: status)
        case .file(let text, let type): Self.text("\(text)", "\(type)", status: 200)
        case .copy(let copy): copy.response
        case .goTo(let place, let cookie): Self.redirect(place, cookie)
        case .denied(let denial): Response(status: .init(code: denial.rawValue))
        }
    }

    private static func text(_ text: String, _ type: String, status: Int) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static func redirect(_ place: Place, _ cookie: String?) -> Response {
        var headers: HTTPFields = [.location: place.text]
        headers[.setCookie] = cookie
        return Response(status: .seeOther, headers: headers)
    }
}
