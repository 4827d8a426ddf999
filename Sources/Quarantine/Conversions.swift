package import Custody
internal import NativePrimitives
package import Tips

extension Hash {
    /// The same 32 bytes as a hash.
    package init(_ tip: TipID) {
        guard let hash = Hash(tip.bytes) else { preconditionFailure("32 bytes are a hash") }
        self = hash
    }
}

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
