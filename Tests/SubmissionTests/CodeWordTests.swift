import NativePrimitives
import Sealing
import Submission
import Testing
import Tips

@testable import Submission

@Suite struct CodeWordTests {
    private func word(_ text: String) throws -> CodeWord {
        try CodeWord(Secret(copying: [UInt8](text.utf8).span))
    }

    @Test(arguments: ["wheat", "麦子 🌾", "a\"b\\c", "\u{1}\t\n\u{8}\u{C}\r\u{1F}", "/", " x "])
    func `A withdrawal is written as the part's own code writes it`(text: String) throws {
        for reason in ["", "they \"made\" me 被迫"] {
            var part = WithdrawalPart()
            part.codeWord = text
            part.reason = reason
            let written = try word(text).withdrawal(reason: reason)
            #expect(try written.withBytes { [UInt8](copying: $0) } == part.encoded())
        }
    }

    @Test func `The lock opens with the word`() throws {
        let lock = try word("麦子").lock()
        #expect(try lock.opens(with: [UInt8]("麦子".utf8).span, NativePrimitives.self))
        #expect(try !lock.opens(with: [UInt8]("大麦".utf8).span, NativePrimitives.self))
    }

    @Test func `Spaces alone, and what is no text, are no word`() {
        #expect(throws: CodeWordError.empty) { _ = try word("   ") }
        #expect(throws: CodeWordError.empty) { _ = try word("") }
        #expect(throws: CodeWordError.notText) {
            _ = try CodeWord(Secret(copying: [0xFF, 0x41].span))
        }
    }
}
