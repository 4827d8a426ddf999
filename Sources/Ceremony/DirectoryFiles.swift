package import Agencies
package import Custody
internal import DurableFiles

/// The files of a signed directory: the newest under its own name, each older one kept beside it.
///
/// `directory.note` of version 7 becomes `directory-7.note` when version 8 takes its name, because
/// statements and auditors refer to it by digest for years. Nothing else is ever replaced.
package enum DirectoryFiles {
    /// The directory at `path`, or nil when there is no file.
    ///
    /// - Throws: ``CeremonyError/refused(path:_:)`` when `root` did not sign what is there.
    package static func previous(
        at path: String, root: NoteVerifier
    ) throws(CeremonyError) -> Directory? {
        guard Durable.exists(path) else { return nil }
        return try DirectorySigning.read(try read(path), from: path, root: root)
    }

    /// Writes policy and directory.
    ///
    /// Order of effects: the old pair is kept, then the new policy takes its name, then the new
    /// directory. After a crash in between, the policy is not the directory's: everything is
    /// withheld until the same command is run again.
    package static func publish(
        _ directory: Directory, at path: String, policy: Policy, policyPath: String
    ) throws(CeremonyError) {
        let previous = try previous(at: path, root: directory.root)
        try keepPolicy(at: policyPath, of: previous, new: policy)
        if let previous { try keep(previous.note, of: path, version: previous.version) }
        try write(policy.encoded, to: policyPath, .replace)
        try write(directory.note, to: path, .replace)
    }

    /// Writes a directory whose policy did not change.
    package static func publish(_ directory: Directory, at path: String) throws(CeremonyError) {
        if let previous = try previous(at: path, root: directory.root) {
            try keep(previous.note, of: path, version: previous.version)
        }
        try write(directory.note, to: path, .replace)
    }

    /// Reads a file of at most ``UnverifiedDirectory/byteLimit`` bytes.
    package static func read(_ path: String) throws(CeremonyError) -> [UInt8] {
        try readingFile { () throws(FileError) in
            try Durable.read(path, limit: UnverifiedDirectory.byteLimit)
        }
    }

    /// Keeps the policy that `previous` names. The new one may be there already, from a run that
    /// was interrupted; anything else is not ours to replace.
    private static func keepPolicy(
        at path: String, of previous: Directory?, new: Policy
    ) throws(CeremonyError) {
        guard Durable.exists(path) else { return }
        let bytes = try read(path)
        let digest = Hash(sha256: bytes)
        if let previous, digest == previous.policyDigest {
            try keep(bytes, of: path, version: previous.version)
        } else if digest != new.digest {
            throw .inTheWay(path: path)
        }
    }

    private static func keep(
        _ bytes: [UInt8], of path: String, version: Int
    ) throws(CeremonyError) {
        let kept = keptName(of: path, version: version)
        if Durable.exists(kept) {
            guard try read(kept) == bytes else { throw .inTheWay(path: kept) }
            return
        }
        try write(bytes, to: kept, .refuse)
    }

    /// `Keys/directory.note` and 7 give `Keys/directory-7.note`.
    static func keptName(of path: String, version: Int) -> String {
        let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        guard let dot = path[start...].lastIndex(of: "."), dot != start else {
            return "\(path)-\(version)"
        }
        return "\(path[..<dot])-\(version)\(path[dot...])"
    }

    /// Public material: readable by all, so that the doors' users can read it too.
    private static func write(
        _ bytes: [UInt8], to path: String, _ clash: NewFile.Clash
    ) throws(CeremonyError) {
        try readingFile { () throws(FileError) in
            try Durable.write(bytes.span, to: path, mode: 0o644, clash)
        }
    }
}
