internal import NativePrimitives
internal import Submission
internal import Terminal

/// Withdrawal words at the terminal: bytes that are wiped, from the keyboard to the seal.
enum CodeWordPrompt {
    private static let question = "Withdrawal word: "

    /// Asks for a word that was set before.
    static func existing() throws -> CodeWord { try word(try Prompt.passphrase(question)) }

    /// Asks for a new word, at a terminal twice.
    static func new() throws -> CodeWord { try word(try Prompt.newPassphrase(question)) }

    private static func word(_ typed: consuming Secret) throws -> CodeWord {
        do throws(CodeWordError) {
            return try CodeWord(typed)
        } catch {
            switch error {
            case .notText: throw Failure("What was typed is not valid UTF-8 text.")
            case .empty:
                throw Failure(
                    "A withdrawal word of spaces alone protects nothing; nothing was sent.",
                    hint: "Choose a word that only you know.")
            }
        }
    }
}
