import NativePrimitives
import Sealing
import Testing

@testable import Tips

@Suite struct PuzzleTests {
    private let door = filled(1)

    @Test("a solved puzzle is accepted for its envelope, and for no other")
    func solving() throws {
        let challenge = PuzzleChallenge.make(hour: 100, difficulty: 10, secret: secret(door))
        var solver = PuzzleSolver<P>(challenge, envelope: digest(1))
        var found: UInt64?
        while found == nil { found = solver.run(attempts: 50) }
        let counter = try #require(found)
        #expect(
            Puzzle.accepts(counter, challenge: challenge, envelope: digest(1), with: P.self))
        // By chance another envelope or count fits once in 1,024: of 40 trials, few.
        let lucky = (2...41).filter {
            Puzzle.accepts(
                counter, challenge: challenge, envelope: digest(UInt8($0)), with: P.self)
        }
        #expect(lucky.count < 5)
    }

    @Test("the hash is SHA-256 over challenge, envelope digest and count")
    func hash() throws {
        let challenge = PuzzleChallenge.make(hour: 1, difficulty: 4, secret: secret(door))
        for counter: UInt64 in [0, 1, 2, 3, 300, 1 << 40] {
            let count = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * UInt64($0))) }
            let hash = P.sha256((challenge.encoded + filled(1) + count).span)
            #expect(
                Puzzle.accepts(counter, challenge: challenge, envelope: digest(1), with: P.self)
                    == (hash[0] < 16))
        }
    }

    @Test("a challenge is good in its hour and the next, with the secret that made it")
    func living() {
        let challenge = PuzzleChallenge.make(hour: 100, difficulty: 10, secret: secret(door))
        #expect(isLive(challenge, now: 100))
        #expect(isLive(challenge, now: 101))
        #expect(!isLive(challenge, now: 102))
        #expect(!isLive(challenge, now: 99))
        #expect(!isLive(challenge, now: 100, door: 2))
    }

    @Test("any byte of a challenge changed, it is dead")
    func mutations() {
        let challenge = PuzzleChallenge.make(hour: 100, difficulty: 10, secret: secret(door))
        for index in challenge.encoded.indices {
            var bytes = challenge.encoded
            bytes[index] ^= 1
            let changed = PuzzleChallenge(parsing: bytes)
            #expect(changed.map { isLive($0, now: 100) } != true)
        }
    }

    @Test("a challenge's text is read back, and nothing else is")
    func text() {
        let challenge = PuzzleChallenge.make(hour: 100, difficulty: 10, secret: secret(door))
        #expect(PuzzleChallenge(text: challenge.text) == challenge)
        #expect(PuzzleChallenge(text: challenge.text.uppercased()) == nil)
        #expect(PuzzleChallenge(text: String(challenge.text.dropLast(2))) == nil)
        #expect(PuzzleChallenge(text: "") == nil)
    }

    @Test(
        "work doubles with the bytes beyond a MiB, up to 8 MiB",
        arguments: [
            (1, 10), (65_536, 10), (1 << 20, 10), (1 << 20 + 1, 11), (2 << 20, 11), (8 << 20, 13),
            (256 << 20, 13), (Int.max, 13),
        ])
    func difficulty(_ bytes: Int, _ bits: Int) {
        #expect(Puzzle.difficulty(base: 10, frameBytes: bytes) == bits)
    }

    private func isLive(_ challenge: PuzzleChallenge, now: UInt32, door: UInt8 = 1) -> Bool {
        challenge.isLive(now: now, secret: secret(filled(door)))
    }
}
