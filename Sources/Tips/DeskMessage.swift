package import Sealing

/// What a mailbox shows of a tip's way: short words, which say as little as the reporter asked for.
package enum MailboxState: UInt8, CaseIterable, Sendable {
    /// It arrived.
    case received = 0
    /// A person is checking it.
    case checking = 1
    /// There is a question to answer.
    case question = 2
    /// Organisations have it (only where the reporter wished to be told).
    case passedOn = 3
    /// At least one confirmed it (only where the reporter wished to be told).
    case confirmed = 4
    /// Withdrawn: nothing more is passed on.
    case withdrawn = 5
    /// Closed.
    case closed = 6
}

/// A question of the desk, which a second person has read.
package struct DeskQuestion: Equatable, Sendable {
    /// What an answer refers to, at most ``Limits/questionIDBytes``.
    package let id: FormatText
    /// The question, at most ``Limits/questionBytes`` of UTF-8.
    package let text: FormatText
    /// Its BCP 47 language tag, or "".
    package let language: FormatText

    /// A question of the given fields.
    package init(id: FormatText, text: FormatText, language: FormatText) {
        self.id = id
        self.text = text
        self.language = language
    }
}

/// What the desk tells one reporter; signed by a key of the directory.
///
///     ["sallyport.message/1", address, counter, date, state, passed, confirmed,
///      [* [id, text, language]]]
package struct DeskMessage: Equatable, Sendable {
    /// The mailbox it is for.
    package let address: MailboxAddress
    /// Rises with every message to this mailbox; an older one played back is seen by it.
    package let counter: Int
    /// The day of writing, `YYYY-MM-DD`; shown to the reporter.
    package let date: FormatText
    /// Where the tip stands.
    package let state: MailboxState
    /// How many organisations have it; 0 unless the reporter wished to be told.
    package let passed: Int
    /// How many confirmed it; 0 unless the reporter wished to be told.
    package let confirmed: Int
    /// Questions, at most ``Limits/questions``.
    package let questions: [DeskQuestion]

    /// A message of the given fields.
    package init(
        address: MailboxAddress, counter: Int, date: FormatText, state: MailboxState,
        passed: Int = 0, confirmed: Int = 0, questions: [DeskQuestion] = []
    ) {
        self.address = address
        self.counter = counter
        self.date = date
        self.state = state
        self.passed = passed
        self.confirmed = confirmed
        self.questions = questions
    }

    /// The message's one encoding, which a key of the directory signs.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(8)
        writer.label("sallyport.message/1")
        writer.bytes(address.bytes)
        writer.uint(counter)
        writer.text(date)
        writer.uint(Int(state.rawValue))
        writer.uint(passed)
        writer.uint(confirmed)
        writer.array(questions.count)
        for question in questions {
            writer.array(3)
            writer.text(question.id)
            writer.text(question.text)
            writer.text(question.language)
        }
        return writer.bytes
    }

    static func decode(_ bytes: Span<UInt8>) throws(FormatError) -> DeskMessage {
        try CBOR.decode(bytes, limit: Limits.slotBytes) { (reader) throws(FormatError) in
            try reader.array(count: 8)
            try reader.label("sallyport.message/1")
            let address = try MailboxAddress(reading: &reader)
            let counter = try reader.uint(in: 0...Int(Int32.max))
            let date = try reader.day()
            guard let state = MailboxState(rawValue: UInt8(try reader.uint(in: 0...255))) else {
                throw .outOfRange
            }
            return DeskMessage(
                address: address, counter: counter, date: date, state: state,
                passed: try reader.uint(in: 0...999), confirmed: try reader.uint(in: 0...999),
                questions: try questions(of: &reader))
        }
    }

    private static func questions(
        of reader: inout CBORReader
    ) throws(FormatError) -> [DeskQuestion] {
        var questions: [DeskQuestion] = []
        for _ in 0..<(try reader.arrayCount(in: 0...Limits.questions)) {
            try reader.array(count: 3)
            let question = DeskQuestion(
                id: try reader.text(atMost: Limits.questionIDBytes),
                text: try reader.text(atMost: Limits.questionBytes),
                language: try reader.text(atMost: Limits.languageBytes))
            guard LanguageTag.isValidOrEmpty(question.language) else { throw .badText }
            questions.append(question)
        }
        return questions
    }
}

extension CBORReader {
    /// A day, `YYYY-MM-DD`.
    mutating func day() throws(FormatError) -> FormatText {
        let day = try text(atMost: 10)
        guard DayText.isValid(day) else { throw .badText }
        return day
    }
}

/// A desk message that was read, with a signature nobody has checked yet.
package struct UnverifiedMessage: Equatable, Sendable {
    /// What the message claims.
    package let message: DeskMessage
    /// The exact bytes that were signed.
    package let encoded: [UInt8]
    /// The signature to check: 64 bytes.
    package let signature: [UInt8]

    /// Reads a message and keeps its signature for checking.
    ///
    /// - Throws: ``FormatError``.
    package init(decoding encoded: [UInt8], signature: [UInt8]) throws(FormatError) {
        guard signature.count == 64 else { throw .wrongLength }
        message = try .decode(encoded.span)
        self.encoded = encoded
        self.signature = signature
    }

    /// The same message, once one of `keys` (Ed25519, 32 bytes each) is shown to have signed it.
    ///
    /// - Throws: ``FormatError/badSignature``.
    package func verified<P: Primitives>(
        byOneOf keys: [[UInt8]], with primitives: P.Type
    ) throws(FormatError) -> VerifiedMessage {
        for key in keys where key.count == 32 {
            if P.ed25519Verify(
                publicKey: key.span, encoded.span, signature: signature.span)
            {
                return VerifiedMessage(message: message, encoded: encoded, signature: signature)
            }
        }
        throw .badSignature
    }
}

/// A desk message that a key of the directory signed.
package struct VerifiedMessage: Equatable, Sendable {
    /// What the desk says.
    package let message: DeskMessage
    /// The exact bytes that were signed.
    package let encoded: [UInt8]
    /// The signature over them: 64 bytes.
    package let signature: [UInt8]

    fileprivate init(message: DeskMessage, encoded: [UInt8], signature: [UInt8]) {
        self.message = message
        self.encoded = encoded
        self.signature = signature
    }
}
