/// What went wrong and what to do about it, for the person at the terminal.
///
/// Thrown to the top of a program, it is printed on standard error and ends it with ``exitCode``.
package struct Failure: Error, CustomStringConvertible, Equatable {
    /// What went wrong, in plain words.
    package let message: String
    /// What to do, if there is something to do.
    package let hint: String?
    /// 1 for a refusal; 64 for a wrong call; 70 for a failure of the machine.
    package let exitCode: Int32

    /// A failure with a message and perhaps a hint.
    package init(_ message: String, hint: String? = nil, exitCode: Int32 = 1) {
        self.message = message
        self.hint = hint
        self.exitCode = exitCode
    }

    /// The same failure, with another sentence after its hint.
    package func adding(hint more: String?) -> Failure {
        let hints = [hint, more].compactMap { $0 }
        return Failure(
            message, hint: hints.isEmpty ? nil : hints.joined(separator: "\n"), exitCode: exitCode)
    }

    /// The message, then the hint on a line of its own.
    package var description: String {
        guard let hint else { return message }
        return message + "\n" + hint
    }
}
