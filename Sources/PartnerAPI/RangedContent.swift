internal import Custody
internal import Forwarding
internal import Tips

/// Bytes that lie partly in memory, partly in stored payloads, readable in any range.
struct RangedContent: Sendable {
    private let segments: [BundleLayout.Segment]
    /// Bytes of the whole.
    let byteCount: Int

    init(_ segments: [BundleLayout.Segment]) {
        self.segments = segments
        byteCount = segments.reduce(0) { $0 + $1.byteCount }
    }

    init(_ layout: BundleLayout) {
        self.init(layout.segments)
    }

    /// What to read, in order, for `range`, in pieces of at most `limit` bytes.
    func slices(_ range: Range<Int>, limit: Int) -> [BundleLayout.Slice] {
        var slices: [BundleLayout.Slice] = []
        var start = 0
        for segment in segments {
            let part = range.clamped(to: start..<start + segment.byteCount)
            var lower = part.lowerBound
            while lower < part.upperBound {
                let upper = min(lower + limit, part.upperBound)
                let inner = lower - start..<upper - start
                switch segment {
                case .bytes(let bytes): slices.append(.bytes([UInt8](bytes[inner])))
                case .payload(let digest, _):
                    slices.append(.payload(digest: digest, range: inner))
                }
                lower = upper
            }
            start += segment.byteCount
        }
        return slices
    }
}

/// A request for one range of bytes (RFC 9110 §14.2), as far as this door serves them.
enum ByteRange {
    /// The range that a `Range` field asks for of `byteCount` bytes; nil when it cannot be served.
    static func parse(_ field: String, byteCount: Int) -> Range<Int>? {
        let prefix = "bytes="
        guard field.hasPrefix(prefix) else { return nil }
        let bounds = field.dropFirst(prefix.count).split(
            separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, let first = number(bounds[0]), first < byteCount else {
            return nil
        }
        if bounds[1].isEmpty { return first..<byteCount }
        guard let last = number(bounds[1]), last >= first else { return nil }
        return first..<min(last, byteCount - 1) + 1
    }

    /// Digits only: `Int` would take a sign.
    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}
