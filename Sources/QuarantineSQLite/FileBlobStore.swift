internal import DurableFiles
internal import Glibc
package import Quarantine
internal import Synchronization

/// Payloads as files with random names in one directory.
///
/// Every file, and the directory, has the same modification time, so that they say nothing of when
/// a payload came; the times of inodes that cannot be set are made meaningless by the hourly copy.
package struct FileBlobStore: BlobStore {
    private let directory: String

    /// The store in `directory`, which must exist.
    package init(directory: String) {
        self.directory = directory
    }

    private func path(_ name: BlobName) -> String { "\(directory)/\(name.text)" }

    package func begin() throws(StoreFailure) -> any BlobWriter {
        let name = BlobName.random()
        let path = path(name)
        let directory = directory
        return try mapped("create a blob") {
            FileBlobWriter(name, try NewFile(at: path), path: path, directory: directory)
        }
    }

    package func read(_ name: BlobName, range: Range<Int>) throws(StoreFailure) -> [UInt8]? {
        do throws(FileError) {
            let file = try OpenFile(reading: path(name))
            let bytes = try file.read(at: range.lowerBound, count: range.count)
            guard bytes.count == range.count else { throw FileError("read", "blob", code: EIO) }
            return bytes
        } catch {
            if error.isNotThere { return nil }
            throw StoreFailure("read a blob: \(error.operation)", code: error.code)
        }
    }

    package func remove(_ name: BlobName) throws(StoreFailure) {
        try mapped("remove a blob") {
            try Durable.remove(path(name))
            try Neutral.setTimes(directory)
        }
    }

    package func names() throws(StoreFailure) -> [BlobName] {
        try mapped("list the blobs") {
            var names: [BlobName] = []
            for name in try Durable.list(directory) {
                if let blob = BlobName(name) {
                    names.append(blob)
                } else if name.hasPrefix(".") {
                    // What a crash left before its commit.
                    try Durable.remove("\(directory)/\(name)")
                }
            }
            return names
        }
    }

    package func copy(_ name: BlobName) throws(StoreFailure) -> BlobName? {
        guard let length = try byteCount(name) else { return nil }
        let writer = try begin()
        var offset = 0
        while offset < length {
            let end = min(offset + QuarantineLimits.pieceBytes, length)
            guard let bytes = try read(name, range: offset..<end) else { return nil }
            try writer.write(bytes)
            offset = end
        }
        return try writer.commit()
    }

    private func byteCount(_ name: BlobName) throws(StoreFailure) -> Int? {
        do throws(FileError) {
            return try OpenFile(reading: path(name)).regularFileLength()
        } catch {
            if error.isNotThere { return nil }
            throw StoreFailure("look at a blob: \(error.operation)", code: error.code)
        }
    }
}

/// One blob that is being written.
private final class FileBlobWriter: BlobWriter {
    private let name: BlobName
    private let path: String
    private let directory: String
    private let file: Mutex<NewFile?>

    init(_ name: BlobName, _ file: consuming NewFile, path: String, directory: String) {
        self.name = name
        self.path = path
        self.directory = directory
        self.file = Mutex(consume file)
    }

    func write(_ bytes: [UInt8]) throws(StoreFailure) {
        try mapped("write a blob") {
            try file.withLock { try $0?.write(bytes.span) }
        }
    }

    func commit() throws(StoreFailure) -> BlobName {
        try mapped("commit a blob") {
            try file.withLock { try $0.take()?.commit() }
            try Neutral.setTimes(path)
            try Neutral.setTimes(directory)
        }
        return name
    }
}

/// The one modification time of everything that is stored.
enum Neutral {
    /// 2000-01-01T00:00:00Z.
    static let seconds = 946_684_800

    static func setTimes(_ path: String) throws(StoreFailure) {
        let times = [timespec](repeating: timespec(tv_sec: seconds, tv_nsec: 0), count: 2)
        guard unsafe utimensat(AT_FDCWD, path, times, 0) == 0 else {
            throw StoreFailure("set a file's times", code: errno)
        }
    }
}
