package import Agencies
package import Custody
internal import HTTPTypes
internal import NativePrimitives
internal import Sealing
package import Tips
internal import Wire

/// The public door, as the reporter's programs use it: each request is repeated when the network
/// fails or the door is busy or ill, and a puzzle is solved where one is asked for.
package struct IntakeClient: Sendable {
    /// Most times that a new puzzle is asked for because the old one was refused.
    static let puzzleAttempts = 3

    private let connection: DoorConnection
    private let backoff: Backoff
    private let telling: @Sendable (Delay) -> Void

    /// What keeps a sender waiting, for a display.
    package enum Delay: Equatable, Sendable {
        /// A puzzle of so many bits is solved; said once more each time that as many tries went by
        /// as are needed on average.
        case solving(bits: Int)
        /// The network failed; tried again after so long.
        case unreachable(Duration)
        /// The door is full; tried again after so long.
        case busy(Duration)
        /// The door, or what stands before it, has trouble of its own; tried again after so long.
        case ill(Duration)

        init(_ failure: SubmissionError, wait: Duration) {
            switch failure {
            case .refused: self = .busy(wait)
            case .ill: self = .ill(wait)
            default: self = .unreachable(wait)
            }
        }
    }

    /// A client of the door at `address`.
    ///
    /// - Parameters:
    ///   - certificates: a PEM file of the certificates to trust instead of the system's.
    ///   - telling: is told of what takes long, while it does.
    /// - Throws: ``SubmissionError/badCertificates(_:)``.
    package init(
        _ address: DoorAddress, certificates: String? = nil, backoff: Backoff = .patient,
        telling: @escaping @Sendable (Delay) -> Void = { _ in }
    ) throws(SubmissionError) {
        connection = try DoorConnection(address, certificates: certificates)
        self.backoff = backoff
        self.telling = telling
    }

    /// Fetches the directory and checks it against the pinned root.
    ///
    /// - Parameter clock: today by the machine's clock.
    /// - Throws: ``SubmissionError``. Asked only briefly: the address may be wrong.
    package func directory(
        root: NoteVerifier, clock: Day
    ) async throws(SubmissionError) -> Directory {
        let answer = try await send(
            .get, .directory, limit: UnverifiedDirectory.byteLimit, backoff: .brief)
        try Self.expect(200, answer)
        do throws(DirectoryRefusal) {
            return try UnverifiedDirectory(answer.body).verified(
                root: root, clock: clock, newest: nil)
        } catch {
            throw .directory(error)
        }
    }

    /// Sends a whole frame: a tip, or a small supplement. Sending it again changes nothing.
    ///
    /// - Throws: ``SubmissionError``.
    package func post(_ frame: Frame) async throws(SubmissionError) {
        let isTip = frame.envelope.envelope.kind == .tip
        let answer = try await withPuzzle(isTip ? .tip : .supplement, for: frame.envelope.digest) {
            (puzzle) async throws(SubmissionError) in
            var fields: HTTPFields = [.contentType: MediaType.frame]
            fields[.sallyportPuzzle] = puzzle
            return try await send(
                .post, isTip ? .tips : .supplements, fields: fields, body: frame.encoded)
        }
        try Self.expect(Acceptance.status, answer)
    }

    /// Fetches the slot at `address`; an address nobody owns is answered alike.
    ///
    /// - Throws: ``SubmissionError``.
    package func slot(at address: MailboxAddress) async throws(SubmissionError) -> [UInt8] {
        let answer = try await send(.get, .mailbox(address.bytes), limit: Limits.slotBytes)
        try Self.expect(200, answer)
        guard answer.body.count == Limits.slotBytes else { throw .strangeAnswer(answer.status) }
        return answer.body
    }

    /// Fetches what is parked at `address`; nothing parked is answered alike.
    ///
    /// - Throws: ``SubmissionError``.
    package func parked(at address: ParkedAddress) async throws(SubmissionError) -> [UInt8] {
        let answer = try await send(.get, .parked(address.bytes), limit: Limits.parkedBytes)
        try Self.expect(200, answer)
        guard answer.body.count == Limits.parkedBytes else {
            throw .strangeAnswer(answer.status)
        }
        return answer.body
    }

    /// Sends a request until it is answered by anything but the door's own trouble.
    ///
    /// - Throws: what the last attempt met: ``SubmissionError/unreachable(_:)``,
    ///   ``SubmissionError/ill(_:)``, or ``SubmissionError/refused(_:)`` with `busy`.
    func send(
        _ method: HTTPRequest.Method, _ path: PublicPath, fields: HTTPFields = [:],
        body: [UInt8]? = nil, limit: Int = 4096, backoff: Backoff? = nil
    ) async throws(SubmissionError) -> DoorAnswer {
        let backoff = backoff ?? self.backoff
        var attempt = 0
        while true {
            let failure: SubmissionError
            do throws(SubmissionError) {
                let answer = try await connection.send(
                    method, path, fields: fields, body: body, limit: limit)
                guard let trouble = Self.trouble(in: answer) else { return answer }
                failure = trouble
            } catch {
                failure = error
            }
            var hasAnswered = true
            if case .unreachable = failure { hasAnswered = false }
            guard let wait = backoff.wait(after: attempt, isBusy: hasAnswered) else {
                throw failure
            }
            telling(Delay(failure, wait: wait))
            do { try await Task.sleep(for: wait) } catch { throw failure }
            attempt += 1
        }
    }

    /// The trouble that an answer states; nil for one that means something.
    ///
    /// 503 is *busy* only in the door's own words: servers that stand before a door say it when the
    /// door is gone.
    private static func trouble(in answer: DoorAnswer) -> SubmissionError? {
        if answer.status == 429 { return .refused(.busy) }
        guard answer.status >= 500 else { return nil }
        let refusal = Refusal(body: String(decoding: answer.body, as: UTF8.self))
        let isBusy = refusal == .busy && answer.status == Refusal.busy.status
        return isBusy ? .refused(.busy) : .ill(answer.status)
    }

    /// Gets a challenge, solves it for `digest`, and makes the request; again with a new challenge
    /// when the door no longer takes the first.
    func withPuzzle(
        _ purpose: PuzzlePurpose, for digest: SHA256Digest,
        _ request: (String) async throws(SubmissionError) -> DoorAnswer
    ) async throws(SubmissionError) -> DoorAnswer {
        var attempt = 1
        while true {
            let answer = try await request(try await solve(purpose, for: digest))
            guard answer.status == Refusal.puzzle.status, attempt < Self.puzzleAttempts else {
                return answer
            }
            attempt += 1
        }
    }

    private func solve(
        _ purpose: PuzzlePurpose, for digest: SHA256Digest
    ) async throws(SubmissionError) -> String {
        let answer = try await send(.get, .challenge(purpose))
        try Self.expect(200, answer)
        let text = String(decoding: answer.body, as: UTF8.self)
        guard
            let challenge = PuzzleChallenge(
                text: text.hasSuffix("\n") ? String(text.dropLast()) : text)
        else { throw .strangeAnswer(answer.status) }
        var solver = PuzzleSolver<NativePrimitives>(challenge, envelope: digest)
        let (slice, average) = (50_000, 1 << challenge.difficulty)
        var (tried, told) = (0, 0)
        while true {
            if let counter = solver.run(attempts: slice) {
                return PuzzleField(challenge: challenge, counter: counter).text
            }
            tried += slice
            // Most puzzles take a moment; those that do not are spoken of.
            if tried >= 1_000_000, tried - told >= average {
                told = tried
                telling(.solving(bits: challenge.difficulty))
            }
            await Task.yield()
        }
    }

    /// - Throws: the refusal that the answer states, when it has another status than `status`.
    static func expect(_ status: Int, _ answer: DoorAnswer) throws(SubmissionError) {
        guard answer.status != status else { return }
        guard let refusal = Refusal(body: String(decoding: answer.body, as: UTF8.self)),
            refusal.status == answer.status
        else { throw .strangeAnswer(answer.status) }
        throw .refused(refusal)
    }
}
