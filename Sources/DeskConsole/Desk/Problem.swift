internal import Agents
internal import PartnerClient
internal import Verification

/// Why something was not done, for a person at the console, and what to do next.
struct Problem: Sendable {
    /// What went wrong.
    let words: String
    /// What to do.
    let advice: String
    /// The page on which something has to be done first.
    let step: DeskStep?

    /// The problem that `words` tell.
    init(_ words: String, advice: String = "", step: DeskStep? = nil) {
        self.words = words
        self.advice = advice
        self.step = step
    }

    /// The problem behind an error.
    init(_ error: any Error) {
        let error = DeskError(wrapping: error)
        switch error {
        case .notYet(let what, let step): self.init(what + (step == nil ? "" : "."), step: step)
        default: self.init(Self.sentence(error.message), advice: Self.advice(error))
        }
    }

    /// The text as a sentence. A file's name at its beginning stays as it is.
    private static func sentence(_ text: String) -> String {
        let isName = text.prefix { $0 != " " }.contains("/")
        let start = isName ? text : text.prefix(1).uppercased() + text.dropFirst()
        return start.hasSuffix(".") || start.hasSuffix("?") ? start : start + "."
    }

    private static func advice(_ error: DeskError) -> String {
        switch error {
        case .agent(.refused(.wrongPassphrase)):
            "Nothing was signed. Type your passphrase again."
        case .agent(.unreachable):
            "Nothing was done. Start that agent again, then send the same once more."
        case .dispatch(.unreachable): "Nothing is lost. Do the same again when dispatch is up."
        case .busy: "Nothing was done, and nothing is lost. Send the same again in a moment."
        case .samePerson: "Ask a colleague to do this at their own console."
        case .secondPersonMissing: "Ask a colleague to read and approve it at their own console."
        case .recomputationDiffers:
            "Nothing was signed or sent. Look at what each office would get, and prepare again."
        case .frozen:
            "Find out why. A held or frozen case goes on from the page “Let it go on”; a rejected one does not."
        case .altered: "Nothing was done. Tell the person who keeps this machine."
        default: ""
        }
    }
}
