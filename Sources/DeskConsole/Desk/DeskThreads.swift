internal import Dispatch

/// Threads that may block, for work with files and agents: the threads that serve browsers never wait
/// for a disk.
final class DeskThreads: TaskExecutor {
    private let queue = DispatchQueue(label: "desk", attributes: .concurrent)

    /// Threads that are made as they are needed.
    init() {}

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Runs `work` on these threads, from its beginning to its end.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () async -> Value
    ) async -> Value {
        await Task(executorPreference: self) { await work() }.value
    }
}
