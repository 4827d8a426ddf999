internal import DurableFiles
package import NativePrimitives
internal import Sealing

/// The one secret of the public door: 32 random bytes, made at the first start.
///
/// Everything the door makes up comes from it, each thing under a label of its own. Whoever has it
/// can tell real mailbox slots from made-up ones and make puzzles of their own; tips stay sealed.
package final class DoorSecret: Sendable {
    /// Bytes of the secret.
    package static let byteCount = 32
    private let secret: Secret

    /// Wraps a secret that is already there.
    package init(_ secret: consuming Secret) {
        self.secret = secret
    }

    /// Reads the secret at `path`; makes it, mode 0600, when there is none.
    ///
    /// - Throws: ``FileError``; `EINVAL` when the file has another length.
    package static func load(_ path: String) throws -> DoorSecret {
        if try !Durable.isPresent(path) {
            let fresh = Secret.random(count: byteCount)
            try fresh.withBytes { (bytes) throws(FileError) in try Durable.write(bytes, to: path) }
        }
        var bytes = try Durable.read(path, limit: byteCount)
        guard bytes.count == byteCount else {
            throw FileError("read: the door secret has a wrong length:", path, code: 22)
        }
        return DoorSecret(Secret(consuming: &bytes))
    }

    /// HMAC-SHA-256 under a key of its own for `label`: 32 bytes.
    package func tag(_ label: StaticString, _ data: [UInt8]) -> [UInt8] {
        secret.withBytes { NativePrimitives.hmacSHA256(key: $0, (ascii(label) + [0] + data).span) }
    }

    /// A key that is used for `label` only: 32 bytes.
    package func key(for label: StaticString) -> Secret {
        var key = Secret(count: Self.byteCount)
        key.withMutableBytes { output in
            secret.withBytes {
                let salt: [UInt8] = []
                NativePrimitives.hkdfSHA256(
                    secret: $0, salt: salt.span, info: ascii(label).span, into: &output)
            }
        }
        return key
    }

    /// `count` bytes that look random and are always the same for the same label, address and
    /// period: PRF(door secret, address, period).
    package func madeUp(
        _ label: StaticString, address: [UInt8], period: String, count: Int
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        let blockBytes = 4096
        for block in 0..<UInt8((count + blockBytes - 1) / blockBytes) {
            let info = ascii(label) + [0, block] + address + Array(period.utf8)
            var output = [UInt8](repeating: 0, count: min(blockBytes, count - bytes.count))
            var span = output.mutableSpan
            secret.withBytes {
                let salt: [UInt8] = []
                NativePrimitives.hkdfSHA256(
                    secret: $0, salt: salt.span, info: info.span, into: &span)
            }
            bytes += output
        }
        return bytes
    }
}
