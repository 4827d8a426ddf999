internal import Custody
internal import Tips

/// How somebody was shown a part of a case.
package enum Look: String, CaseIterable, Sendable {
    /// Its text, on a page of the case or at a terminal.
    case text
    /// A safe copy, small and grey.
    case grey
    /// A safe copy, small and in colour.
    case colour
    /// A safe copy as large as it is.
    case large
    /// A safe copy as a file that nothing seals.
    case copySaved = "copy-saved"
    /// The original as a file that nothing seals.
    case originalSaved = "original-saved"

    /// A safe copy on a page, from the one that shows least on.
    package static let stages: [Look] = [.grey, .colour, .large]

    /// Whether who looked so has seen all that `other` shows.
    func covers(_ other: Look) -> Bool {
        if self == other { return true }
        guard let mine = Self.stages.firstIndex(of: self),
            let less = Self.stages.firstIndex(of: other)
        else { return false }
        return mine >= less
    }

    /// What was done, after the name of the part.
    fileprivate var words: String {
        switch self {
        case .text: "shown as text"
        case .grey: "a safe copy shown small and grey"
        case .colour: "a safe copy shown small, in colour"
        case .large: "a safe copy shown large, in colour"
        case .copySaved: "a safe copy saved as a file"
        case .originalSaved: "THE ORIGINAL saved as a file"
        }
    }
}

/// Who is about to be shown something.
package enum Reader: Equatable, Sendable {
    /// A person of the roster, by the signing agent that was asked.
    case person(String)
    /// Whoever runs a command without a signing agent: the name of their account on this machine.
    case account(String)
}

/// An entry of a case's journal: somebody asked to see parts of it.
///
/// It is written before anything is shown. After a crash between the two it says more than was seen,
/// never less.
struct CaseLook: Equatable, Sendable {
    /// Most bytes of an account's name.
    static let accountLimit = 64

    /// The payloads of the parts.
    let parts: [Hash]
    let look: Look
    /// The account of who looked without a signing agent; "" for a person, whose name the entry has.
    let account: String

    /// In words; `title` names a part.
    func words(_ title: (Hash) -> String) -> String {
        guard parts.count == 1, let part = parts.first else { return "the texts were shown" }
        return "\(title(part)): \(look.words)"
    }
}

/// `{"action":"looked","parts":[…],"how":"grey","account":""}`
extension CaseLook {
    func write(to object: inout JSONObject) {
        object.add("parts", .array(parts.map { .string($0.hex) }))
        object.add("how", .string(look.rawValue))
        object.add("account", .string(account))
    }

    init(_ object: JSONObject) throws {
        guard let look = Look(rawValue: try object.string("how")) else {
            throw JSONError.badValue("how")
        }
        self.look = look
        parts = try object.strings("parts").map {
            guard let payload = Hash(hex: $0) else { throw JSONError.badValue("parts") }
            return payload
        }
        account = try object.string("account")
    }
}

extension CaseEvent {
    /// Whether somebody only looked.
    var isLook: Bool {
        if case .looked = action { true } else { false }
    }
}
