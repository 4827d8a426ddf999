import Composing
import Sealing
import Tips

/// Verifies the directory, a signed note (C2SP signed-note), and takes from it what sealing needs.
///
/// The signature of the root, whose key the page was built with, is all that makes it believed; that
/// its contents keep every rule is the affair of who signs it, and of the desk and the doors, which
/// check it. The result is its JSON text, for the page to show.
///
/// - Parameter today: days since 1970.
/// - Returns: ``PageCode/directory`` unless the root signed it and it is in force today.
@c(page_directory) public func pageDirectory(
    _ note: UnsafePointer<UInt8>, _ noteCount: Int, _ root: UnsafePointer<UInt8>,
    _ rootCount: Int, _ today: Int32
) -> Int32 {
    let note = unsafe lent(note, noteCount)
    let root = unsafe String(decoding: lent(root, rootCount), as: UTF8.self)
    guard let verifier = try? NoteVerifier(vkey: root),
        let verified = try? UnverifiedNote(note).verified(by: [verifier]),
        let reading = DirectoryReading(text: verified.text, today: Int(today))
    else { return PageCode.directory.rawValue }
    unsafe page.terms = reading.terms
    unsafe page.deskKeys = reading.deskKeys
    unsafe pageResult.set(reading.json)
    return PageCode.done.rawValue
}

/// What sealing needs of a directory's text that the root has signed.
struct DirectoryReading {
    let terms: DeskTerms
    let deskKeys: [[UInt8]]
    let json: [UInt8]

    init?(text: [UInt8], today clock: Int) {
        let label = ascii("sallyport-directory/1\n")
        guard text.starts(with: label) else { return nil }
        let json = [UInt8](text.dropFirst(label.count))
        self.json = json
        do throws(JSONError) {
            let object = try JSON.parse(json.span).asObject()
            let desk = try object.object("desk")
            guard let key = Self.key(try desk.string("key")),
                let read = try Self.terms(object, desk, today: clock)
            else { return nil }
            terms = read
            deskKeys = [key]
        } catch {
            return nil
        }
    }

    private static func terms(
        _ object: JSONObject, _ desk: JSONObject, today clock: Int
    ) throws(JSONError) -> DeskTerms? {
        guard let issued = Day(try object.string("issued")),
            let expires = Day(try object.string("expires"))
        else { return nil }
        // A clock set back gains nothing (DESIGN §5).
        let today = max(clock, issued.number)
        let revoked = try object.strings("revoked")
        guard today <= expires.number,
            let epoch = try epoch(try desk.objects("epochs"), today, revoked)
        else { return nil }
        return DeskTerms(
            epoch: epoch.number, recipient: epoch.recipient,
            directoryVersion: try object.int("version", in: 1...1_000_000_000),
            offices: try offices(try object.objects("offices"), revoked))
    }

    /// The newest open epoch whose key is not revoked.
    private static func epoch(
        _ entries: [JSONObject], _ today: Int, _ revoked: [String]
    ) throws(JSONError) -> (number: Int, recipient: Recipient)? {
        var newest: (number: Int, recipient: Recipient)?
        for entry in entries {
            guard let opens = Day(try entry.string("opens")),
                let closes = Day(try entry.string("closes")),
                let text = try entry.strings("recipients").first
            else { return nil }
            let isOpen = opens.number <= today && today <= closes.number
            guard try !entry.bool("dead"), isOpen, !isRevoked([UInt8](text.utf8), revoked),
                let recipient = try? Recipient(parsing: [UInt8](text.utf8).span),
                (try? recipient.prove(with: BoringPrimitives.self)) != nil
            else { continue }
            newest = (try entry.int("epoch", in: 1...1_000_000), recipient)
        }
        return newest
    }

    private static func offices(
        _ entries: [JSONObject], _ revoked: [String]
    ) throws(JSONError) -> [DeskTerms.Office] {
        var offices: [DeskTerms.Office] = []
        for entry in entries {
            let recipient = [UInt8](try entry.string("recipient").utf8)
            guard let signing = key(try entry.string("signingKey")) else { continue }
            offices.append(
                DeskTerms.Office(
                    id: try entry.string("id"),
                    isRevoked: isRevoked(recipient, revoked) || isRevoked(signing, revoked)))
        }
        return offices
    }

    /// Whether the SHA-256 of these bytes is among the revoked fingerprints.
    private static func isRevoked(_ bytes: [UInt8], _ revoked: [String]) -> Bool {
        let digits = SHA256Digest.of(bytes.span, with: BoringPrimitives.self).hex
        return revoked.contains { $0.utf8.elementsEqual(digits.utf8) }
    }

    /// The 32 bytes of `ed25519:` and base64.
    private static func key(_ text: String) -> [UInt8]? {
        let prefix = ascii("ed25519:")
        let bytes = [UInt8](text.utf8)
        guard bytes.starts(with: prefix) else { return nil }
        let base64 = [UInt8](bytes.dropFirst(prefix.count))
        guard let key = Base64.decode(base64.span, padded: true), key.count == 32 else { return nil }
        return key
    }
}
