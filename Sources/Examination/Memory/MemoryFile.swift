internal import Glibc

/// A file in memory that has no name and never touches a disk, and that nobody can change any more.
///
/// What a stranger sent is decrypted into one (``MemoryFileWriter``), and each worker gets its
/// descriptor. The pages go back to the system, which wipes them before it gives them to anyone,
/// when the last owner goes. Only swapping could put them on a disk: a desk's machine has no swap,
/// or an encrypted one.
///
/// A class, since several workers and the caller who seals a copy hold the same file.
package final class MemoryFile: Sendable {
    /// The descriptor; open for reading, in effect: all seals are set.
    let descriptor: Int32
    /// Bytes of the file.
    package let byteCount: Int

    /// Takes over a descriptor whose seals are set.
    fileprivate init(sealed descriptor: Int32, byteCount: Int) {
        self.descriptor = descriptor
        self.byteCount = byteCount
    }

    deinit { close(descriptor) }

    /// A file of these bytes.
    ///
    /// - Throws: ``MemoryFileError``.
    package convenience init(_ bytes: [UInt8], limit: Int) throws(MemoryFileError) {
        var writer = try MemoryFileWriter(limit: limit)
        try writer.append(bytes)
        let sealed = try writer.takeSealed()
        self.init(sealed: sealed.descriptor, byteCount: sealed.byteCount)
    }

    /// Up to `count` bytes at `offset`; fewer only at the end.
    ///
    /// - Throws: ``MemoryFileError/system(_:)``.
    package func read(at offset: Int, count: Int) throws(MemoryFileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, min(count, byteCount - offset)))
        var done = 0
        while done < bytes.count {
            let position = done
            let got = unsafe bytes.withUnsafeMutableBytes {
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: $0[position...])
                return unsafe pread(descriptor, rest.baseAddress, rest.count, offset + position)
            }
            if got > 0 {
                done += got
            } else if got == 0 || errno != EINTR {
                throw .system(errno)
            }
        }
        return bytes
    }
}

/// Why a file in memory could not be made or read.
package enum MemoryFileError: Error, Equatable {
    /// More bytes than the writer's limit.
    case tooLarge
    /// The system's `errno`: no memory, as a rule.
    case system(Int32)
}

/// A file in memory while it is written: the caller's pieces, one after the other.
package struct MemoryFileWriter: ~Copyable {
    /// The descriptor, which the file keeps when it is sealed.
    private(set) var descriptor: Int32
    private let limit: Int
    /// Bytes written so far.
    package private(set) var byteCount = 0

    /// An empty file.
    ///
    /// - Parameter limit: most bytes it may ever have.
    /// - Throws: ``MemoryFileError/system(_:)``.
    package init(limit: Int) throws(MemoryFileError) {
        descriptor = try Self.make()
        self.limit = limit
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Adds bytes at the end.
    ///
    /// - Throws: ``MemoryFileError``; ``MemoryFileError/tooLarge`` before anything is written.
    package mutating func append(_ bytes: [UInt8]) throws(MemoryFileError) {
        try append(bytes.span)
    }

    /// The same, of bytes that somebody else holds.
    package mutating func append(_ bytes: Span<UInt8>) throws(MemoryFileError) {
        guard bytes.count <= limit - byteCount else { throw .tooLarge }
        var done = 0
        while done < bytes.count {
            let position = done
            let count = unsafe bytes.withUnsafeBytes {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[position...])
                return unsafe write(descriptor, rest.baseAddress, rest.count)
            }
            if count >= 0 {
                done += count
            } else if errno != EINTR {
                throw .system(errno)
            }
        }
        byteCount += bytes.count
    }

    /// The file, which from now on nobody can write, grow or shrink, us included.
    ///
    /// - Throws: ``MemoryFileError/system(_:)``.
    package consuming func sealed() throws(MemoryFileError) -> MemoryFile {
        let (descriptor, byteCount) = try takeSealed()
        return MemoryFile(sealed: descriptor, byteCount: byteCount)
    }

    fileprivate mutating func takeSealed() throws(MemoryFileError) -> (
        descriptor: Int32, byteCount: Int
    ) {
        let addSeals: Int32 = 1033
        let sealSealShrinkGrowWrite: Int32 = 0xF
        guard fcntl(descriptor, addSeals, sealSealShrinkGrowWrite) == 0 else {
            throw .system(errno)
        }
        defer { descriptor = -1 }
        return (descriptor, byteCount)
    }

    /// `memfd_create`, which the C header shows only to those who define `_GNU_SOURCE`, so it is
    /// looked up by name; and so are its flags, close-on-exec and allow-sealing.
    private static func make() throws(MemoryFileError) -> Int32 {
        typealias Create = @convention(c) (UnsafePointer<CChar>, UInt32) -> Int32
        guard let symbol = unsafe dlsym(nil, "memfd_create") else { throw .system(ENOSYS) }
        let create = unsafe unsafeBitCast(symbol, to: Create.self)
        let descriptor = unsafe create("evidence", 0x1 | 0x2)
        guard descriptor >= 0 else { throw .system(errno) }
        return descriptor
    }
}
