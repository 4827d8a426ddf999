package import Custody
package import DurableFiles
internal import Glibc
internal import NativePrimitives
internal import Sealing
internal import Tips

/// The custody log's private key in a file: dispatch signs without people, so the file has no
/// passphrase; its mode must keep everybody else out.
package enum LogKey {
    private static let limit = 4096

    /// Makes a key and writes it to a new file of mode 0600.
    ///
    /// - Returns: the public half.
    /// - Throws: ``FileError`` with `EEXIST` when there is a file already.
    package static func create(at path: String) throws(FileError) -> VerifyingKey {
        let key = SigningKey.generate()
        let pem = key.pkcs8PEM()
        try pem.withBytes { (bytes) throws(FileError) in try Durable.write(bytes, to: path) }
        return key.publicKey
    }

    /// Reads the key.
    ///
    /// - Throws: ``LogKeyError``.
    package static func read(_ path: String) throws(LogKeyError) -> SigningKey {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw .unreadable(path) }
        guard status.st_mode & 0o077 == 0 else { throw .notPrivate(path) }
        do {
            var bytes = try Durable.read(path, limit: limit)
            defer { NativePrimitives.wipe(&bytes) }
            return try SigningKey(pkcs8PEM: bytes.span)
        } catch is KeyError {
            throw .malformed(path)
        } catch {
            throw .unreadable(path)
        }
    }
}

/// Why the log's key cannot be used.
package enum LogKeyError: Error, Equatable, CustomStringConvertible {
    /// It cannot be read.
    case unreadable(String)
    /// Others could read it.
    case notPrivate(String)
    /// It is no Ed25519 key in PKCS#8 PEM.
    case malformed(String)
    /// It is not the log key of the directory.
    case notTheDirectorys

    package var description: String {
        switch self {
        case .unreadable(let path): "\(path): the log's key cannot be read"
        case .notPrivate(let path): "\(path): others can read the log's key; use chmod 600"
        case .malformed(let path): "\(path): not an Ed25519 private key in PKCS#8 PEM"
        case .notTheDirectorys: "the log's key is not the one that the directory names"
        }
    }
}

/// Signs heads with the log's key. Nothing is written after it is made.
final class HeadSigner: Sendable {
    private let key: SigningKey

    init(_ key: consuming SigningKey) {
        self.key = key
    }

    func sign(_ head: [UInt8]) -> [UInt8] { key.sign(head) }
}
