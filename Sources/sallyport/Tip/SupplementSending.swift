internal import Composing
internal import Glibc
internal import Submission
internal import Tips

/// Sends one small sealed part for a tip that was sent before.
enum SupplementSending {
    /// Seals `content` to the desk, signs it with the receipt's key, and sends it.
    static func send(
        _ content: TipContent, through door: Door, _ client: IntakeClient,
        keys: borrowing NativeKeys
    ) async throws {
        let directory = try await door.verifiedDirectory(client)
        let frame = try SupplementBuilder.build(
            content, at: place, terms: try DeskTerms(directory, today: try Door.today()), keys: keys
        )
        try await client.post(frame)
    }

    /// Sends a withdrawal with its word, likewise.
    static func withdraw(
        _ word: borrowing CodeWord, reason: String, through door: Door, _ client: IntakeClient,
        keys: borrowing NativeKeys
    ) async throws {
        let directory = try await door.verifiedDirectory(client)
        let terms = try DeskTerms(directory, today: try Door.today())
        let part = try word.sealedWithdrawal(reason: reason, terms: terms)
        let frame = try SupplementBuilder.build(part, at: place, terms: terms, keys: keys)
        try await client.post(frame)
    }

    private static var place: SupplementPlace {
        SupplementPlace(count: 0, unixTime: time(nil), firstEnvelope: nil)
    }
}
