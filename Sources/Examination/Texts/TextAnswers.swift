internal import Sealing

/// What a worker says of the texts that it was lent, read byte by byte:
///
///     sallyport.texts/1 LF  { "+" | "-" }
///
/// The greeting tells that the worker is there, before it has seen any text. Then one byte for each
/// text, in their order, as soon as the worker has come to its end: `+` for one that is what it should
/// be, `-` for one that breaks a rule. Nothing of a text is in it.
package struct TextAnswers: OutputReader {
    /// What a worker says first.
    package static let greeting = ascii("sallyport.texts/1\n")
    /// The text is what it should be.
    package static let accepted: UInt8 = 0x2B
    /// The text breaks a rule.
    package static let refused: UInt8 = 0x2D

    private let count: Int
    private var greeted = 0
    /// Whether each text was accepted, as far as there are answers.
    package private(set) var answers: [Bool] = []

    /// A reader of the answers to `count` texts.
    package init(count: Int) {
        self.count = count
    }

    /// Whether the worker has said its greeting.
    package var isGreeted: Bool { greeted == Self.greeting.count }

    /// Takes the next bytes.
    ///
    /// - Throws: ``NotDone/unexpectedOutput`` at the first byte that no worker of ours gives. Answers
    ///   before it stay; one too many takes the last with it.
    package mutating func take(_ bytes: [UInt8]) throws(NotDone) {
        for byte in bytes { try take(byte) }
    }

    private mutating func take(_ byte: UInt8) throws(NotDone) {
        guard isGreeted else {
            guard byte == Self.greeting[greeted] else { throw .unexpectedOutput }
            greeted += 1
            return
        }
        guard byte == Self.accepted || byte == Self.refused else { throw .unexpectedOutput }
        guard answers.count < count else {
            if !answers.isEmpty { answers.removeLast() }
            throw .unexpectedOutput
        }
        answers.append(byte == Self.accepted)
    }
}
