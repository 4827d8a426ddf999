package import Sealing

/// The keys of one tip, derived from a receipt or, without one, random.
package struct ReceiptKeys<P: Primitives>: ~Copyable {
    /// Signs envelopes, supplements, consent; its public half is the tip's key.
    package let signer: TipSigner<P>
    /// The key of the mailbox slot: 32 bytes. The manifest carries it to the desk.
    package let mailboxKey: SecretBytes<P>
    /// Wraps the state of an upload that was cut off: 32 bytes. Never leaves the device.
    package let resumeSecret: SecretBytes<P>
    /// What catches typing errors: not the picture you remember, not your receipt.
    package let picture: ReceiptPicture

    static var materialBytes: Int { 96 }

    /// The keys of a tip whose reporter chose to have no receipt.
    package static func random() -> ReceiptKeys<P> {
        ReceiptKeys(material: .random(count: materialBytes))
    }

    /// Signing seed, mailbox key and resume secret, 32 bytes each.
    init(material: consuming SecretBytes<P>) {
        let parts = material
        let seed = parts.withBytes { SecretBytes<P>(copying: $0.extracting(0..<32)) }
        guard let signer = TipSigner(seed: seed) else {
            preconditionFailure("a seed of 32 bytes has a key of 32 bytes")
        }
        self.signer = signer
        mailboxKey = parts.withBytes { SecretBytes(copying: $0.extracting(32..<64)) }
        resumeSecret = parts.withBytes { SecretBytes(copying: $0.extracting(64..<96)) }
        picture = parts.withBytes { ReceiptPicture(material: $0, with: P.self) }
    }

    /// Where the reporter asks for answers.
    package borrowing func mailboxAddress() -> MailboxAddress {
        MailboxAddress(signer.key, with: P.self)
    }

    /// The tip's name among the operators.
    package borrowing func tipID() -> TipID {
        TipID(signer.key, with: P.self)
    }
}

/// Three small pictures that a receipt always shows: a wrong digit shows others, 32,767 times in
/// 32,768.
///
/// Derived from the secret keys, not from the tip's public key, so that a picture that was seen
/// points to no tip on a server. It gives away 15 bits of a receipt's 66 to who sees it.
package struct ReceiptPicture: Equatable, Sendable {
    /// Places in ``symbols``, three of them.
    package let indices: [Int]

    init<P: Primitives>(material: Span<UInt8>, with primitives: P.Type) {
        var draw = [UInt8](repeating: 0, count: 3)
        var output = draw.mutableSpan
        let info = ascii("sallyport.picture/1")
        P.hkdfSHA256(
            secret: material, salt: [UInt8]().span, info: info.span, into: &output)
        indices = draw.map { Int($0 % 32) }
    }

    /// The three pictures.
    package var emoji: String {
        indices.map { Self.symbols[$0].emoji }.joined(separator: " ")
    }

    /// The three pictures' English words.
    package var words: String {
        indices.map { Self.symbols[$0].word }.joined(separator: ", ")
    }

    /// The 32 pictures, each one code point and easily told from the others. Their order is part
    /// of the format.
    package static let symbols: [(emoji: String, word: String)] = [
        ("🌙", "moon"), ("🌈", "rainbow"), ("🌊", "wave"), ("🌵", "cactus"),
        ("🌻", "sunflower"), ("🍀", "clover"), ("🍄", "mushroom"), ("🍇", "grapes"),
        ("🍉", "melon"), ("🍋", "lemon"), ("🍌", "banana"), ("🍓", "strawberry"),
        ("🥕", "carrot"), ("🌽", "maize"), ("🍞", "bread"), ("🐘", "elephant"),
        ("🐟", "fish"), ("🐢", "tortoise"), ("🐝", "bee"), ("🐫", "camel"),
        ("🐓", "cock"), ("🦋", "butterfly"), ("🐌", "snail"), ("🔔", "bell"),
        ("🔑", "key"), ("🕯", "candle"), ("🚲", "bicycle"), ("🚢", "ship"),
        ("🎈", "balloon"), ("🥁", "drum"), ("🪁", "kite"), ("🧵", "thread"),
    ]
}
