package import Sealing

/// An age identity file: one identity a line, ended by LF or CR LF; empty lines and lines that begin
/// with `#` are skipped (Container §2.4).
package enum IdentityFile {
    /// Most bytes of an identity file.
    package static let byteLimit = 64 * 1024

    /// Why bytes are not an identity file.
    package enum Failure: Error, Equatable {
        /// More than ``IdentityFile/byteLimit`` bytes.
        case tooLarge
        /// The line of this number (from 1) is neither a comment nor an identity we know.
        case badLine(Int)
        /// There is no identity in it.
        case empty
    }

    /// The identities in `bytes`, in order.
    package static func parse<P: Primitives>(
        _ bytes: Span<UInt8>, with primitives: P.Type
    ) throws(Failure) -> [Identity<P>] {
        guard bytes.count <= byteLimit else { throw .tooLarge }
        var identities: [Identity<P>] = []
        var start = 0
        var number = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            number += 1
            let hasReturn = end > start && bytes[end - 1] == 0x0D
            let line = bytes.extracting(start..<(hasReturn ? end - 1 : end))
            start = end + 1
            if isSkipped(line) { continue }
            guard let identity = Identity<P>(parsing: line) else { throw .badLine(number) }
            identities.append(identity)
        }
        guard !identities.isEmpty else { throw .empty }
        return identities
    }

    /// The file of one fresh identity: its public key as a comment, then the secret.
    package static func encode<P: Primitives>(
        _ identity: Identity<P>, comment: [UInt8]
    ) -> SecretBytes<P> {
        let opening =
            ascii("# ") + comment + ascii("\n# public key: ") + identity.recipient.text + [0x0A]
        let secret = identity.text
        var text: [UInt8] = []
        // Growing would leave earlier copies of the secret behind.
        text.reserveCapacity(opening.count + secret.count + 1)
        text += opening
        secret.withBytes { text.append(copying: $0) }
        text.append(0x0A)
        return SecretBytes(consuming: &text)
    }

    private static func isSkipped(_ line: Span<UInt8>) -> Bool {
        line.count == 0 || line[0] == 0x23
    }
}
