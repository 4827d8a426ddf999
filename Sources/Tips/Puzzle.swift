package import Sealing

/// A door's demand for some work before it takes a submission; it keeps no state for it.
///
///     hour (u32be) || nonce (16) || difficulty (1) || HMAC-SHA-256(secret, label || all before)
///
/// In texts: its 53 bytes in lower-case hexadecimal.
package struct PuzzleChallenge: Equatable, Sendable {
    /// Hours since 1970 when it was made.
    package let hour: UInt32
    /// 16 random bytes.
    package let nonce: [UInt8]
    /// Leading zero bits that a solution's hash must have.
    package let difficulty: Int
    private let mac: [UInt8]

    /// Bytes of a challenge.
    package static var byteCount: Int { 4 + 16 + 1 + 32 }

    /// A new challenge.
    ///
    /// - Parameter difficulty: held within 0 and ``Limits/puzzleBits``.
    package static func make<P: Primitives>(
        hour: UInt32, difficulty: Int, secret: borrowing SecretBytes<P>
    ) -> PuzzleChallenge {
        let difficulty = min(max(difficulty, 0), Limits.puzzleBits)
        let nonce = P.randomBytes(count: 16)
        let unsigned = claim(hour: hour, nonce: nonce, difficulty: difficulty)
        return PuzzleChallenge(
            hour: hour, nonce: nonce, difficulty: difficulty, mac: mac(unsigned, secret: secret))
    }

    private init(hour: UInt32, nonce: [UInt8], difficulty: Int, mac: [UInt8]) {
        self.hour = hour
        self.nonce = nonce
        self.difficulty = difficulty
        self.mac = mac
    }

    /// Reads a challenge; nil when it has another length, or a difficulty nobody should try.
    package init?(parsing bytes: [UInt8]) {
        guard bytes.count == Self.byteCount, bytes[20] <= Limits.puzzleBits else { return nil }
        hour = bytes[0..<4].reduce(0) { $0 << 8 | UInt32($1) }
        nonce = [UInt8](bytes[4..<20])
        difficulty = Int(bytes[20])
        mac = [UInt8](bytes[21...])
    }

    /// Reads a challenge's hexadecimal text; nil for anything else.
    package init?(text: String) {
        self.init(digits: [UInt8](text.utf8).span)
    }

    /// The same of digits in ASCII.
    package init?(digits text: Span<UInt8>) {
        guard text.count == 2 * Self.byteCount, let bytes = Hex.decode(text) else {
            return nil
        }
        self.init(parsing: bytes)
    }

    /// The 53 bytes.
    package var encoded: [UInt8] {
        Self.claim(hour: hour, nonce: nonce, difficulty: difficulty) + mac
    }

    /// The 106 hexadecimal digits.
    package var text: String { Hex.string(encoded) }

    /// Whether the holder of `secret` made this challenge, and within the last
    /// ``Limits/challengeHours`` as of `now` (hours since 1970).
    package func isLive<P: Primitives>(now: UInt32, secret: borrowing SecretBytes<P>) -> Bool {
        guard hour <= now, now - hour < Limits.challengeHours else { return false }
        let claim = Self.claim(hour: hour, nonce: nonce, difficulty: difficulty)
        return P.areEqual(Self.mac(claim, secret: secret).span, mac.span)
    }

    private static func claim(hour: UInt32, nonce: [UInt8], difficulty: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: hour >> (24 - 8 * UInt32($0))) } + nonce
            + [UInt8(difficulty)]
    }

    private static func mac<P: Primitives>(
        _ claim: [UInt8], secret: borrowing SecretBytes<P>
    ) -> [UInt8] {
        let message = ascii("sallyport.challenge/1") + claim
        return secret.withBytes { P.hmacSHA256(key: $0, message.span) }
    }
}

/// Solving and checking puzzles: a count such that
/// SHA-256(challenge || SHA-256(envelope) || count as u64be) begins with enough zero bits.
package enum Puzzle {
    /// The difficulty for a submission of `frameBytes`: `base`, and one bit more for each doubling
    /// beyond a MiB, at most ``doublings``.
    ///
    /// What is larger still costs its sender the bytes themselves, of which the door takes so many in
    /// an hour: a slow phone must not compute for minutes before its video may begin.
    package static func difficulty(base: Int, frameBytes: Int) -> Int {
        var bits = base
        var covered = 1 << 20
        while covered < frameBytes, bits < base + doublings {
            bits += 1
            covered *= 2
        }
        return min(bits, Limits.puzzleBits)
    }

    /// Most bits that the size of a submission adds.
    package static var doublings: Int { 3 }

    /// Whether `counter` solves `challenge` for the envelope of `digest`.
    package static func accepts<P: Primitives>(
        _ counter: UInt64, challenge: PuzzleChallenge, envelope digest: SHA256Digest,
        with primitives: P.Type
    ) -> Bool {
        var solver = PuzzleSolver<P>(challenge, envelope: digest, startingAt: counter)
        return solver.run(attempts: 1) != nil
    }
}

/// Looks for a puzzle's solution, a slice at a time, so that it can be stopped and shown.
package struct PuzzleSolver<P: Primitives>: Sendable {
    private var message: [UInt8]
    private let difficulty: Int
    private var counter: UInt64

    /// A solver for one challenge and one envelope.
    package init(
        _ challenge: PuzzleChallenge, envelope digest: SHA256Digest,
        startingAt counter: UInt64 = 0
    ) {
        message = challenge.encoded + digest.bytes + [UInt8](repeating: 0, count: 8)
        difficulty = challenge.difficulty
        self.counter = counter
    }

    /// Tries so many counts; nil when none of them solves it: run again.
    package mutating func run(attempts: Int) -> UInt64? {
        let start = message.count - 8
        for _ in 0..<attempts {
            for index in 0..<8 {
                message[start + index] = UInt8(
                    truncatingIfNeeded: counter >> UInt64(56 - 8 * index))
            }
            let isSolved = Self.leadingZeroBits(P.sha256(message.span)) >= difficulty
            if isSolved { return counter }
            counter &+= 1
        }
        return nil
    }

    private static func leadingZeroBits(_ digest: [UInt8]) -> Int {
        var bits = 0
        for byte in digest {
            bits += byte.leadingZeroBitCount
            guard byte == 0 else { break }
        }
        return bits
    }
}
