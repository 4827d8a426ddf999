/// How far two spellings are apart.
package enum Distance {
    /// Jaro-Winkler similarity (Winkler, 1990): 1 for the same text, 0 for nothing in common; a common
    /// beginning of up to four letters counts more, with the usual weight of 0.1.
    package static func jaroWinkler(_ first: [UInt8], _ second: [UInt8]) -> Double {
        let jaro = jaro(first, second)
        let prefix = zip(first, second).prefix(4).prefix { $0 == $1 }.count
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }

    /// Jaro similarity (Jaro, 1989).
    package static func jaro(_ first: [UInt8], _ second: [UInt8]) -> Double {
        guard !first.isEmpty, !second.isEmpty else {
            return first.isEmpty && second.isEmpty ? 1 : 0
        }
        let window = max(0, max(first.count, second.count) / 2 - 1)
        var isTaken = [Bool](repeating: false, count: second.count)
        var matched: [UInt8] = []
        for (index, letter) in first.enumerated() {
            let end = min(second.count, index + window + 1)
            let range = min(max(0, index - window), end)..<end
            if let found = range.first(where: { !isTaken[$0] && second[$0] == letter }) {
                isTaken[found] = true
                matched.append(letter)
            }
        }
        guard !matched.isEmpty else { return 0 }
        let other = second.indices.filter { isTaken[$0] }.map { second[$0] }
        let swapped = zip(matched, other).count { $0 != $1 } / 2
        let count = Double(matched.count)
        return
            (count / Double(first.count) + count / Double(second.count)
            + (count - Double(swapped)) / count) / 3
    }

    /// The least number of letters added, left out, replaced or swapped with their neighbour that
    /// makes one text the other (optimal string alignment); nil when it is more than `limit`.
    package static func edits(
        _ first: [UInt32], _ second: [UInt32], atMost limit: Int
    ) -> Int? {
        guard abs(first.count - second.count) <= limit else { return nil }
        var before = [Int](repeating: 0, count: second.count + 1)
        var above = Array(0...second.count)
        for row in 0..<first.count {
            var line = [row + 1]
            line.reserveCapacity(second.count + 1)
            for column in 0..<second.count {
                let isSame = first[row] == second[column]
                var best = min(
                    above[column + 1] + 1, line[column] + 1, above[column] + (isSame ? 0 : 1))
                if row > 0, column > 0, first[row] == second[column - 1],
                    first[row - 1] == second[column]
                {
                    best = min(best, before[column - 1] + 1)
                }
                line.append(best)
            }
            guard line.contains(where: { $0 <= limit }) else { return nil }
            (before, above) = (above, line)
        }
        return above[second.count] <= limit ? above[second.count] : nil
    }
}
