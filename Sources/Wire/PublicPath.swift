/// A path of the public door, as the reporter's programs ask for it and the door understands it.
///
/// Parsing accepts exactly the spelling that ``text`` writes: no query, no escapes, no second
/// slash, lower-case hexadecimal only.
package enum PublicPath: Equatable, Sendable {
    /// `GET`: whether the door is up.
    case health
    /// `GET`: the signed directory of keys.
    case directory
    /// `GET`: the newest checkpoint of the custody log.
    case checkpoint
    /// `GET`: a tile of the custody log; the part of the path after `/tile/`.
    case tile(String)
    /// `GET`: a fresh puzzle for one kind of request.
    case challenge(PuzzlePurpose)
    /// `POST`: a whole frame of kind tip.
    case tips
    /// `POST`: a whole frame of kind supplement.
    case supplements
    /// `POST`: the head of a frame too large for one request.
    case uploads
    /// `HEAD`, `PATCH`, `DELETE`: one resumable upload, by its 32-byte token.
    case upload([UInt8])
    /// `GET`: one mailbox slot, by its 32-byte address.
    case mailbox([UInt8])
    /// `PUT`, `GET`: one parked sealing state, by its 32-byte address.
    case parked([UInt8])
    /// `POST`: a sealed file from the form of the page in this language.
    case drop(language: String)
    /// `GET`: the desk's recipient for stock age, as a recipients file; for `legacy`, the X25519 one.
    case recipient(legacy: Bool)
    /// `GET`: the offices of the directory in words, in this language where it has them.
    case offices(language: String)
    /// `GET`: a file of the reporter's page: `/`, `/<language>/`, `/<language>/<name>/` or
    /// `/a/<file>`.
    case page(String)

    /// Bytes of a token or an address.
    package static let addressBytes = 32

    /// The path as it stands in a request.
    package var text: String {
        switch self {
        case .health: "/health"
        case .directory: "/directory"
        case .checkpoint: "/checkpoint"
        case .tile(let rest): "/tile/" + rest
        case .challenge(let purpose): "/challenge/" + purpose.pathComponents
        case .tips: "/tips"
        case .supplements: "/supplements"
        case .uploads: "/uploads"
        case .upload(let token): "/uploads/" + Hex.encode(token)
        case .mailbox(let address): "/mailbox/" + Hex.encode(address)
        case .parked(let address): "/parked/" + Hex.encode(address)
        case .drop(let language): "/drop/" + language
        case .offices(let language): "/offices/" + language
        case .recipient(let legacy): legacy ? "/recipient/x25519" : "/recipient"
        case .page(let path): path
        }
    }

    /// Reads a request's path; nil for anything ``text`` would not write.
    package init?(_ path: String) {
        switch path {
        case "/health": self = .health
        case "/directory": self = .directory
        case "/checkpoint": self = .checkpoint
        case "/tips": self = .tips
        case "/supplements": self = .supplements
        case "/uploads": self = .uploads
        case "/recipient": self = .recipient(legacy: false)
        case "/recipient/x25519": self = .recipient(legacy: true)
        default: self.init(parametrised: path)
        }
    }

    private init?(parametrised path: String) {
        if let rest = path.after("/tile/") {
            guard Self.isTilePath(rest) else { return nil }
            self = .tile(rest)
        } else if let rest = path.after("/challenge/"), let purpose = PuzzlePurpose(rest) {
            self = .challenge(purpose)
        } else if let token = path.after("/uploads/").flatMap(Self.address) {
            self = .upload(token)
        } else if let address = path.after("/mailbox/").flatMap(Self.address) {
            self = .mailbox(address)
        } else if let address = path.after("/parked/").flatMap(Self.address) {
            self = .parked(address)
        } else if let language = path.after("/drop/"), Self.isLanguage(language) {
            self = .drop(language: language)
        } else if let language = path.after("/offices/"), Self.isLanguage(language) {
            self = .offices(language: language)
        } else if Self.isPagePath(path) {
            self = .page(path)
        } else {
            return nil
        }
    }

    /// Whether `path` can be a page's: nothing, a language tag, the same and a word, or `a/` and a
    /// file's name between slashes, so that none leads elsewhere.
    private static func isPagePath(_ path: String) -> Bool {
        if path == "/" { return true }
        if let name = path.after("/a/") {
            return (1...80).contains(name.utf8.count) && !name.hasPrefix(".")
                && name.utf8.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                        || $0 == 0x2E
                }
        }
        guard path.hasPrefix("/"), path.hasSuffix("/") else { return false }
        let names = path.dropFirst().dropLast().split(
            separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard names.count <= 2, isLanguage(String(names[0])) else { return false }
        return names.count == 1
            || (3...16).contains(names[1].utf8.count)
                && names[1].utf8.allSatisfy { (0x61...0x7A).contains($0) }
    }

    /// Whether `text` looks like a language tag, of which the first part has two or three letters,
    /// unlike any other path here.
    private static func isLanguage(_ text: String) -> Bool {
        let subtags = text.utf8.split(
            separator: 0x2D, maxSplits: 3, omittingEmptySubsequences: false)
        return (2...3).contains(subtags[0].count)
            && subtags.allSatisfy { subtag in
                (2...8).contains(subtag.count)
                    && subtag.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
            }
    }

    private static func address(_ hexadecimal: String) -> [UInt8]? {
        Hex.decode(hexadecimal, count: addressBytes)
    }

    /// Whether `rest` can be a tile's path (C2SP tlog-tiles): every component is digits, `x` and
    /// digits, digits and `.p`, or `entries`; so none leads elsewhere.
    private static func isTilePath(_ rest: String) -> Bool {
        guard (1...64).contains(rest.utf8.count) else { return false }
        return rest.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            if $0 == "entries" { return true }
            let number =
                $0.hasPrefix("x") ? $0.dropFirst() : $0.hasSuffix(".p") ? $0.dropLast(2) : $0
            return !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
    }
}

extension String {
    fileprivate func after(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
