internal import DurableFiles
internal import Glibc
package import NativePrimitives
internal import Sealing

/// Asking a person, or the script that stands in for one.
///
/// When standard input is a terminal, questions go to the terminal and secrets are not shown as
/// they are typed. When it is not, each answer is one line of standard input. Secrets never come
/// from arguments or the environment, where other processes can read them.
package enum Prompt {
    /// Most bytes of an answer.
    package static let byteLimit = 4096

    /// One line, shown as it is typed.
    package static func line(_ question: String) throws(Failure) -> String {
        let bytes = try answer(question, isSecret: false)
        guard
            let text = bytes.withBytes({ String(validating: [UInt8](copying: $0), as: UTF8.self) })
        else { throw Failure("What was typed is not valid UTF-8 text.") }
        return text
    }

    /// A secret that exists already.
    ///
    /// - Parameter isInputTaken: whether standard input carries something else: then the terminal
    ///   itself is asked.
    package static func passphrase(
        _ question: String, isInputTaken: Bool = false
    ) throws(Failure) -> Secret {
        let secret =
            try isInputTaken
            ? answerAtTerminal(question) : answer(question, isSecret: true)
        guard secret.count > 0 else {
            throw Failure(
                "No passphrase was given.",
                hint: "Type it, or send it as one line of standard input.")
        }
        return secret
    }

    /// A new passphrase: at a terminal it is asked for twice.
    package static func newPassphrase(
        _ question: String, isInputTaken: Bool = false
    ) throws(Failure) -> Secret {
        let first = try passphrase(question, isInputTaken: isInputTaken)
        guard isInputTaken || isatty(STDIN_FILENO) == 1 else { return first }
        let second = try passphrase("Once more: ", isInputTaken: isInputTaken)
        let same = first.withBytes { first in
            second.withBytes { NativePrimitives.areEqual(first, $0) }
        }
        guard same else { throw Failure("The two passphrases differ; nothing was done.") }
        return first
    }

    private static func answerAtTerminal(_ question: String) throws(Failure) -> Secret {
        let terminal: OpenFile
        do throws(FileError) {
            terminal = try OpenFile(reading: "/dev/tty")
        } catch {
            throw Failure(
                "A passphrase is needed, and there is no terminal to type it at: standard input carries "
                    + "the file.",
                hint: "Save the file, and give its name; the passphrase then comes from there.")
        }
        return try answer(question, isSecret: true, from: terminal.descriptor)
    }

    private static func answer(
        _ question: String, isSecret: Bool, from descriptor: Int32 = STDIN_FILENO
    ) throws(Failure) -> Secret {
        guard isatty(descriptor) == 1 else { return try readLine(descriptor) }
        fputsStandardError(question)
        guard isSecret, HiddenTyping.begin(descriptor) else { return try readLine(descriptor) }
        defer {
            HiddenTyping.end()
            fputsStandardError("\n")
        }
        return try readLine(descriptor)
    }

    /// One line, byte by byte, so that the next line is left for the next question.
    private static func readLine(_ descriptor: Int32) throws(Failure) -> Secret {
        var buffer = Secret(count: byteLimit)
        var count = 0
        while true {
            var byte: UInt8 = 0
            let got = unsafe read(descriptor, &byte, 1)
            if got < 0 {
                if errno == EINTR { continue }
                throw Failure("Standard input cannot be read.", exitCode: 70)
            }
            if got == 0 {
                guard count > 0 else {
                    throw Failure(
                        "Standard input ended where an answer was expected.",
                        hint: "Send one line for each question.")
                }
                break
            }
            if byte == 0x0A { break }
            guard count < byteLimit else { throw Failure("That line is too long.") }
            buffer.write([byte].span, at: count)
            count += 1
        }
        return buffer.withBytes { bytes in
            // A line end of Windows.
            let hasReturn = count > 0 && bytes[count - 1] == 0x0D
            return Secret(copying: bytes.extracting(first: hasReturn ? count - 1 : count))
        }
    }
}

func fputsStandardError(_ text: String) {
    var bytes = [UInt8](text.utf8)[...]
    while !bytes.isEmpty {
        let count = unsafe bytes.withUnsafeBytes {
            unsafe write(STDERR_FILENO, $0.baseAddress, $0.count)
        }
        guard count > 0 else { return }
        bytes = bytes.dropFirst(count)
    }
}
