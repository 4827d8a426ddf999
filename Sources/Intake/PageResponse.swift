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
        var fields = HTTPFields()
        for (name, value) in PageRules.fields(path).sorted(by: { $0.key < $1.key }) {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
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
