internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// How the page's files are answered: nothing of them is kept by the browser, nothing else is
/// loaded, and only the sealing worker may compile wasm.
extension PageFiles.File {
    private static var pagePolicy: String {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            + "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'; require-trusted-types-for 'script'"
    }

    /// A worker obeys the policy of its own answer, not the page's.
    private static var workerPolicy: String {
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    }

    /// The answer in the smallest encoding that the browser takes.
    func response(accepting encodings: String?) -> Response {
        let accepted = Encodings(encodings)
        var fields: HTTPFields = [
            .contentType: contentType, .cacheControl: "no-store", .vary: "Accept-Encoding",
            .xContentTypeOptions: "nosniff",
        ]
        fields[.crossOriginResourcePolicy] = "same-origin"
        if isWorker {
            fields[.contentSecurityPolicy] = Self.workerPolicy
        } else if isPage {
            fields[.contentSecurityPolicy] = Self.pagePolicy
            fields[.referrerPolicy] = "no-referrer"
            fields[.permissionsPolicy] =
                "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"
            fields[.crossOriginOpenerPolicy] = "same-origin"
        }
        var bytes = identity
        if accepted.contains("br"), let brotli {
            fields[.contentEncoding] = "br"
            bytes = brotli
        } else if accepted.contains("gzip"), let gzip {
            fields[.contentEncoding] = "gzip"
            bytes = gzip
        }
        return Response(
            status: .ok, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// The content codings that a request accepts; how much it prefers one is not looked at.
struct Encodings {
    private let names: [Substring]

    /// Reads the value of `Accept-Encoding`.
    init(_ field: String?) {
        names = (field ?? "").split(separator: ",").map {
            $0.prefix { $0 != ";" }.drop { $0 == " " }
        }
    }

    /// Whether this one is among them.
    func contains(_ name: String) -> Bool { names.contains { $0 == name } }
}

extension HTTPField.Name {
    fileprivate static var referrerPolicy: Self { name("Referrer-Policy") }
    fileprivate static var permissionsPolicy: Self { name("Permissions-Policy") }
    fileprivate static var crossOriginOpenerPolicy: Self { name("Cross-Origin-Opener-Policy") }
    fileprivate static var crossOriginResourcePolicy: Self {
        name("Cross-Origin-Resource-Policy")
    }

    private static func name(_ literal: String) -> Self {
        guard let name = Self(literal) else { preconditionFailure("\(literal) is a field name") }
        return name
    }
}
