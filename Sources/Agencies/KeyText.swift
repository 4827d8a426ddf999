package import Custody
internal import Tips
package import Sealing

/// How directories, offices' files and programs write an Ed25519 public key on one line:
/// `ed25519:` and 44 characters of padded base64.
extension VerifyingKey {
    private static var prefix: String { "ed25519:" }

    /// Reads exactly what ``keyText`` prints; nil for any other text.
    package init?(keyText: String) {
        guard keyText.hasPrefix(Self.prefix) else { return nil }
        let base64 = Array(keyText.utf8.dropFirst(Self.prefix.utf8.count))
        guard base64.count == 44, let bytes = Base64.decode(base64.span, padded: true) else {
            return nil
        }
        self.init(bytes)
    }

    /// The key on one line.
    package var keyText: String {
        Self.prefix + String(decoding: Base64.encode(bytes.span, padded: true), as: UTF8.self)
    }
}

extension Recipient {
    /// SHA-256 of the recipient as age prints it, so that `printf %s age1… | sha256sum` agrees.
    package var fingerprint: Hash { Hash(sha256: text) }
}

extension Hash {
    /// The hexadecimal digits in groups of four, as people read a fingerprint to each other.
    package var grouped: String {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 4)
            .map { String(digits[$0..<$0 + 4]) }.joined(separator: " ")
    }
}
