package import Custody
internal import NativePrimitives
package import Tips

extension TipID {
    /// The name of the tip of `key`, by the native primitives.
    package init(native key: TipKey) {
        self.init(key, with: NativePrimitives.self)
    }

    /// The same 32 bytes as a tip's name.
    package init(_ hash: Hash) {
        guard let id = TipID(hash.bytes) else { preconditionFailure("32 bytes are a name") }
        self = id
    }
}
