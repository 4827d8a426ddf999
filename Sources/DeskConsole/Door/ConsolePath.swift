internal import Custody
internal import Tips

/// The pages of the console behind the session's own prefix.
enum ConsolePath: Equatable, Sendable {
    case queue
    /// What is being done in the background, and what came of it.
    case work
    case offices
    /// What is due to be destroyed, and what is kept from that.
    case retention
    case about
    case lock
    /// A page of a case.
    case open(TipID, CasePage)

    /// The one style sheet, for everybody.
    static let styleText = "/style.css"
    /// The picture that a browser shows beside the title.
    static let iconText = "/icon.svg"
    /// Where a code from the terminal is entered; the code may follow.
    static let entryText = "/enter"

    /// The path after the prefix; it begins with a slash.
    var text: String {
        switch self {
        case .queue: "/"
        case .work: "/work"
        case .offices: "/offices"
        case .retention: "/retention"
        case .about: "/about"
        case .lock: "/lock"
        case .open(let tip, let page): "/case/\(tip.hex)" + page.text
        }
    }

    /// Reads exactly what ``text`` writes; nil for anything else.
    init?(_ text: some StringProtocol) {
        switch text {
        case "/": self = .queue
        case "/work": self = .work
        case "/offices": self = .offices
        case "/retention": self = .retention
        case "/about": self = .about
        case "/lock": self = .lock
        default:
            let pieces = text.split(separator: "/", omittingEmptySubsequences: false)
            guard pieces.count >= 3, pieces[0].isEmpty, pieces[1] == "case",
                let tip = TipID(hex: String(pieces[2])), let page = CasePage(pieces[3...])
            else { return nil }
            self = .open(tip, page)
        }
    }
}

/// The pages of one case.
enum CasePage: Equatable, Sendable {
    case overview, labels, judge, ask, consent, release, approve, resume, destroy, trail, links
    case decide, reject, keep, recall
    /// A question, by its identifier.
    case question(String)
    /// A new text from the part of this number.
    case derive(Int)
    /// A text made at the desk, by its payload.
    case derivative(Hash)
    /// The file in the part of this number.
    case file(Int)
    /// No page: a safe copy itself.
    case copy(CopyName)
    /// The link to another case.
    case link(TipID)

    private static let simple: [(String, CasePage)] = [
        ("labels", .labels), ("judge", .judge), ("ask", .ask), ("consent", .consent),
        ("release", .release), ("approve", .approve), ("resume", .resume),
        ("destroy", .destroy), ("trail", .trail), ("links", .links), ("decide", .decide),
        ("reject", .reject), ("keep", .keep), ("recall", .recall),
    ]

    fileprivate var text: String {
        switch self {
        case .overview: ""
        case .question(let id): "/question/\(id)"
        case .derive(let number): "/derive/\(number)"
        case .derivative(let payload): "/derivative/\(payload.hex)"
        case .file(let number): "/file/\(number)"
        case .copy(let name): name.text
        case .link(let other): "/link/\(other.hex)"
        default: "/" + (Self.simple.first { $0.1 == self }?.0 ?? "")
        }
    }

    /// Whether something of what a reporter wrote stands on it: whoever opens it has read the case.
    var showsTexts: Bool {
        switch self {
        // Reasons, names of persons and hours alone; a copy is written down for itself.
        case .resume, .destroy, .trail, .reject, .keep, .recall, .copy: false
        case .overview, .labels, .judge, .ask, .consent, .release, .approve, .links, .decide,
            .question, .derive, .derivative, .file, .link:
            true
        }
    }

    fileprivate init?(_ pieces: ArraySlice<some StringProtocol>) {
        let pieces = pieces.map { String($0) }
        switch pieces.count {
        case 0: self = .overview
        case 1:
            guard let found = Self.simple.first(where: { $0.0 == pieces[0] }) else { return nil }
            self = found.1
        case 2: self.init(pieces[0], pieces[1])
        default:
            guard let name = CopyName(pieces) else { return nil }
            self = .copy(name)
        }
    }

    private init?(_ kind: String, _ name: String) {
        switch kind {
        case "question":
            guard name.utf8.count <= Limits.questionIDBytes, name.utf8.allSatisfy(Self.isPlain)
            else { return nil }
            self = .question(name)
        case "derive":
            guard let number = CopyName.number(name) else { return nil }
            self = .derive(number)
        case "file":
            guard let number = CopyName.number(name) else { return nil }
            self = .file(number)
        case "derivative":
            guard let payload = Hash(hex: name) else { return nil }
            self = .derivative(payload)
        case "link":
            guard let other = TipID(hex: name) else { return nil }
            self = .link(other)
        default: return nil
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}

/// An address on this console: always ours, always encoded.
struct Place: Sendable {
    /// The address as a browser takes it.
    let text: String

    /// `path` behind the session's `prefix`, with what is asked of it.
    init(prefix: String, _ path: ConsolePath, _ query: [(String, String)] = []) {
        let asked = query.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }
        text = "/" + prefix + path.text + (asked.isEmpty ? "" : "?" + asked.joined(separator: "&"))
    }

    /// Where codes from the terminal are entered.
    static let entry = Place(text: ConsolePath.entryText)

    private init(text: String) { self.text = text }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F:
                String(UnicodeScalar(byte))
            default: "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }
        }.joined()
    }
}
