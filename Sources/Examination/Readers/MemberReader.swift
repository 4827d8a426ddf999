/// Reads the ustar stream that a worker makes of a stranger's archive, and keeps the files in it.
///
/// Nothing is ever unpacked to where the archive says: a name is text, and a file becomes a
/// ``MemoryFile``. Links, devices and the like are counted and not followed. A header must be as
/// POSIX.1-1988 writes it: checksum, magic, plain octal numbers.
package struct MemberReader: ~Copyable, OutputReader {
    /// One file of the archive.
    package struct Member {
        /// Its name, made safe to show.
        package let name: String
        /// What it holds.
        package let file: MemoryFile
    }

    static let blockBytes = 512

    let limits: MemberLimits
    /// The files so far, in order.
    package private(set) var members: [Member] = []
    /// Members that are links, devices or other things that are no files.
    private(set) var notFiles = 0
    private var header: [UInt8] = []
    private var name = ""
    private var writer: MemoryFileWriter?
    private var dataLeft = 0
    private var fillingLeft = 0
    private var totalBytes = 0
    private var zeroBlocks = 0
    private var entries = 0

    /// A reader at the start of an archive.
    package init(limits: MemberLimits) { self.limits = limits }

    package mutating func take(_ bytes: [UInt8]) throws(NotDone) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if dataLeft > 0 {
                let piece = rest.prefix(dataLeft)
                rest = rest.dropFirst(piece.count)
                try append(Array(piece))
            } else if fillingLeft > 0 {
                let piece = rest.prefix(fillingLeft)
                rest = rest.dropFirst(piece.count)
                fillingLeft -= piece.count
            } else {
                let piece = rest.prefix(Self.blockBytes - header.count)
                rest = rest.dropFirst(piece.count)
                header += piece
                if header.count == Self.blockBytes { try readHeader() }
            }
        }
    }

    /// Whether the archive is whole: two zero blocks, and nothing begun after them.
    package var isWhole: Bool {
        zeroBlocks >= 2 && header.isEmpty && dataLeft == 0 && fillingLeft == 0
    }

    private mutating func append(_ bytes: [UInt8]) throws(NotDone) {
        dataLeft -= bytes.count
        do throws(MemoryFileError) {
            try writer?.append(bytes)
        } catch {
            throw .memoryLimit
        }
        if dataLeft == 0 { try endMember() }
    }

    private mutating func endMember() throws(NotDone) {
        guard let ended = writer.take() else { return }
        do throws(MemoryFileError) {
            members.append(Member(name: name, file: try ended.sealed()))
        } catch {
            throw .memoryLimit
        }
    }

    private mutating func readHeader() throws(NotDone) {
        let block = header
        header.removeAll(keepingCapacity: true)
        if block.allSatisfy({ $0 == 0 }) {
            zeroBlocks += 1
            return
        }
        let entry = try TarEntry(block)
        guard zeroBlocks == 0 else { throw .unexpectedOutput }
        entries += 1
        guard entries <= limits.entries else { throw .tooMany }
        fillingLeft = (Self.blockBytes - entry.byteCount % Self.blockBytes) % Self.blockBytes
        dataLeft = entry.byteCount
        switch entry.kind {
        case .file: try beginMember(entry)
        case .folder: break
        case .other: notFiles += 1
        }
    }

    private mutating func beginMember(_ entry: TarEntry) throws(NotDone) {
        guard members.count < limits.files else { throw .tooMany }
        guard entry.byteCount <= limits.bytes - totalBytes else { throw .bomb }
        totalBytes += entry.byteCount
        name = ReportText.shown(entry.name)
        do throws(MemoryFileError) {
            writer = try MemoryFileWriter(limit: entry.byteCount)
        } catch {
            throw .memoryLimit
        }
        if dataLeft == 0 { try endMember() }
    }
}

/// The most that one archive may give.
package struct MemberLimits: Sendable {
    /// Files that are kept.
    let files: Int
    /// Members of all kinds.
    let entries: Int
    /// Bytes of all files together.
    let bytes: Int

    /// Limits.
    package init(files: Int, entries: Int, bytes: Int) {
        self.files = files
        self.entries = entries
        self.bytes = bytes
    }
}

/// One header of a ustar stream.
struct TarEntry {
    /// What is told apart.
    enum Kind: Equatable { case file, folder, other }

    let name: [UInt8]
    let kind: Kind
    let byteCount: Int

    /// - Throws: ``NotDone/unexpectedOutput``.
    init(_ block: [UInt8]) throws(NotDone) {
        guard block.count == MemberReader.blockBytes,
            block[257..<265].elementsEqual("ustar\u{0}00".utf8),
            let sum = Self.octal(block[148..<156]), sum == Self.checksum(block),
            let size = Self.octal(block[124..<136])
        else { throw .unexpectedOutput }
        let prefix = block[345..<500].prefix { $0 != 0 }
        name = (prefix.isEmpty ? [] : prefix + [0x2F]) + block[0..<100].prefix { $0 != 0 }
        switch block[156] {
        case 0x30, 0: kind = .file
        case 0x35: kind = .folder
        case 0x31...0x36: kind = .other
        default: throw .unexpectedOutput
        }
        byteCount = size
        guard kind == .file || size == 0 else { throw .unexpectedOutput }
    }

    private static func checksum(_ block: [UInt8]) -> Int {
        block.enumerated().reduce(0) {
            $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element))
        }
    }

    /// Octal digits, then spaces and zeros only.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.prefix { (0x30...0x37).contains($0) }
        guard !digits.isEmpty, digits.count <= 11,
            field.dropFirst(digits.count).allSatisfy({ $0 == 0 || $0 == 0x20 })
        else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }
}
