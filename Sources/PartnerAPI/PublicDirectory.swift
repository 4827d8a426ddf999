package import DurableFiles
internal import Glibc
internal import Ledger
internal import Tips
package import Custody

/// What dispatch publishes and intake only reads: directory, checkpoint, tiles, mailbox periods.
///
/// Files are readable by everybody on the machine; each appears whole and durable.
package struct PublicDirectory: LedgerPublisher {
    private static let checkpointLimit = 64 * 1024
    private let path: String

    /// The directory at `path`, made when absent.
    package init(path: String) throws(FileError) {
        self.path = path
        try Self.makeDirectory(path)
        try Self.makeDirectory(path + "/mailbox")
    }

    private static func makeDirectory(_ path: String) throws(FileError) {
        try Durable.createDirectory(path, mode: 0o755)
        // The process's umask hides what it makes; this is for intake to read.
        guard unsafe chmod(path, 0o755) == 0 else { throw FileError("chmod", path) }
    }

    private static func publish(_ bytes: [UInt8], to path: String) throws(FileError) {
        try Durable.write(bytes.span, to: path, mode: 0o644, .replace)
    }

    package func checkpoint() async throws -> [UInt8]? {
        let file = path + "/checkpoint"
        guard Durable.exists(file) else { return nil }
        return try Durable.read(file, limit: Self.checkpointLimit)
    }

    package func publish(tile tilePath: String, content: [UInt8]) async throws {
        var directory = path
        for component in tilePath.split(separator: "/").dropLast() {
            directory += "/\(component)"
            if !Durable.exists(directory) { try Self.makeDirectory(directory) }
        }
        try Self.publish(content, to: "\(path)/\(tilePath)")
    }

    package func publish(checkpoint: [UInt8]) async throws {
        try Self.publish(checkpoint, to: path + "/checkpoint")
    }

    /// Publishes the signed directory.
    package func publish(directory note: [UInt8]) throws(FileError) {
        try Self.publish(note, to: path + "/directory")
    }

    /// Publishes all mailbox slots of a period at once: the period's folder gets its name when it is
    /// whole. Older periods than the one before go.
    package func publish(period: Int, slots: [Hash: [UInt8]]) throws(FileError) {
        let final = "\(path)/mailbox/\(period)"
        guard !Durable.exists(final) else { return }
        let temporary = "\(path)/mailbox/.\(period)"
        try removeDirectory(temporary)
        try Self.makeDirectory(temporary)
        for (address, slot) in slots { try Self.publish(slot, to: "\(temporary)/\(address.hex)") }
        guard unsafe rename(temporary, final) == 0 else { throw FileError("rename", final) }
        try Durable.syncDirectory(path + "/mailbox")
        for name in try Durable.list(path + "/mailbox") {
            guard let old = Int(name), old < period - 1 else { continue }
            try removeDirectory("\(path)/mailbox/\(name)")
        }
    }

    private func removeDirectory(_ directory: String) throws(FileError) {
        guard Durable.exists(directory) else { return }
        for name in try Durable.list(directory) { unsafe unlink("\(directory)/\(name)") }
        guard unsafe rmdir(directory) == 0 else { throw FileError("rmdir", directory) }
    }
}
