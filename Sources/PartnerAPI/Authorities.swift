internal import Wire

/// The names by which partners call this door: a request that was signed for another door is not
/// for this one, whoever brings it here.
package struct Authorities: Sendable {
    private let names: Set<String>
    private let hosts: Set<String>

    /// These names, each `host[:port]`.
    ///
    /// - Parameter host: where the door listens; without names, this and loopback's own names count.
    package init(_ names: [String], listening host: String) {
        self.names = Set(names.map(SignedRequest.normalised))
        hosts = ["127.0.0.1", "localhost", "[::1]", host]
    }

    /// Whether a request that came to `port` of this machine may be signed for `authority`.
    func accept(_ authority: String, port: Int?) -> Bool {
        let signed = SignedRequest.normalised(authority)
        guard names.isEmpty else { return names.contains(signed) }
        guard let port else { return false }
        return hosts.contains { SignedRequest.normalised("\($0):\(port)") == signed }
    }
}
