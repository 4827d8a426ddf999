internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips
internal import Wire

/// The reporter's page as it was made (`Sources/Intake/Page/make`), held in memory.
///
/// ```
/// manifest.json             {"format":"sallyport-page/1","files":{"/path":"<64 hex>",…}}
/// index.html                the languages
/// <language>/index.html     the page
/// a/<name>.<hash>.<ext>     what it loads; each file beside it compressed as .br and .gz
/// ```
/// A file that differs from the manifest, or is not named there, is not served.
package struct PageFiles: Sendable {
    /// One file in its encodings.
    struct File: Sendable {
        let contentType: String
        /// Whether this is the script that may compile wasm.
        let isWorker: Bool
        /// Whether a browser shows it.
        let isPage: Bool
        let identity: [UInt8]
        let brotli: [UInt8]?
        let gzip: [UInt8]?
    }

    /// Most bytes of one file.
    static let fileLimit = 4 << 20
    /// Most files.
    static let countLimit = 512

    private let files: [String: File]

    /// Reads the page at `path`.
    ///
    /// - Throws: ``PageError``; `FileError`.
    package init(path: String) throws {
        let manifest = try Durable.read(path + "/manifest.json", limit: Self.fileLimit)
        var files: [String: File] = [:]
        for (name, digest) in try Self.listed(manifest) {
            guard let place = PublicPath(name), case .page = place else {
                throw PageError.notAPath(name)
            }
            let file = path + (name.hasSuffix("/") ? name + "index.html" : name)
            let bytes = try Durable.read(file, limit: Self.fileLimit)
            guard SHA256Digest.of(bytes.span, with: NativePrimitives.self) == digest else {
                throw PageError.altered(name)
            }
            files[name] = File(
                contentType: Self.contentType(name), isWorker: name.hasPrefix("/a/worker."),
                isPage: name.hasSuffix("/"),
                identity: bytes,
                brotli: try Durable.readIfPresent(file + ".br", limit: Self.fileLimit),
                gzip: try Durable.readIfPresent(file + ".gz", limit: Self.fileLimit))
        }
        self.files = files
    }

    /// The file of a request's path; nil when there is none.
    func file(_ path: String) -> File? { files[path] }

    private static func listed(_ manifest: [UInt8]) throws -> [(String, SHA256Digest)] {
        do throws(JSONError) {
            let object = try JSON.parse(manifest.span).asObject()
            guard try object.string("format") == "sallyport-page/1" else {
                throw JSONError.badValue("format")
            }
            let files = try object.object("files")
            guard (1...countLimit).contains(files.members.count) else {
                throw JSONError.badValue("files")
            }
            var listed: [(String, SHA256Digest)] = []
            for member in files.members {
                guard let digest = SHA256Digest(hex: try files.string(member.key)) else {
                    throw JSONError.badValue("files")
                }
                listed.append((member.key, digest))
            }
            return listed
        } catch {
            throw PageError.noManifest
        }
    }

    private static func contentType(_ name: String) -> String {
        switch name.split(separator: ".").last {
        case "js": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "json": "application/json"
        case "wasm": "application/wasm"
        case "txt": "text/plain; charset=utf-8"
        default: "text/html; charset=utf-8"
        }
    }
}

/// Why a page cannot be served; the door does not open then.
package enum PageError: Error, Equatable, CustomStringConvertible {
    /// `manifest.json` is not the list that `make` writes.
    case noManifest
    /// The manifest names a path that no page has.
    case notAPath(String)
    /// This file is not the one that the manifest names.
    case altered(String)

    /// What is wrong, for the operator.
    package var description: String {
        switch self {
        case .noManifest: "the page's manifest.json is not what Sources/Intake/Page/make writes"
        case .notAPath(let name): "the page's manifest names \(name), which is no path of a page"
        case .altered(let name): "the page's file \(name) is not the one its manifest names"
        }
    }
}
