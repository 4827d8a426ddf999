internal import Glibc
internal import Synchronization

/// How far long work has come, on standard error: one line that is rewritten at a terminal, a line
/// for every tenth elsewhere.
package struct Progress: ~Copyable {
    private let title: String
    private let total: Int
    private let isTerminal: Bool
    private var shown = -1

    /// Progress of work over `total` bytes; nothing is shown for less than 8 MiB.
    package init(_ title: String, totalBytes: Int) {
        self.title = title
        total = totalBytes
        isTerminal = isatty(STDERR_FILENO) == 1
    }

    /// Shows that `done` bytes are done.
    package mutating func update(_ done: Int) {
        guard total >= 8 * 1024 * 1024 else { return }
        let percent = min(100, done * 100 / total)
        let step = isTerminal ? percent : percent / 10 * 10
        guard step > shown else { return }
        shown = step
        let line = "\(title): \(step) %"
        fputsStandardError(isTerminal ? "\r\(line)" : "\(line)\n")
        if isTerminal, percent == 100 { fputsStandardError("\n") }
    }

    /// Shows that all is done: what is counted need not add up to the length of a file.
    package mutating func finish() { update(total) }
}

/// Progress of several pieces of work, one after the other, told from any thread.
package final class ProgressOfSteps: Sendable {
    private struct Step: ~Copyable {
        let title: String
        let total: Int
        var done = 0
        var progress: Progress

        init(_ title: String, _ total: Int) {
            self.title = title
            self.total = total
            progress = Progress(title, totalBytes: total)
        }
    }

    private let step = Mutex(Step("", 0))

    /// Progress of nothing yet.
    package init() {}

    /// Shows that `done` of `total` bytes are done of what `title` says. Fewer bytes than before are
    /// those of the next file.
    package func update(_ title: String, _ done: Int, _ total: Int) {
        step.withLock { step in
            if step.title != title || step.total != total || done < step.done {
                step = Step(title, total)
            }
            step.done = done
            step.progress.update(done)
        }
    }
}
