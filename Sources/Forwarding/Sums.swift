package import Custody
internal import Tips

/// `SHA256SUMS`: what `sha256sum -c` reads, over every age file of a bundle.
///
/// The statement is not listed: it carries its own signatures, which are not all made yet when the
/// first person signs this text. One line each, in this order: predicate, cover sheet, parts.
package struct Sums: Equatable, Sendable {
    /// SHA-256 of `predicate.age`.
    package let predicate: Hash
    /// SHA-256 of `cover.age`.
    package let cover: Hash
    /// SHA-256 of each part's age file (header and payload), in order.
    package let parts: [Hash]

    /// The digests of a bundle.
    package init(predicate: Hash, cover: Hash, parts: [Hash]) {
        self.predicate = predicate
        self.cover = cover
        self.parts = parts
    }

    /// The file's exact bytes, which the persons sign.
    package var encoded: [UInt8] {
        var lines = "\(predicate.hex)  \(BundleNames.predicate)\n"
        lines += "\(cover.hex)  \(BundleNames.cover)\n"
        for (index, part) in parts.enumerated() {
            lines += "\(part.hex)  \(BundleNames.part(index))\n"
        }
        return [UInt8](lines.utf8)
    }

    /// Reads exactly what ``encoded`` writes; nil for anything else.
    package init?(decoding bytes: [UInt8]) {
        guard bytes.count <= BundleLimits.sumsBytes else { return nil }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)
        guard (2...BundleLimits.parts + 2).contains(lines.count) else { return nil }
        let digests = lines.compactMap { Hash(hex: String(decoding: $0.prefix(64), as: UTF8.self)) }
        guard digests.count == lines.count else { return nil }
        self.init(predicate: digests[0], cover: digests[1], parts: [Hash](digests[2...]))
        guard encoded == bytes else { return nil }
    }
}
