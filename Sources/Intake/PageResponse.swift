internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Wire

/// How the page's files are answered: nothing of them is kept by the browser, nothing else is
/// loaded, and only the sealing worker may compile wasm.
extension PageFiles.File {
    /// The answer in the smallest encoding that the browser takes.
    func response(accepting encodings: String?) -> Response {
        let coding = coding(accepting: Encodings(encodings))
        var fields: HTTPFields = [
            .contentType: PageRules.contentType(path), .cacheControl: "no-store",
            .vary: "Accept-Encoding", .xContentTypeOptions: "nosniff",
        ]
        fields[.crossOriginResourcePolicy] = "same-origin"
        fields[.contentSecurityPolicy] = PageRules.contentSecurityPolicy(path)
        if PageRules.isShown(path) {
            fields[.referrerPolicy] = "no-referrer"
            fields[.permissionsPolicy] =
                "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"
            fields[.crossOriginOpenerPolicy] = "same-origin"
        }
        if coding != .identity { fields[.contentEncoding] = coding.rawValue }
        let body = ByteBuffer(bytes: bytes[coding] ?? [])
        return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: body))
    }

    private func coding(accepting accepted: Encodings) -> PageManifest.Coding {
        [.br, .gzip].first { accepted.contains($0.rawValue) && bytes[$0] != nil } ?? .identity
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
