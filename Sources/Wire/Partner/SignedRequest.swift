/// The parts of a request that its signature covers (RFC 9421 §2.2).
package struct SignedRequest: Equatable, Sendable {
    /// `@method`, in capitals.
    package let method: String
    /// `@authority`: host and port as in the `Host` field, in lower case, without a default port.
    package let authority: String
    /// `@path`: always that of a ``PartnerPath``, which needs no escapes. Requests carry no query,
    /// so `@query` is always `?` (§2.2.7).
    package let path: String
    /// `content-digest`, when the request has content.
    package let contentDigest: ContentDigest?

    /// A request of these parts.
    package init(method: String, authority: String, path: String, contentDigest: ContentDigest?) {
        self.method = method
        self.authority = Self.normalised(authority)
        self.path = path
        self.contentDigest = contentDigest
    }

    /// The bytes that are signed (§2.5).
    package func signatureBase(_ parameters: SignatureParameters) throws(SignatureFault) -> [UInt8]
    {
        var lines: [String] = []
        for component in parameters.components {
            guard let value = value(of: component) else { throw .wrongComponents }
            lines.append("\"\(component)\": \(value)")
        }
        lines.append("\"@signature-params\": \(parameters.text)")
        return Array(lines.joined(separator: "\n").utf8)
    }

    /// The components that a signature over this request must cover, no more and no fewer.
    var requiredComponents: Set<String> {
        Set(
            SignatureParameters.requestComponents + (contentDigest == nil ? [] : ["content-digest"])
        )
    }

    private func value(of component: String) -> String? {
        switch component {
        case "@method": method
        case "@authority": authority
        case "@path": path
        case "@query": "?"
        case "content-digest": contentDigest?.fieldValue
        default: nil
        }
    }

    /// Host and port as they are signed.
    package static func normalised(_ authority: String) -> String {
        let lower = authority.lowercased()
        for suffix in [":443", ":80"] where lower.hasSuffix(suffix) {
            return String(lower.dropLast(suffix.count))
        }
        return lower
    }
}
