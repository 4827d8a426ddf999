internal import Agencies
internal import ArgumentParser
internal import Custody
internal import DurableFiles
internal import Glibc
internal import Submission
internal import Terminal

/// Which door, and which keys to believe.
struct Door: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where to send: https://…, or http://127.0.0.1:… on this computer.", valueName: "url"))
    var to: String

    @Option(
        help: ArgumentHelp(
            "The public root key, or a file that holds it: all else is checked against it. "
                + "Get it from a source you trust, not from the server.", valueName: "vkey"))
    var rootKey: String

    @Option(
        help: ArgumentHelp(
            "Take the directory of keys from this file, not from the server.", valueName: "file"))
    var directory: String?

    @Option(
        help: ArgumentHelp(
            "PEM file of the certificates to trust instead of the system's.", valueName: "file"))
    var certificates: String?

    /// The client of the door, which tells the person of what takes long.
    func client() throws -> IntakeClient {
        try IntakeClient(try DoorAddress(to), certificates: certificates) {
            Say.note(SubmissionWords.delay($0))
        }
    }

    /// The directory, checked against the root key.
    func verifiedDirectory(_ client: IntakeClient) async throws -> Directory {
        let root = try Self.root(rootKey)
        guard let directory else {
            return try await client.directory(root: root, clock: try Self.today())
        }
        let note = try Durable.read(directory, limit: UnverifiedDirectory.byteLimit)
        return try UnverifiedDirectory(note).verified(
            root: root, clock: try Self.today(), newest: nil)
    }

    /// Today by this computer's clock.
    static func today() throws(Failure) -> Day {
        guard let today = Day(unixTime: time(nil)) else {
            throw Failure("The clock of this computer shows no usable date.")
        }
        return today
    }

    /// The root key that `text` is, or that the file of this name holds.
    static func root(_ text: String) throws -> NoteVerifier {
        var vkey = text
        if Durable.exists(text) {
            vkey = String(decoding: try Durable.read(text, limit: 1024), as: UTF8.self)
            if vkey.hasSuffix("\n") { vkey.removeLast() }
        }
        do {
            return try NoteVerifier(vkey: vkey)
        } catch {
            throw Failure(
                "The root key is not right: a letter may be wrong or missing.",
                hint: "It looks like name+1a2b3c4d+AbCd…; copy it again from a source you trust.")
        }
    }
}
