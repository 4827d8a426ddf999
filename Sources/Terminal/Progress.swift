internal import Glibc

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
}
