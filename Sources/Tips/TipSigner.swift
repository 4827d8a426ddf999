package import Sealing

/// Signs for one tip: owns the signing seed, which derives from the receipt.
package struct TipSigner<P: Primitives>: ~Copyable {
    private let seed: SecretBytes<P>
    /// The public key that the signatures verify with.
    package let key: TipKey

    /// The signer of a 32-byte seed; nil for another length.
    package init?(seed: consuming SecretBytes<P>) {
        guard seed.count == 32, let key = TipKey(seed.withBytes { P.ed25519PublicKey(seed: $0) })
        else { return nil }
        self.seed = seed
        self.key = key
    }

    /// The Ed25519 signature over the exact bytes of `message`: 64 bytes.
    ///
    /// Every message begins with the label of its format, so that none can pass for another.
    package borrowing func sign(_ message: Span<UInt8>) -> [UInt8] {
        seed.withBytes { P.ed25519Sign(seed: $0, message) }
    }
}

extension Primitives {
    /// An index below `bound`, each equally likely: draws that would favour some are thrown away.
    static func randomIndex(below bound: Int) -> Int {
        let bound = UInt32(bound)
        let excess = (UInt32.max % bound + 1) % bound
        while true {
            let draw = randomBytes(count: 4).reduce(0) { $0 << 8 | UInt32($1) }
            if draw <= UInt32.max - excess { return Int(draw % bound) }
        }
    }

    /// The elements in random order, each order equally likely (Fisher and Yates).
    static func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, randomIndex(below: last + 1))
        }
        return elements
    }
}
