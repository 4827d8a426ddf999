internal import Glibc

/// A worker that is started and waits to be told that its texts are there.
struct StartedReader: ~Copyable {
    private var process: Spawned
    private let limits: WorkerLimits
    /// Our end of the worker's input.
    private let telling: Int32

    /// Starts it.
    ///
    /// - Throws: ``NotDone/notStarted``, ``NotDone/toolMissing``.
    init(_ worker: Worker, in sandbox: Sandbox, lent: Int32) throws(NotDone) {
        let pair = try Pair()
        let process = try sandbox.start(worker, input: pair.theirs, lent: lent)
        telling = pair.takeOurs()
        limits = worker.limits
        self.process = process
    }

    deinit { close(telling) }

    private final class Pair {
        private var ours: Int32
        let theirs: Int32

        init() throws(NotDone) {
            var ends: [Int32] = [-1, -1]
            let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .notStarted }
            (ours, theirs) = (ends[0], ends[1])
        }

        func takeOurs() -> Int32 {
            defer { ours = -1 }
            return ours
        }

        deinit {
            if ours >= 0 { close(ours) }
            close(theirs)
        }
    }

    /// Tells it to read its texts, and waits until it has ended.
    ///
    /// - Returns: how many of the first of `count` texts it has read to their end.
    /// - Throws: ``NotDone/notStarted`` when it never was there.
    consuming func answers(to count: Int) throws(NotDone) -> Int {
        var go = TextAnswers.accepted
        _ = unsafe send(telling, &go, 1, Int32(MSG_NOSIGNAL))
        var answers = TextAnswers(count: count)
        let end = ContinuousClock.now + .seconds(limits.seconds)
        // Whatever ended it, what it has answered before counts.
        _ = try? Sandbox.pump(&process, limits, end, &answers)
        guard answers.isGreeted else { throw .notStarted }
        return answers.answers.count
    }
}
