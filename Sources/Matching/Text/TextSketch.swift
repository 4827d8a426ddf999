internal import NativePrimitives
package import Tips

/// A text's likeness in 512 bytes: texts that share most of their pieces have sketches that share most
/// of their values.
///
/// MinHash (Broder, 1997) of the folded text's runs of five characters, which works without knowing
/// where words begin, so for Chinese or Thai as well. The seeds are fixed and public: a sketch hides
/// nothing and stays at the desk.
package struct TextSketch: Equatable, Sendable {
    /// Characters of a piece.
    package static let shingle = 5
    /// Values of a sketch.
    package static let width = 128
    /// From which estimated likeness on two short texts are nearly the same. Two words changed in a
    /// short text leave 0.6.
    package static let threshold = 0.5

    /// For each seed the least hash over all pieces.
    let values: [UInt32]
    /// Equal for texts that are the same when folded.
    package let fingerprint: SHA256Digest
    /// Pieces of the text.
    package let pieces: Int

    /// The sketch of `text`; nil for a text of less than one piece.
    package init?(_ text: String) {
        let scalars = FoldedText.scalars(text)
        guard scalars.count >= Self.shingle else { return nil }
        let bytes = FoldedText.utf8(scalars)
        fingerprint = .of(bytes.span, with: NativePrimitives.self)
        pieces = scalars.count - Self.shingle + 1
        values = Self.minima(scalars)
    }

    /// The part of all their pieces that both texts have, estimated: 0 to 1, within about 0.09 for
    /// two thirds of all pairs.
    package func likeness(to other: TextSketch) -> Double {
        Double(Self.common(values[...], other.values[...])) / Double(Self.width)
    }

    static func common(_ first: ArraySlice<UInt32>, _ second: ArraySlice<UInt32>) -> Int {
        var count = 0
        var other = second.startIndex
        for index in first.indices {
            if first[index] == second[other] { count += 1 }
            other += 1
        }
        return count
    }

    private static func minima(_ scalars: [UInt32]) -> [UInt32] {
        var lanes = [SIMD16<UInt32>](repeating: .init(repeating: .max), count: seeds.count)
        for start in 0...(scalars.count - shingle) {
            let hash = piece(scalars, at: start)
            let (low, high) = (
                SIMD16<UInt32>(repeating: UInt32(truncatingIfNeeded: hash)),
                SIMD16<UInt32>(repeating: UInt32(truncatingIfNeeded: hash >> 32))
            )
            for lane in lanes.indices {
                // One multiplication and one addition for each seed: a family of hashes of which
                // the upper bits decide, as a minimum does.
                let value = (low &* seeds[lane].factor) &+ (high ^ seeds[lane].term)
                lanes[lane] = pointwiseMin(lanes[lane], value)
            }
        }
        return lanes.flatMap { lane in lane.indices.map { lane[$0] } }
    }

    /// A hash of one piece, well mixed (the finisher of SplitMix64 over FNV-1a's steps).
    private static func piece(_ scalars: [UInt32], at start: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in start..<start + shingle {
            hash = (hash ^ UInt64(scalars[index])) &* 0x100_0000_01B3
        }
        return mixed(hash)
    }

    static func mixed(_ value: UInt64) -> UInt64 {
        var hash = value
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return hash ^ hash >> 31
    }

    private static let seeds: [(factor: SIMD16<UInt32>, term: SIMD16<UInt32>)] = {
        var state: UInt64 = 0
        func next() -> UInt32 {
            state &+= 0x9E37_79B9_7F4A_7C15
            return UInt32(truncatingIfNeeded: mixed(state) >> 32)
        }
        return (0..<width / 16).map { _ in
            var factor = SIMD16<UInt32>()
            var term = SIMD16<UInt32>()
            for index in factor.indices {
                factor[index] = next() | 1
                term[index] = next()
            }
            return (factor, term)
        }
    }()
}
