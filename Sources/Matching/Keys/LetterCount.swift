/// How often each letter stands in a name: tells in a few instructions that two names cannot be alike,
/// so that the distance of only few pairs is computed.
struct LetterCount: Hashable, Sendable {
    private let counts: SIMD32<UInt8>
    private let total: Int

    /// The letters of `text`, from a to z; a letter that stands there more than 255 times counts 255.
    init(_ text: some Sequence<UInt8>) {
        var counts = SIMD32<UInt8>()
        var total = 0
        for byte in text where (0x61...0x7A).contains(byte) {
            let letter = Int(byte - 0x61)
            if counts[letter] < .max { counts[letter] += 1 }
            total += 1
        }
        self.counts = counts
        self.total = total
    }

    /// Whether names of these letters may have a Jaro-Winkler similarity of `threshold`, in whatever
    /// order the letters stand.
    ///
    /// At most the shared letters match, m of them, and nothing is transposed: Jaro is at most
    /// (m/a + m/b + 1) / 3, and a common beginning of four letters takes 0.4 of what is missing to 1.
    func mayReach(_ threshold: Double, _ other: LetterCount) -> Bool {
        guard total > 0, other.total > 0 else { return false }
        // Beyond this a count may be cut off, and the bound would not hold.
        guard max(total, other.total) <= 255 else { return true }
        let shared = SIMD32<UInt16>(truncatingIfNeeded: pointwiseMin(counts, other.counts))
            .wrappedSum()
        let jaro = (threshold - 0.4) / 0.6
        let matches = Double(shared)
        return matches / Double(total) + matches / Double(other.total) >= 3 * jaro - 1 - 1e-9
    }
}
