/// A safe copy of a file in a case, and what of it is asked for.
struct CopyName: Equatable, Sendable {
    /// What is sent.
    enum View: Equatable, Sendable {
        /// The copy as it was made.
        case whole
        /// A page of a document, as a picture; from 1.
        case page(Int)
    }

    /// The part's number in the case, from 1.
    let part: Int
    /// The copy's number in the part's list, from 1.
    let number: Int
    let view: View
    /// Whether only a picture is sent that is too coarse to make anything out.
    let isCoarse: Bool

    init(part: Int, number: Int, _ view: View, isCoarse: Bool = false) {
        self.part = part
        self.number = number
        self.view = view
        self.isCoarse = isCoarse
    }

    /// The path behind the case's; it begins with a slash.
    var text: String {
        var text = "/copy/\(part)/\(number)"
        if case .page(let page) = view { text += "/page/\(page)" }
        return isCoarse ? text + "/coarse" : text
    }

    /// Reads exactly what ``text`` writes; nil for anything else.
    init?(_ pieces: [String]) {
        var pieces = pieces
        isCoarse = pieces.last == "coarse"
        if isCoarse { pieces.removeLast() }
        guard pieces.count >= 3, pieces[0] == "copy", let part = Self.number(pieces[1]),
            let number = Self.number(pieces[2])
        else { return nil }
        self.part = part
        self.number = number
        switch pieces.count {
        case 3: view = .whole
        case 5:
            guard pieces[3] == "page", let page = Self.number(pieces[4]) else { return nil }
            view = .page(page)
        default: return nil
        }
    }

    /// A number from 1 on, written in one way only.
    static func number(_ text: String) -> Int? {
        guard let number = Int(text), number > 0, "\(number)" == text else { return nil }
        return number
    }
}
