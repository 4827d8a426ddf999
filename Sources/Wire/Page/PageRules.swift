/// What a browser is told of a file of the page, beside its bytes: nothing else is loaded, and only the
/// sealing worker may compile wasm.
package enum PageRules {
    private static let page =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'"
    // A worker obeys the policy of its own answer, not the page's.
    private static let worker =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

    /// Whether a browser shows this file.
    package static func isShown(_ path: String) -> Bool { path.hasSuffix("/") }

    /// The `Content-Security-Policy` of this file; nil for one that neither is shown nor runs by itself.
    package static func contentSecurityPolicy(_ path: String) -> String? {
        if path.hasPrefix("/a/worker.") { return worker }
        return isShown(path) ? page : nil
    }

    /// The `Content-Type` of this file.
    package static func contentType(_ path: String) -> String {
        switch path.split(separator: ".").last {
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "json": "application/json"
        case "txt": "text/plain; charset=utf-8"
        case "wasm": "application/wasm"
        default: "text/html; charset=utf-8"
        }
    }
}
