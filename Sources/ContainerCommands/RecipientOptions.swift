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
            resolved.append(
                try Self.recipient(
                    [UInt8](text.utf8)[...], from: "the recipient \(Self.shortened(text))"))
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
        // By mistake it may be the file of a secret key.
        var bytes = try Durable.readToEnd(source, limit: fileBytes)
        defer { NativePrimitives.wipe(&bytes) }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        return try zip(1..., lines).compactMap { number, line in
            let line = line.last == 0x0D ? line.dropLast() : line
            guard let first = line.first, first != 0x23 else { return nil }
            return try recipient(line, from: "\(file), line \(number),")
        }
    }

    private static func recipient(
        _ text: ArraySlice<UInt8>, from place: String
    ) throws -> Recipient {
        guard !KeyText.isSecret(text) else {
            throw Failure(
                "What was given as a public key is a SECRET key.",
                hint: "Give the key that begins with age1; it stands in the same file, after "
                    + "\"public key:\". If others can have seen the secret key, make a new one.")
        }
        if let kind = KeyText.foreignKind(text) {
            throw Failure(
                "\(place) is a key of \(kind), and this program does not seal to those.",
                hint: "Ask for a key that begins with age1pq1, or with age1 alone.")
        }
        do {
            let recipient = try Recipient(parsing: text.span)
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
