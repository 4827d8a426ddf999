internal import NativePrimitives
internal import NIOCore
internal import Sealing
internal import Synchronization
internal import Tips

/// The body of a form as it came (`application/x-www-form-urlencoded`), wiped when nobody needs it.
///
/// Fields become texts, but for the passphrase: its bytes go from here to the signing agent.
final class FormBody: Sendable {
    /// Most bytes of a body: the longest text of a part with every byte encoded in three, twice, and
    /// what stands around it.
    static let byteLimit = 6 * Limits.textPartBytes + 64 * 1024
    /// Most bytes of a passphrase.
    static let passphraseLimit = 4096
    /// The field that is never made a text.
    static let passphraseName = "passphrase"

    private struct State: ~Copyable {
        var bytes: Secret
        var count = 0
    }

    private let state: Mutex<State>

    /// Room for a body of at most `capacity` bytes.
    init(capacity: Int) {
        state = Mutex(State(bytes: Secret(count: capacity)))
    }

    /// Takes the next bytes; what is more than the room is not taken.
    func append(_ chunk: ByteBuffer) {
        state.withLock { state in
            let view = chunk.readableBytesView
            guard state.count + view.count <= state.bytes.count else { return }
            var at = state.count
            state.bytes.withMutableBytes { bytes in
                for byte in view {
                    bytes[at] = byte
                    at += 1
                }
            }
            state.count = at
        }
    }

    /// Every field but the passphrase; nil when the body is not a form's.
    func fields() -> FormFields? {
        state.withLock { state in
            let count = state.count
            return state.bytes.withBytes { FormFields($0.extracting(first: count)) }
        }
    }

    /// What was typed as a passphrase; empty when nothing was, or too much.
    func passphrase() -> Secret {
        var bytes = state.withLock { state in
            let count = state.count
            return state.bytes.withBytes { Self.passphrase(in: $0.extracting(first: count)) }
        }
        return Secret(consuming: &bytes)
    }

    private static func passphrase(in body: Span<UInt8>) -> [UInt8] {
        // Room for all of it from the beginning, so that no copy is left where it grew.
        var value: [UInt8] = []
        value.reserveCapacity(passphraseLimit)
        for piece in FormFields.pieces(of: body) {
            guard let name = FormFields.text(body, piece.name), name == passphraseName else {
                continue
            }
            value.removeAll(keepingCapacity: true)
            guard piece.value.count <= passphraseLimit,
                FormFields.decode(body, piece.value, into: &value)
            else { return [] }
        }
        return value
    }
}
