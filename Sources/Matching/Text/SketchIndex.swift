internal import Tips

/// Sketches of many texts, in which those like a new one are found without looking at each.
///
/// Locality-sensitive hashing: three values of a sketch are a band, and only texts that share a whole
/// band with the new one are compared. With 42 bands a text of likeness 0.5 is found in 99.6 of 100
/// cases, one of 0.3 in 68; of what shares nothing but its language hardly any is compared.
package struct SketchIndex: Sendable {
    /// A text that is like the one that was asked about.
    package struct Find: Equatable, Sendable {
        /// The text's number: how many were put in before it.
        package let number: Int
        /// Estimated likeness, 0 to 1.
        package let likeness: Double
        /// Whether the texts are the same when folded.
        package let isSame: Bool
    }

    private static let rows = 3
    private static let bands = TextSketch.width / rows
    /// Most texts of one band that are compared: a phrase that thousands of planted texts share must
    /// not make each question slow.
    private static let mostInBand = 2000

    /// All values, a sketch after the other.
    private var values: [UInt32] = []
    private var fingerprints: [[UInt8]] = []
    /// For each band its hash and the text's number, sorted.
    private var tables = [[UInt64]](repeating: [], count: bands)

    /// How many texts there are.
    package var count: Int { fingerprints.count }

    /// The index of `sketches`, in their order.
    package init(_ sketches: [TextSketch] = []) {
        values.reserveCapacity(sketches.count * TextSketch.width)
        for sketch in sketches { keep(sketch) }
        for band in 0..<Self.bands {
            tables[band] = sketches.indices.map {
                Self.entry(sketches[$0].values, band: band, number: $0)
            }
            tables[band].sort()
        }
    }

    /// Puts in one more text.
    ///
    /// - Returns: its number.
    package mutating func insert(_ sketch: TextSketch) -> Int {
        let number = count
        keep(sketch)
        for band in 0..<Self.bands {
            let entry = Self.entry(sketch.values, band: band, number: number)
            let place = Self.firstPlace(in: tables[band], notBelow: entry)
            tables[band].insert(entry, at: place)
        }
        return number
    }

    /// The texts that are like `sketch`, the likest first.
    package func finds(
        like sketch: TextSketch, from threshold: Double = TextSketch.threshold
    ) -> [Find] {
        var seen: Set<Int> = []
        for band in 0..<Self.bands {
            let wanted = Self.entry(sketch.values, band: band, number: 0)
            let table = tables[band]
            var place = Self.firstPlace(in: table, notBelow: wanted)
            let end = min(table.count, place + Self.mostInBand)
            while place < end, table[place] >> 32 == wanted >> 32 {
                seen.insert(Int(table[place] & 0xFFFF_FFFF))
                place += 1
            }
        }
        return seen.compactMap { find($0, sketch, threshold) }.sorted {
            ($1.likeness, $0.number) < ($0.likeness, $1.number)
        }
    }

    private func find(_ number: Int, _ sketch: TextSketch, _ threshold: Double) -> Find? {
        let start = number * TextSketch.width
        let common = TextSketch.common(
            values[start..<start + TextSketch.width], sketch.values[...])
        let likeness = Double(common) / Double(TextSketch.width)
        guard likeness >= threshold else { return nil }
        return Find(
            number: number, likeness: likeness,
            isSame: fingerprints[number] == sketch.fingerprint.bytes)
    }

    private mutating func keep(_ sketch: TextSketch) {
        values += sketch.values
        fingerprints.append(sketch.fingerprint.bytes)
    }

    private static func entry(_ values: [UInt32], band: Int, number: Int) -> UInt64 {
        var hash = UInt64(band)
        for row in 0..<rows {
            hash = TextSketch.mixed(hash ^ UInt64(values[band * rows + row]) << 8)
        }
        return hash & 0xFFFF_FFFF_0000_0000 | UInt64(UInt32(truncatingIfNeeded: number))
    }

    private static func firstPlace(in table: [UInt64], notBelow wanted: UInt64) -> Int {
        var (low, high) = (0, table.count)
        while low < high {
            let middle = (low + high) / 2
            if table[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
