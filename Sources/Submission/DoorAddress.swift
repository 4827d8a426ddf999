/// Where the public door is: `https://host[:port]`, or `http://` to this machine itself.
package struct DoorAddress: Equatable, Sendable {
    /// Scheme, host and port, without a slash at the end.
    package let origin: String

    /// Reads an address; a slash at the end is dropped.
    ///
    /// - Throws: ``SubmissionError/badAddress(_:)`` for anything with a path, a query or a user name,
    ///   and for plain `http` to another machine, where everybody on the way could see and change
    ///   what is sent.
    package init(_ text: String) throws(SubmissionError) {
        let plain = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let separator = plain.firstRange(of: "://") else { throw .badAddress(text) }
        let authority = plain[separator.upperBound...]
        guard !authority.isEmpty, authority.utf8.allSatisfy(Self.isAuthorityByte) else {
            throw .badAddress(text)
        }
        switch plain[..<separator.lowerBound] {
        case "https": break
        case "http" where Self.isLoopback(authority): break
        default: throw .badAddress(text)
        }
        origin = plain
    }

    private static func isAuthorityByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5B, 0x5D: true
        default: false
        }
    }

    private static func isLoopback(_ authority: Substring) -> Bool {
        ["127.0.0.1", "localhost", "[::1]"].contains {
            authority == $0 || authority.hasPrefix($0 + ":")
        }
    }
}
