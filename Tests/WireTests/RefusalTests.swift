import NativePrimitives
import Sealing
import Testing
import Tips
import Wire

@Suite struct RefusalTests {
    @Test(arguments: Refusal.allCases) func `A refusal is known by its body`(refusal: Refusal) {
        #expect(Refusal(body: refusal.body) == refusal)
        #expect((400..<600).contains(refusal.status))
    }

    @Test func `Anything else is no refusal`() {
        #expect(Refusal(body: "") == nil)
        #expect(Refusal(body: "<html>") == nil)
    }

    @Test func `A puzzle's field is read as it is written`() throws {
        let secret = Secret.random(count: 32)
        let challenge = PuzzleChallenge.make(hour: 7, difficulty: 3, secret: secret)
        let field = PuzzleField(challenge: challenge, counter: 12_345)
        #expect(PuzzleField(field.text) == field)
        #expect(PuzzleField(challenge.text) == nil)
        #expect(PuzzleField(challenge.text + ".012") == nil)
        #expect(PuzzleField(challenge.text + ".-1") == nil)
        #expect(PuzzleField(challenge.text + ".1.2") == nil)
    }
}
