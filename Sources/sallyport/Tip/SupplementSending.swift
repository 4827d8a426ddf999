internal import Glibc
internal import Submission
internal import Tips

/// Sends one small sealed part for a tip that was sent before.
enum SupplementSending {
    /// Seals `content` to the desk, signs it with the receipt's key, and sends it.
    static func send(
        _ content: TipContent, through door: Door, _ client: IntakeClient,
        keys: borrowing TipBuilder.Keys
    ) async throws {
        let directory = try await door.verifiedDirectory(client)
        let frame = try SupplementBuilder.build(
            content, at: place, directory: directory, today: try Door.today(), keys: keys)
        try await client.post(frame)
    }

    /// Sends a withdrawal with its word, likewise.
    static func withdraw(
        _ word: borrowing CodeWord, reason: String, through door: Door, _ client: IntakeClient,
        keys: borrowing TipBuilder.Keys
    ) async throws {
        let directory = try await door.verifiedDirectory(client)
        let frame = try SupplementBuilder.withdrawal(
            word, reason: reason, at: place, directory: directory, today: try Door.today(),
            keys: keys)
        try await client.post(frame)
    }

    private static var place: SupplementPlace {
        SupplementPlace(count: 0, unixTime: time(nil), firstEnvelope: nil)
    }
}
