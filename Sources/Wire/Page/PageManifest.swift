internal import Sealing
package import Tips

/// The list of everything that the reporter's page consists of, as `Sources/Intake/Page/make` writes
/// it; whoever makes the page from the same sources gets the same list.
///
///     {"format":"sallyport-page/2","root":"<vkey>",
///      "files":{"/path":{"identity":"<64 hex>","br":"<64 hex>","gzip":"<64 hex>"},…}}
package struct PageManifest: Equatable, Sendable {
    /// How a file goes over the wire: the content codings of HTTP.
    package enum Coding: String, CaseIterable, Sendable {
        /// As it is.
        case identity
        /// Compressed with Brotli.
        case br
        /// Compressed with gzip.
        case gzip
    }

    /// One file.
    package struct File: Equatable, Sendable {
        /// What a browser asks for.
        package let path: PublicPath
        /// SHA-256 of its bytes in each coding that there is.
        package let digests: [Coding: SHA256Digest]
    }

    /// The root's key that the page verifies the directory with, as a vkey.
    package let root: String
    /// The files, by their paths.
    package let files: [File]

    /// Most bytes of a manifest.
    package static let byteLimit = 1 << 20
    /// Most files.
    static let countLimit = 1024

    /// Reads a manifest.
    ///
    /// - Throws: ``PageManifestError``.
    package init(_ bytes: [UInt8]) throws(PageManifestError) {
        do throws(JSONError) {
            let object = try JSON.parse(bytes.span, limit: Self.byteLimit).asObject()
            try object.allowOnly(["format", "root", "files"])
            guard try object.string("format") == "sallyport-page/2" else {
                throw JSONError.badValue("format")
            }
            root = try object.string("root")
            let listed = try object.object("files")
            guard (1...Self.countLimit).contains(listed.members.count) else {
                throw JSONError.badValue("files")
            }
            var files: [File] = []
            for member in listed.members {
                files.append(try Self.file(member.key, try listed.object(member.key)))
            }
            self.files = files
        } catch {
            throw .unreadable
        }
    }

    private static func file(_ name: String, _ object: JSONObject) throws(JSONError) -> File {
        try object.allowOnly(Coding.allCases.map(\.rawValue))
        guard let path = PublicPath(name), case .page = path, object.has("identity") else {
            throw .badValue("files")
        }
        var digests: [Coding: SHA256Digest] = [:]
        for coding in Coding.allCases where object.has(coding.rawValue) {
            guard let digest = SHA256Digest(hex: try object.string(coding.rawValue)) else {
                throw .badValue("files")
            }
            digests[coding] = digest
        }
        return File(path: path, digests: digests)
    }
}

/// Why a manifest cannot be used.
package enum PageManifestError: Error, Equatable, CustomStringConvertible {
    /// It is not the list that `make` writes, or names what is no path of a page.
    case unreadable

    /// What is wrong, for the operator.
    package var description: String {
        "the page's manifest.json is not what Sources/Intake/Page/make writes"
    }
}
