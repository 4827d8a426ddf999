internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips
internal import Wire

/// The reporter's page as it was made (`Sources/Intake/Page/make`), held in memory.
///
/// ```
/// manifest.json             the list of all files; see `Wire.PageManifest`
/// index.html                the languages
/// <language>/index.html     the page
/// <language>/<name>/index.html  how to do without script, and what the door answers then
/// a/<name>.<hash>.<ext>     what it loads; each file beside it compressed as .br and .gz
/// ```
/// A file that differs from the manifest, or is not named there, is not served.
package struct PageFiles: Sendable {
    /// One file in its encodings.
    struct File: Sendable {
        let path: String
        let bytes: [PageManifest.Coding: [UInt8]]
    }

    /// Most bytes of one file.
    static let fileLimit = 4 << 20

    private let files: [String: File]

    /// Reads the page at `path`.
    ///
    /// - Throws: ``PageError``; `PageManifestError`; `FileError`.
    package init(path: String) throws {
        let manifest = try PageManifest(
            try Durable.read(path + "/manifest.json", limit: PageManifest.byteLimit))
        var files: [String: File] = [:]
        for listed in manifest.files {
            let name = listed.path.text
            files[name] = File(path: name, bytes: try Self.read(listed, in: path))
        }
        self.files = files
    }

    /// The file of a request's path; nil when there is none.
    func file(_ path: String) -> File? { files[path] }

    private static func read(
        _ file: PageManifest.File, in folder: String
    ) throws -> [PageManifest.Coding: [UInt8]] {
        let name = file.path.text
        let stored = folder + (PageRules.isShown(name) ? name + "index.html" : name)
        var found: [PageManifest.Coding: [UInt8]] = [:]
        for (coding, digest) in file.digests {
            let bytes = try Durable.read(stored + coding.ending, limit: fileLimit)
            guard SHA256Digest.of(bytes.span, with: NativePrimitives.self) == digest else {
                throw PageError.altered(name + coding.ending)
            }
            found[coding] = bytes
        }
        return found
    }
}

extension PageManifest.Coding {
    /// What the name of a file in this coding ends with.
    fileprivate var ending: String {
        switch self {
        case .identity: ""
        case .br: ".br"
        case .gzip: ".gz"
        }
    }
}

/// Why a page cannot be served; the door does not open then.
package enum PageError: Error, Equatable, CustomStringConvertible {
    /// This file is not the one that the manifest names.
    case altered(String)

    /// What is wrong, for the operator.
    package var description: String {
        switch self {
        case .altered(let name): "the page's file \(name) is not the one its manifest names"
        }
    }
}
