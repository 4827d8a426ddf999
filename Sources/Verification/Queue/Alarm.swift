internal import Foundation
internal import Tips

/// Calls a person when a case comes that somebody must look at within a day.
///
/// It runs a command of the operator's, with no argument, no environment and no input: whatever way it
/// takes (a bell, a pager, a lamp), it tells nothing but that somebody should come to the desk. The
/// reporter's ticks call nobody else and forward nothing.
package struct Alarm {
    /// Seconds after which the command is ended, and counts as failed.
    static let seconds = 30.0
    /// After so long it rings again for a case that nobody has worked on.
    static let repeats = Duration.seconds(15 * 60)

    private let command: String
    private var rang: [TipID: ContinuousClock.Instant] = [:]

    /// An alarm that runs the program at this path.
    package init(command: String) {
        self.command = command
    }

    /// Rings if a P0 is in the queue that nobody has worked on, and that it has not rung for lately.
    ///
    /// - Returns: nil, or what went wrong, in words; then it rings again the next time.
    package mutating func ring(for queue: [QueueEntry]) -> String? {
        let now = ContinuousClock.now
        let waiting = queue.filter { entry in
            guard entry.lastPerson.isEmpty, (entry.priority?.level ?? .p0) == .p0 else {
                return false
            }
            return rang[entry.tip].map { now - $0 >= Self.repeats } ?? true
        }
        guard !waiting.isEmpty else { return nil }
        if let problem = run() { return problem }
        for entry in waiting { rang[entry.tip] = now }
        return nil
    }

    /// Runs the command to its end.
    private func run() -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command)
        process.environment = [:]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return "the alarm \(command) could not be started"
        }
        let end = Date(timeIntervalSinceNow: Self.seconds)
        while process.isRunning, Date() < end { Thread.sleep(forTimeInterval: 0.05) }
        guard !process.isRunning else {
            process.terminate()
            return "the alarm \(command) did not end within \(Int(Self.seconds)) seconds"
        }
        return process.terminationStatus == 0
            ? nil : "the alarm \(command) ended with \(process.terminationStatus)"
    }
}
