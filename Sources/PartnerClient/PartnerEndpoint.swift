package import Custody

/// Where dispatch's partners' door is, and how it is known to be the right one.
package struct PartnerEndpoint: Sendable {
    /// `https://host[:port]` without a path.
    package let origin: String
    /// `host[:port]` as the `Host` field has it.
    package let authority: String
    /// PEM file with the certificates to trust instead of the system's; nil for the system's.
    package let trustedCertificates: String?
    /// The custody log's key from the verified directory: it signs every list.
    package let log: NoteVerifier

    /// The door at `origin`.
    ///
    /// - Throws: ``PartnerError/badAddress(_:)`` unless it is `https://` with host and port only, or
    ///   `http://` to this machine itself.
    package init(
        origin: String, trustedCertificates: String? = nil, log: NoteVerifier
    ) throws(PartnerError) {
        let plain = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
        guard let separator = plain.firstRange(of: "://") else { throw .badAddress(origin) }
        let scheme = plain[..<separator.lowerBound]
        let authority = String(plain[separator.upperBound...])
        guard !authority.isEmpty, authority.utf8.allSatisfy(Self.isAuthorityByte) else {
            throw .badAddress(origin)
        }
        switch scheme {
        case "https": break
        case "http" where Self.isLoopback(authority): break
        default: throw .badAddress(origin)
        }
        self.origin = plain
        self.authority = authority
        self.trustedCertificates = trustedCertificates
        self.log = log
    }

    private static func isAuthorityByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5B, 0x5D: true
        default: false
        }
    }

    private static func isLoopback(_ authority: String) -> Bool {
        ["127.0.0.1", "localhost", "[::1]"].contains {
            authority == $0 || authority.hasPrefix($0 + ":")
        }
    }
}
