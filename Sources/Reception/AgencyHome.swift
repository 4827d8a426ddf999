package import Agencies
package import Custody
internal import DurableFiles

/// The folder in which an agency's program keeps what it must remember, mode 0700:
///
/// ```
/// office              the office's id
/// root                the root's public key (a C2SP vkey), pinned when the folder was made
/// identity.age        the age identity, sealed under a passphrase unless that was declined
/// signing.key         the signing key (PEM), likewise
/// newest              the newest directory seen: version, digest, day of issue
/// directories/N       every directory taken, as it was signed
/// seen/N              the statement's digest of the release with number N
/// recalled/DIGEST     the number of the recall that names the release of this statement
/// head                dispatch's newest signed count and checkpoint
/// ```
package struct AgencyHome: Sendable {
    /// The folder.
    package let path: String
    /// The office.
    package let office: OfficeID
    /// The root's key.
    package let root: NoteVerifier

    /// Opens the folder at `path`.
    ///
    /// - Throws: ``ReceptionError/badHome(path:problem:)``.
    package init(opening path: String) throws(ReceptionError) {
        self.path = path
        guard let office = OfficeID(try Self.line("office", in: path)) else {
            throw .badHome(path: path + "/office", problem: "it does not hold the id of an office")
        }
        self.office = office
        guard let root = try? NoteVerifier(vkey: Self.line("root", in: path)) else {
            throw .badHome(path: path + "/root", problem: "it does not hold a root key")
        }
        self.root = root
    }

    /// Makes a folder of what ``Enrolment`` has put keys into.
    static func finish(
        at path: String, office: OfficeID, root: NoteVerifier
    ) throws(ReceptionError) {
        try filing { () throws(FileError) in
            try Durable.createDirectory(path + "/directories")
            try Durable.createDirectory(path + "/seen")
            try Durable.write([UInt8]((root.vkey + "\n").utf8).span, to: path + "/root")
            // Written last: a folder without it is not taken for a whole one.
            try Durable.write([UInt8]((office.text + "\n").utf8).span, to: path + "/office")
        }
    }

    /// The file of the age identity.
    package var identityPath: String { path + "/identity.age" }
    /// The file of the signing key.
    package var signingKeyPath: String { path + "/signing.key" }

    /// Writes one small file of the folder, whole and durable, over an older one.
    func write(_ text: String, to name: String) throws(ReceptionError) {
        try filing { () throws(FileError) in
            let file = path + "/" + name
            try Durable.createDirectory(Durable.parent(of: file))
            try Durable.write([UInt8](text.utf8).span, to: file, .replace)
        }
    }

    /// The first line of a small file of the folder; nil when there is no such file.
    func read(_ name: String) throws(ReceptionError) -> String? {
        guard Durable.exists(path + "/" + name) else { return nil }
        return try Self.line(name, in: path)
    }

    private static func line(_ name: String, in path: String) throws(ReceptionError) -> String {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Durable.read(path + "/" + name, limit: 64 * 1024)
        } catch {
            guard error.isNotThere else { throw .file(error) }
            throw .badHome(path: path, problem: "there is no agency folder here")
        }
        let first = bytes.prefix { $0 != 0x0A }
        guard let line = String(validating: first, as: UTF8.self) else {
            throw .badHome(path: path + "/" + name, problem: "it is not text")
        }
        return line
    }
}
