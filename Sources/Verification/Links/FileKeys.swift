internal import Custody
internal import Examination
internal import Matching
internal import NativePrimitives
internal import Sealing
internal import Tips

/// By what one file of evidence may be found to be like another.
struct FileKeys: Equatable {
    /// Most files of one case that are compared.
    static let limit = 64
    /// Most pictures of one file: an archive can have many.
    static let pictures = 16
    /// Most texts of files of one case that are compared, and most bytes of each.
    static let texts = 4
    static let textBytes = 64 * 1024
    /// Least bytes of a file that is compared as a whole: an empty one is like any other.
    static let leastBytes = 64

    /// The number of its part in the case.
    let part: Int
    /// A keyed hash of the original; nil for one that is too small.
    let original: SHA256Digest?
    /// What its pictures look like.
    let pictures: [PictureSketch]
    /// What is written in it.
    let texts: [TextSketch]
}

/// What two files have in common.
package enum FileLikeness: Equatable, Sendable {
    /// Every byte.
    case same
    /// A picture that looks alike: made smaller, or saved again.
    case similarPicture
    /// The part of their pieces that both texts have.
    case similarText(Double)

    /// In words.
    package var words: String {
        switch self {
        case .same: "the same file"
        case .similarPicture: "a picture that looks alike"
        case .similarText(let likeness):
            "similar text: about \(Int(likeness * 100)) of 100 pieces are the same"
        }
    }
}

/// Two files that are the same or look alike.
package struct FileMatch: Equatable, Sendable {
    /// The number of the part in the case that is looked at.
    package let here: Int
    /// The number of the part in the other case, or the other number in the same.
    package let there: Int
    /// What they have in common.
    package let likeness: FileLikeness
}

extension FileKeys {
    /// What files of two cases have in common: of each two the surest thing alone.
    static func grounds(_ mine: [FileKeys], _ theirs: [FileKeys]) -> [LinkGround] {
        mine.flatMap { file in
            theirs.compactMap { other in
                file.likeness(to: other).map { .file($0, here: file.part, there: other.part) }
            }
        }
    }

    /// What both have in common, the surest thing; nil for nothing.
    func likeness(to other: FileKeys) -> FileLikeness? {
        if let original, original == other.original { return .same }
        let alike = pictures.contains { picture in other.pictures.contains(where: picture.isLike) }
        if alike { return .similarPicture }
        let best = texts.flatMap { text in other.texts.map { text.likeness(to: $0) } }.max() ?? 0
        return best >= TextSketch.threshold ? .similarText(best) : nil
    }
}

extension [LinkGround] {
    /// The files among the grounds.
    var files: [FileMatch] {
        compactMap { ground in
            guard case .file(let likeness, let here, let there) = ground else { return nil }
            return FileMatch(here: here, there: there, likeness: likeness)
        }
    }
}

extension OpenedCase {
    /// The files of this case that are the same as, or look like, another of the case; each two once.
    package func alikeFiles() throws(DeskError) -> [FileMatch] {
        guard record.originals.count > 1 else { return [] }
        return try Verification.desk {
            let files = try fileKeys(try desk.matchingKey())
            return files.indices.flatMap { index in
                FileKeys.grounds([files[index]], Array(files[(index + 1)...])).files
            }
        }
    }

    /// The keys of the case's files, in the order of its parts.
    ///
    /// Of a file that is never rendered only the keyed hash of the whole: the same file elsewhere must
    /// be found.
    func fileKeys(_ key: MatchingKey) throws -> [FileKeys] {
        let originals = Dictionary(record.originals.map { ($0.payload, $0) }) { first, _ in first }
        var left = FileKeys.texts
        var files: [FileKeys] = []
        for (index, part) in parts.enumerated() where part.partClass == .evidence {
            guard files.count < FileKeys.limit, let original = originals[part.payload] else {
                continue
            }
            let isShown = !record.neverRendered.contains(part.payload)
            let copies = isShown ? record.examined[part.payload]?.copies ?? [] : []
            let texts = try self.texts(of: copies, atMost: left)
            left -= texts.count
            files.append(
                FileKeys(
                    part: index + 1, original: Self.hashed(original, key),
                    pictures: Array(copies.compactMap(\.sketch).prefix(FileKeys.pictures)),
                    texts: texts))
        }
        return files
    }

    private static func hashed(
        _ original: ReceivedFrame.Original, _ key: MatchingKey
    ) -> SHA256Digest? {
        guard original.byteCount >= FileKeys.leastBytes else { return nil }
        let message = [UInt8]("sallyport.match-file/1".utf8) + [0] + original.digest.bytes
        return SHA256Digest(
            key.secret.withBytes { NativePrimitives.hmacSHA256(key: $0, message.span) })
    }

    private func texts(of copies: [Examined.Copy], atMost count: Int) throws -> [TextSketch] {
        var sketches: [TextSketch] = []
        for copy in copies
        where copy.kind == .text && copy.payloadBytes <= 2 * FileKeys.textBytes {
            guard sketches.count < count else { break }
            var bytes: [UInt8] = []
            let digests = try file(copy.payload).open(as: .evidence) { bytes += $0 }
            guard digests.plaintext == copy.plaintext else {
                throw DeskError.altered("a safe copy is not what was made")
            }
            let text = String(decoding: bytes.prefix(FileKeys.textBytes), as: UTF8.self)
            guard let sketch = TextSketch(text), sketch.pieces >= MatchKeys.leastPieces else {
                continue
            }
            sketches.append(sketch)
        }
        return sketches
    }
}

/// `[part, original or null, [* bits], [* text]]`
extension FileKeys {
    func write(to writer: inout CBORWriter) {
        writer.array(4)
        writer.uint(part)
        if let original { writer.bytes(original.bytes) } else { writer.null() }
        writer.array(pictures.count)
        for picture in pictures {
            writer.bytes((0..<8).map { UInt8(truncatingIfNeeded: picture.bits >> (56 - 8 * $0)) })
        }
        writer.array(texts.count)
        for text in texts { text.write(to: &writer) }
    }

    init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 4)
        part = try reader.uint(in: 1...Int(Int32.max))
        if try reader.takesNull() {
            original = nil
        } else {
            guard let hash = SHA256Digest(try reader.bytes(count: 32)) else { throw .wrongLength }
            original = hash
        }
        var pictures: [PictureSketch] = []
        for _ in 0..<(try reader.arrayCount(in: 0...Self.pictures)) {
            let bytes = try reader.bytes(count: 8)
            pictures.append(PictureSketch(bits: bytes.reduce(0) { $0 << 8 | UInt64($1) }))
        }
        self.pictures = pictures
        var texts: [TextSketch] = []
        for _ in 0..<(try reader.arrayCount(in: 0...Self.texts)) {
            texts.append(try TextSketch(reading: &reader))
        }
        self.texts = texts
    }
}
