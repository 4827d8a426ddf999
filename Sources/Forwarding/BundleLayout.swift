package import Custody

/// A bundle as dispatch serves it: a deterministic tar that exists nowhere as one file.
///
/// Small files are bytes in memory, payloads stay where they are and are named by their digest.
/// Any range of the tar can be read, so a fetch can be resumed at any byte; the same files always
/// give the same bytes.
package struct BundleLayout: Equatable, Sendable {
    /// A run of the tar.
    package enum Segment: Equatable, Sendable {
        /// These bytes.
        case bytes([UInt8])
        /// The whole payload with this SHA-256 and length.
        case payload(digest: Hash, byteCount: Int)
    }

    /// What to read for a part of a range.
    package enum Slice: Equatable, Sendable {
        /// These bytes.
        case bytes([UInt8])
        /// This range of the payload with this SHA-256.
        case payload(digest: Hash, range: Range<Int>)
    }

    /// One file of the tar.
    package enum File: Equatable, Sendable {
        /// A small file in memory.
        case small(name: String, bytes: [UInt8])
        /// An age file: its header in memory, its payload by digest.
        case sealed(name: String, header: [UInt8], digest: Hash, byteCount: Int)
    }

    /// The tar's runs, in order; none is empty.
    package let segments: [Segment]
    /// Offset of each segment.
    private let starts: [Int]
    /// Bytes of the whole tar.
    package let byteCount: Int

    /// Lays out `files` in the given order.
    ///
    /// - Throws: ``TarError`` for a bad or repeated name, or a file that is too large.
    package init(_ files: [File]) throws(TarError) {
        var builder = Builder()
        var names: Set<String> = []
        for file in files {
            guard names.insert(file.name).inserted else { throw .duplicate(file.name) }
            try builder.add(file)
        }
        builder.finish()
        segments = builder.segments
        starts = builder.starts
        byteCount = builder.position
    }

    /// What to read, in order, for the bytes `range` of the tar (clamped to its length).
    package func slices(_ range: Range<Int>) -> [Slice] {
        let range = range.clamped(to: 0..<byteCount)
        var slices: [Slice] = []
        for (segment, start) in zip(segments, starts) {
            let part = range.clamped(to: start..<start + segment.byteCount)
            guard !part.isEmpty else { continue }
            let inner = part.lowerBound - start..<part.upperBound - start
            switch segment {
            case .bytes(let bytes): slices.append(.bytes([UInt8](bytes[inner])))
            case .payload(let digest, _): slices.append(.payload(digest: digest, range: inner))
            }
        }
        return slices
    }

    /// The payloads that the tar needs.
    package var payloads: [Hash] {
        segments.compactMap { if case .payload(let digest, _) = $0 { digest } else { nil } }
    }
}

extension BundleLayout.Segment {
    /// Bytes of the run.
    package var byteCount: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .payload(_, let byteCount): byteCount
        }
    }
}

extension BundleLayout.File {
    /// The file's name in the tar.
    package var name: String {
        switch self {
        case .small(let name, _), .sealed(let name, _, _, _): name
        }
    }
}

/// Collects segments and joins neighbouring bytes.
private struct Builder {
    private(set) var segments: [BundleLayout.Segment] = []
    private(set) var starts: [Int] = []
    private(set) var position = 0
    private var pending: [UInt8] = []

    mutating func add(_ file: BundleLayout.File) throws(TarError) {
        let length: Int
        switch file {
        case .small(let name, let bytes):
            length = bytes.count
            pending += try TarHeader.encode(name: name, byteCount: length)
            pending += bytes
        case .sealed(let name, let header, let digest, let byteCount):
            guard byteCount > 0, byteCount <= TarHeader.memberLimit else { throw .memberTooLarge }
            length = header.count + byteCount
            pending += try TarHeader.encode(name: name, byteCount: length)
            pending += header
            flush()
            append(.payload(digest: digest, byteCount: byteCount))
        }
        pending += [UInt8](repeating: 0, count: TarHeader.filled(length) - length)
    }

    mutating func finish() {
        pending += [UInt8](repeating: 0, count: 2 * TarHeader.blockBytes)
        flush()
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        append(.bytes(pending))
        pending = []
    }

    private mutating func append(_ segment: BundleLayout.Segment) {
        segments.append(segment)
        starts.append(position)
        position += segment.byteCount
    }
}
