package import Agencies
package import Composing
internal import NativePrimitives
internal import Sealing
package import Tips
internal import Wire

/// Sends originals as evidence, each a supplement of its own, and goes on where an interrupted
/// upload of the same file ended (DESIGN §4, *Resuming*).
package struct EvidenceUpload: Sendable {
    /// What is going on, for a display.
    package enum Step: Equatable, Sendable {
        /// The file is read for the first time.
        case reading
        /// The file is sent.
        case sending
        /// An upload that was cut off goes on.
        case resuming
        /// The file is sent, but the door could not keep what is needed to go on with it later.
        case sendingOnce
        /// The file is one of those that went already, and is not sent again.
        case alreadySent
    }

    let client: IntakeClient
    private let terms: DeskTerms
    /// The epochs that the door takes; what was begun for another cannot go on.
    let accepted: Set<Int>

    /// Uploads to the door of `client`, sealed to the desk's key of today.
    ///
    /// - Throws: ``BuildError/noOpenEpoch``.
    package init(client: IntakeClient, directory: Directory, today: Day) throws(BuildError) {
        self.client = client
        terms = try DeskTerms(directory, today: today)
        accepted = Set(
            directory.contents.epochs.filter { $0.isAccepted(on: today) }.map(\.number))
    }

    /// Looks whether the file at `path` can be sent at all.
    ///
    /// - Throws: ``OriginalError``, `FileError`.
    package static func check(_ path: String) throws {
        _ = try OriginalFile(path)
    }

    /// Sends the file at `path` for the tip of `keys`.
    ///
    /// - Parameters:
    ///   - canResume: whether the keys come from a receipt. Without one nothing is parked: nobody
    ///     could ever come back for it.
    ///   - sent: the roots of files that went with these keys in this run. A later run cannot know
    ///     them: what was parked is destroyed when a file has arrived, so that nobody who has both
    ///     the receipt and the file can find out whether it was sent.
    ///   - progress: is told the step, how many bytes are done and of how many.
    /// - Returns: the root of the file's digests.
    /// - Throws: ``SubmissionError``, ``OriginalError``, ``BuildError``, `FileError`. After a network
    ///   failure the same call goes on where this one ended.
    @discardableResult
    package func send(
        _ path: String, at place: SupplementPlace, keys: borrowing NativeKeys,
        canResume: Bool, sent: Set<SHA256Digest> = [], progress: (Step, Int, Int) -> Void
    ) async throws -> SHA256Digest {
        let file = try OriginalFile(path)
        let size = file.byteCount
        let survey = try file.survey { progress(.reading, $0, size) }
        let digests = survey.digests
        let root = digests.root(with: NativePrimitives.self)
        guard !sent.contains(root) else {
            progress(.alreadySent, size, size)
            return root
        }
        let parking = ParkedKeys(resumeSecret: keys.resumeSecret, root: root)
        if canResume, let parked = try await parkedPlan(parking, byteCount: size) {
            try await send(
                parked, file, digests, parking, as: .resuming, keys: keys, canResume: true,
                progress)
        } else {
            let plan = try survey.plan(
                name: Self.name(of: path), at: place, terms: terms, keys: keys)
            try await send(
                plan, file, digests, parking, as: .sending, keys: keys, canResume: canResume,
                progress)
        }
        return root
    }

    private func send(
        _ plan: borrowing EvidencePlan<NativePrimitives>, _ file: consuming OriginalFile,
        _ digests: ChunkDigests, _ parking: borrowing ParkedKeys<NativePrimitives>,
        as first: Step, keys: borrowing NativeKeys, canResume: Bool,
        _ progress: (Step, Int, Int) -> Void
    ) async throws {
        var step = first
        let size = file.byteCount
        let token = try await begin(plan, parking, keys: keys, canResume: canResume) {
            if step == .sending { step = .sendingOnce }
        }
        guard let token else { return progress(step, size, size) }
        var frame = try FrameStream(plan, file: file, digests: digests)
        try await transfer(&frame, of: plan.head.frameByteCount, to: token) {
            progress(step, $0, $1)
        }
    }

    /// The name that the file had, for the desk only, cut to what the format takes.
    static func name(of path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        var name = ""
        for character in last {
            guard name.utf8.count + character.utf8.count <= Limits.fileNameBytes else { break }
            name.append(character)
        }
        return name
    }
}
