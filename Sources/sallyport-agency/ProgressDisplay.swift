internal import Synchronization
internal import Terminal

/// Progress that is reported from other tasks, file after file.
final class ProgressDisplay: Sendable {
    private let title: String
    private let current = Mutex<(total: Int, percent: Int)>((0, -1))

    /// A display called `title`.
    init(_ title: String) {
        self.title = title
    }

    /// Shows every tenth of a file of 8 MiB or more.
    func update(_ done: Int, of total: Int) {
        guard total >= 8 * 1024 * 1024 else { return }
        let percent = done * 10 / total * 10
        let isNew = current.withLock { shown in
            guard shown.total != total || percent > shown.percent else { return false }
            shown = (total, percent)
            return true
        }
        if isNew { Say.note("\(title): \(percent) %") }
    }
}
