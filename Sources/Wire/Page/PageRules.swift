/// What a browser is told of a file of the page, beside its bytes: it keeps nothing, loads nothing else,
/// and only the sealing worker may compile wasm.
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

    /// Every header field that a file is served with, by its lower-case name, but for those that tell
    /// how it goes over the wire.
    package static func fields(_ path: String) -> [String: String] {
        var fields = [
            "content-type": contentType(path), "cache-control": "no-store",
            "x-content-type-options": "nosniff", "vary": "Accept-Encoding",
            "cross-origin-resource-policy": "same-origin",
        ]
        fields["content-security-policy"] = policy(path)
        guard isShown(path) else { return fields }
        fields["referrer-policy"] = "no-referrer"
        fields["permissions-policy"] =
            "camera=(), geolocation=(), microphone=(self), payment=(), usb=()"
        fields["cross-origin-opener-policy"] = "same-origin"
        return fields
    }

    /// nil for a file that neither is shown nor runs by itself.
    private static func policy(_ path: String) -> String? {
        if path.hasPrefix("/a/worker.") { return worker }
        return isShown(path) ? page : nil
    }

    private static func contentType(_ path: String) -> String {
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
