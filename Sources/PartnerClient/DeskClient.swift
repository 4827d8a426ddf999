package import Custody
internal import DurableFiles
package import Forwarding
internal import NativePrimitives
internal import Sealing
internal import Tips
package import Wire

/// The desk's side of the partners' door.
package struct DeskClient: Sendable {
    private let connection: Connection

    /// A client of the door at `endpoint` that signs with the desk station's key.
    ///
    /// - Throws: ``PartnerError/badCertificates(_:)``.
    package init(to endpoint: PartnerEndpoint, as station: PartnerSigner) throws(PartnerError) {
        connection = try Connection(endpoint, station)
    }

    /// The frames that wait; the head counts every frame that dispatch ever took.
    package func inbox() async throws(PartnerError) -> (head: VerifiedHead, list: DeskInbox) {
        try await connection.list(.inbox, for: Head.desk, as: DeskInbox.self)
    }

    /// Fetches a frame to a new file, and goes on where an earlier attempt stopped.
    ///
    /// What is in the file is not verified here.
    package func downloadFrame(
        _ entry: DeskInbox.Entry, to path: String,
        progress: @escaping @Sendable (_ received: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws(PartnerError) {
        try await Download(
            connection: connection, source: .frame(entry.envelope), byteCount: entry.byteCount,
            // The desk's people share its folder: one may go on where another's program ended.
            path: path, mode: 0o660, progress: progress
        ).run()
    }

    /// Fetches a frame of at most ``Limits/tipFrameBytes`` into memory; nothing of it is verified here.
    package func frame(_ entry: DeskInbox.Entry) async throws(PartnerError) -> [UInt8] {
        let answer = try await connection.send(
            "GET", .frame(entry.envelope), range: 0...entry.byteCount - 1)
        guard answer.status == 206 else { throw .unexpectedAnswer(status: answer.status) }
        let frame = try await connection.body(answer, limit: Limits.tipFrameBytes)
        guard frame.count == entry.byteCount else { throw .unreachable("the answer broke off") }
        return frame
    }

    /// Tells dispatch that the desk holds these frames durably: it then deletes its own copy, as
    /// soon as no open bundle needs it.
    package func confirmFrames(_ envelopes: [Hash]) async throws(PartnerError) {
        _ = try await connection.post(.frameConfirmations, HashList(envelopes).encoded)
    }

    /// The custody events that wait, sealed to the desk.
    package func events() async throws(PartnerError) -> (head: VerifiedHead, list: SealedEvents) {
        try await connection.list(.events, for: Head.desk, as: SealedEvents.self)
    }

    /// Tells dispatch that the desk holds these events durably, by their leaves.
    package func confirmEvents(_ leaves: [Hash]) async throws(PartnerError) {
        _ = try await connection.post(.eventConfirmations, HashList(leaves).encoded)
    }

    /// Whether dispatch holds the payload.
    package func holdsPayload(_ digest: Hash) async throws(PartnerError) -> Bool {
        do {
            _ = try await connection.send("HEAD", .payload(digest))
            return true
        } catch {
            if case .unexpectedAnswer(404) = error { return false }
            if case .refused(.notFound) = error { return false }
            throw error
        }
    }

    /// Sends a payload that a release needs.
    ///
    /// - Parameters:
    ///   - path: a file that holds it.
    ///   - offset: where in the file it begins (behind an age header, for example).
    /// - Throws: ``PartnerError/wrongDigest(path:)`` when the file does not hold that payload.
    package func uploadPayload(
        _ digest: Hash, from path: String, offset: Int = 0, byteCount: Int,
        progress: @escaping @Sendable (_ sent: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws(PartnerError) {
        let body = FileBody(path: path, offset: offset, byteCount: byteCount) {
            progress($0, byteCount)
        }
        guard try Self.sha256(of: body) == digest else { throw .wrongDigest(path: path) }
        _ = try await connection.send("PUT", .payload(digest), .file(body, sha256: digest))
    }

    /// Hands a release over. The same release again is answered like the first time.
    ///
    /// - Throws: ``PartnerError/refused(_:)`` with ``PartnerRefusal/payloadMissing`` when payloads
    ///   have to be sent first, ``PartnerRefusal/refused`` when dispatch's own check of statement,
    ///   persons and office fails.
    package func release(_ package: ReleasePackage) async throws(PartnerError) {
        _ = try await connection.post(.releases, package.encoded)
    }

    /// Hands over all mailbox slots of the next period.
    ///
    /// - Throws: ``PartnerError/refused(_:)`` with ``PartnerRefusal/conflict`` unless the number is
    ///   higher than that of every batch before and no slot has been used before.
    package func publish(_ batch: SignedMailboxBatch) async throws(PartnerError) {
        _ = try await connection.post(.mailboxes, batch.encoded)
    }

    /// Stops every bundle sealed to an office's key.
    ///
    /// - Returns: everything the key could open.
    package func revoke(keyFingerprint: Hash) async throws(PartnerError) -> ExposureReport {
        let answer = try await connection.post(
            .revocations, Revocation(keyFingerprint: keyFingerprint).encoded,
            limit: ExposureReport.byteLimit)
        guard let report = try? ExposureReport(decoding: answer) else {
            throw .unexpectedAnswer(status: 200)
        }
        return report
    }

    /// Hands over what people decided about a tip.
    package func decide(_ decision: SignedDecision) async throws(PartnerError) {
        _ = try await connection.post(.decisions, decision.encoded)
    }

    /// The state of every bundle about which something may still happen.
    package func bundleStates() async throws(PartnerError) -> (
        head: VerifiedHead, list: BundleStates
    ) {
        try await connection.list(.bundleStates, for: Head.desk, as: BundleStates.self)
    }

    /// Lets an escalation plan go on that a sealed part holds; a conflict while something waits that
    /// this desk has not confirmed.
    package func rearm(plan: Hash) async throws(PartnerError) {
        _ = try await connection.post(.rearm(plan), HashList([plan]).encoded)
    }

    /// What offices have answered and the desk has not confirmed yet.
    package func answers() async throws(PartnerError) -> (head: VerifiedHead, list: AnswerList) {
        try await connection.list(.answers, for: Head.desk, as: AnswerList.self)
    }

    /// Tells dispatch that the desk holds these answers durably.
    package func confirmAnswers(_ digests: [Hash]) async throws(PartnerError) {
        _ = try await connection.post(.answerConfirmations, HashList(digests).encoded)
    }

    private static func sha256(of body: FileBody) throws(PartnerError) -> Hash? {
        do throws(FileError) {
            let file = try OpenFile(reading: body.path)
            let digest = NativePrimitives.Digest()
            var done = 0
            while done < body.byteCount {
                let count = min(FileBody.pieceBytes, body.byteCount - done)
                let bytes = try file.read(at: body.offset + done, count: count)
                guard bytes.count == count else { return nil }
                digest.update(bytes.span)
                done += count
            }
            return Hash(digest.finish())
        } catch {
            throw .file(error)
        }
    }
}
