internal import ArgumentParser
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Terminal

/// Whom to seal to, as `-r` and `-R` say it.
struct RecipientOptions: ParsableArguments {
    /// Most bytes of a file of recipients.
    static let fileBytes = 256 * 1024

    @Option(
        name: [.customShort("r"), .customLong("recipient")], parsing: .singleValue,
        help: "A public key to seal to (age1pq1… or age1…). May be given more than once.")
    var recipients: [String] = []

    @Option(
        name: [.customShort("R"), .customLong("recipients-file")], parsing: .singleValue,
        help:
            "A file of public keys, one a line; empty lines and lines with # are skipped. With -: standard input."
    )
    var files: [String] = []

    /// Whether none was named.
    var isEmpty: Bool { recipients.isEmpty && files.isEmpty }

    /// All of them, each shown to be a key that can be sealed to.
    func resolved() throws -> [Recipient] {
        var resolved: [Recipient] = []
        for text in recipients {
            resolved.append(try Self.recipient(text, from: "the recipient \(Self.shortened(text))"))
        }
        for file in files { resolved += try Self.read(file) }
        guard let first = resolved.first else { throw SealingError.noRecipients }
        guard resolved.allSatisfy({ $0.isPostQuantum == first.isPostQuantum }) else {
            throw SealingError.mixedRecipients
        }
        guard resolved.count <= Header.stanzaLimit else { throw SealingError.tooManyRecipients }
        return resolved
    }

    private static func read(_ name: String) throws -> [Recipient] {
        let source = try Standard.input(name)
        let file = source.path
        let text = String(decoding: try Durable.readToEnd(source, limit: fileBytes), as: UTF8.self)
        // A line end of Windows is one character of Swift's, and not "\n".
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        return try zip(1..., lines).compactMap { number, line in
            guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
            return try recipient(String(line), from: "\(file), line \(number),")
        }
    }

    private static func recipient(_ text: String, from place: String) throws -> Recipient {
        guard !text.uppercased().hasPrefix("AGE-SECRET-KEY-") else {
            throw Failure(
                "What was given as a public key is a SECRET key.",
                hint: "Give the key that begins with age1; it stands in the same file, after "
                    + "\"public key:\". If others can have seen the secret key, make a new one.")
        }
        guard !text.hasPrefix("ssh-") else {
            throw Failure(
                "\(place) is a key of SSH, and this program does not seal to those.",
                hint: "Ask for a key that begins with age1.")
        }
        do {
            let recipient = try Recipient(parsing: [UInt8](text.utf8).span)
            try recipient.prove(with: NativePrimitives.self)
            return recipient
        } catch {
            throw Failure(
                "\(place) is not a public key: a letter may be wrong or missing. "
                    + "Nothing was read, nothing was written.",
                hint: "Copy the key again, from its first letter to its last.")
        }
    }

    private static func shortened(_ text: String) -> String {
        text.count <= 24 ? text : "\(text.prefix(14))…\(text.suffix(6))"
    }
}
