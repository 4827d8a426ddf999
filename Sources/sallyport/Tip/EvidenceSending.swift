internal import Composing
internal import Agencies
internal import Glibc
internal import Submission
internal import Terminal
internal import Tips
internal import Wire

/// Sends files one after the other, and says at every moment what to do if it is cut off.
struct EvidenceSending {
    let client: IntakeClient
    let directory: Directory
    let firstEnvelope: SHA256Digest?
    let canResume: Bool
    /// What to type to go on.
    let resumeCommand: String

    /// Looks at all files before anything is sent, so that a misspelt name costs nothing.
    static func check(_ files: [String]) throws {
        for file in files { try EvidenceUpload.check(file) }
    }

    /// Sends `files`.
    func send(_ files: [String], keys: borrowing NativeKeys) async throws {
        let upload = try EvidenceUpload(
            client: client, directory: directory, today: try Door.today())
        if canResume, !files.isEmpty {
            Say.note("If this is cut off, nothing is lost. Go on with:\n  \(resumeCommand)")
        }
        var sent: Set<SHA256Digest> = []
        for (index, file) in files.enumerated() {
            let place = SupplementPlace(
                count: index, unixTime: time(nil), firstEnvelope: firstEnvelope)
            do {
                let root = try await send(file, at: place, with: upload, keys: keys, sent: sent)
                sent.insert(root)
            } catch let error as SubmissionError {
                throw explained(error, file: file)
            }
        }
    }

    private func send(
        _ file: String, at place: SupplementPlace, with upload: EvidenceUpload,
        keys: borrowing NativeKeys, sent: Set<SHA256Digest>
    ) async throws -> SHA256Digest {
        var shown: EvidenceUpload.Step?
        var progress = Progress("Reading \(file)", totalBytes: 0)
        let root = try await upload.send(
            file, at: place, keys: keys, canResume: canResume, sent: sent
        ) { step, done, total in
            if step != shown {
                shown = step
                let title = Self.title(step, file)
                progress = Progress(title, totalBytes: total)
                if step == .sendingOnce { Say.note(Self.sentOnce(file)) }
                if step == .alreadySent {
                    return Say.note("\(file) is the same as a file that was just sent.")
                }
                if step == .resuming { Say.note("\(title) from \(done) of \(total) bytes.") }
            }
            progress.update(done)
        }
        Say.result("Evidence safely stored: \(file)")
        return root
    }

    private static func title(_ step: EvidenceUpload.Step, _ file: String) -> String {
        switch step {
        case .reading, .alreadySent: "Reading \(file)"
        case .sending, .sendingOnce: "Sending \(file)"
        case .resuming: "Going on with \(file)"
        }
    }

    private static func sentOnce(_ file: String) -> String {
        """
        The server is too busy to keep what is needed to go on with \(file) later. It is sent all \
        the same; if it is cut off, it starts again from the beginning.
        """
    }

    private func explained(_ error: SubmissionError, file: String) -> any Error {
        guard canResume else { return error }
        let later = "go on with:\n  \(resumeCommand)"
        return switch error {
        case .unreachable:
            Failure(
                "The connection was lost while \(file) was being sent. What has arrived is kept.",
                hint: "When you are connected again, \(later)")
        case .ill, .refused(.busy):
            Failure(
                "\(SubmissionWords.failure(error).message) What has arrived of \(file) is kept.",
                hint: "In a while, \(later)")
        default: error
        }
    }
}
