internal import Dispatch
internal import DurableFiles
internal import Synchronization
internal import Tips

/// The queue for a program that stays: every case is read once, and again only when its journal has
/// changed. It is in memory alone: nothing that can be searched is written down.
package final class QueueIndex: Sendable {
    /// What is remembered of one case.
    private struct Kept {
        let stamp: FileStamp?
        let entry: QueueEntry
    }

    private struct State {
        var kept: [TipID: Kept] = [:]
        var sorted: [QueueEntry] = []
        var isComplete = false
    }

    private let state = Mutex(State())
    /// One reading at a time.
    private let reading = Mutex(())

    /// An index of nothing yet.
    package init() {}

    /// The cases that have been read, in the order of the queue.
    package var entries: [QueueEntry] { state.withLock { $0.sorted } }

    /// Whether every case has been read once.
    package var isComplete: Bool { state.withLock { $0.isComplete } }

    /// Reads every case that is new or has changed.
    ///
    /// - Parameter tell: is told how many cases are done and how many there are to do.
    /// - Throws: ``DeskError`` when the desk's folder cannot be listed.
    package func refresh(
        _ desk: Desk, tell: @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws(DeskError) {
        try Verification.desk { try reading.withLock { _ in try read(desk, tell) } }
    }

    private func read(_ desk: Desk, _ tell: @Sendable (Int, Int) -> Void) throws {
        let stamps = try desk.stamps()
        let known = state.withLock { $0.kept }
        let changed = stamps.filter { tip, stamp in
            stamp == nil || known[tip]?.stamp != stamp
        }
        let gone = known.keys.filter { stamps[$0] == nil }
        state.withLock { state in for tip in gone { state.kept[tip] = nil } }
        let todo = Array(changed)
        for start in stride(from: 0, to: todo.count, by: Self.batch) {
            keep(entries(todo[start..<min(start + Self.batch, todo.count)], of: desk))
            tell(min(start + Self.batch, todo.count), todo.count)
        }
        if !gone.isEmpty { keep([:]) }
        state.withLock { $0.isComplete = true }
    }

    /// Cases read before what was read is shown.
    private static let batch = 500

    /// The same on all processors: most of the time goes into opening small files.
    private func entries(
        _ todo: ArraySlice<(key: TipID, value: FileStamp?)>, of desk: Desk
    ) -> [TipID: Kept] {
        let found = Mutex<[TipID: Kept]>([:])
        let todo = Array(todo)
        DispatchQueue.concurrentPerform(iterations: todo.count) { index in
            let (tip, stamp) = todo[index]
            let entry = desk.queueEntry(tip)
            found.withLock { $0[tip] = Kept(stamp: entry.isReadable ? stamp : nil, entry: entry) }
        }
        return found.withLock { $0 }
    }

    private func keep(_ new: [TipID: Kept]) {
        let all = state.withLock { state in
            state.kept.merge(new) { $1 }
            return state.kept.values.map(\.entry)
        }
        let sorted = all.sorted { $0.precedes($1) }
        state.withLock { $0.sorted = sorted }
    }
}

extension QueueEntry {
    /// Whether it need not be read again before it changes.
    fileprivate var isReadable: Bool {
        switch stage {
        case .unreadable, .beingDestroyed: false
        default: true
        }
    }
}

extension Desk {
    /// When the journal of each case changed last; nil where that is too short ago to tell whether
    /// another change would show.
    fileprivate func stamps() throws -> [TipID: FileStamp?] {
        let now = try FileStamp.now()
        var stamps: [TipID: FileStamp?] = [:]
        for tip in try tips() {
            let stamp = try FileStamp(of: caseFolder(tip) + "/journal")
            stamps[tip] = .some(stamp.flatMap { $0.isSettled(at: now) ? $0 : nil })
        }
        return stamps
    }
}
