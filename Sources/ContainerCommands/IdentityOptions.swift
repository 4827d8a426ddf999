internal import ArgumentParser
internal import Containers
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Terminal

/// Which identities open a file, as `-i` says it.
struct IdentityOptions: ParsableArguments {
    @Option(
        name: [.customShort("i"), .customLong("identity")], parsing: .singleValue,
        help: ArgumentHelp(
            "An age identity file, as keygen writes it; with -, standard input. May be given more than once.",
            valueName: "file"))
    var files: [String] = []

    private static let hint = "An identity is a line that begins with AGE-SECRET-KEY-."

    /// All of them, in the order given.
    ///
    /// - Parameter isInputTaken: whether standard input carries a file: then the terminal itself is asked
    ///   for a passphrase.
    func read(isInputTaken: Bool) throws -> [Identity<NativePrimitives>] {
        try files.flatMap { try Self.read($0, isInputTaken: isInputTaken) }
    }

    /// The identities in one file; `-` is standard input.
    static func read(
        _ name: String, isInputTaken: Bool
    ) throws -> [Identity<NativePrimitives>] {
        let source = try Standard.input(name)
        let path = source.path
        let file: Secret
        var isAsked = false
        do {
            file = try KeyFile.read(source) { () throws(Failure) in
                isAsked = true
                return try FileOpening.passphrase(of: path, isInputTaken: isInputTaken)
            }
        } catch OpeningError.noMatch where isAsked {
            throw Failure("\(path): that is not its passphrase.")
        } catch OpeningError.noMatch {
            throw Failure(
                "\(path) is itself sealed to a key: it is not the file of an identity.",
                hint: "Perhaps -i and the file to open are the wrong way round.")
        } catch let error as OpeningError {
            throw Failure("\(path): \(error.words).")
        }
        do {
            return try file.withBytes { try IdentityFile.parse($0, with: NativePrimitives.self) }
        } catch IdentityFile.Failure.badLine(let number) {
            throw badLine(number, of: file, at: path)
        } catch {
            throw Failure("\(path) is no age identity file: there is no key in it.", hint: hint)
        }
    }

    private static func badLine(
        _ number: Int, of file: borrowing Secret, at path: String
    ) -> Failure {
        var bytes = file.withBytes { [UInt8](copying: $0) }
        defer { NativePrimitives.wipe(&bytes) }
        let line = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[number - 1]
        guard let kind = KeyText.foreignKind(line) else {
            return Failure(
                "\(path) is no age identity file, or a letter of it is wrong (line \(number)).",
                hint: hint)
        }
        return Failure(
            "\(path), line \(number), is a key of \(kind), and this program does not know those.")
    }
}
