internal import Dispatch
internal import DurableFiles
internal import Glibc
internal import Synchronization

/// A signal ends this program, but first what it has not finished writing goes.
package final class Interruption {
    /// The exit code is this and the signal's number, as a shell tells it.
    private static let signalled: Int32 = 128

    private static let hasBegun = Atomic(false)
    private static let watchers = Atomic(0)

    /// Whether signals are watched at this moment, so that nobody else need end the program well.
    static var isWatching: Bool { watchers.load(ordering: .sequentiallyConsistent) > 0 }

    private let sources: [any DispatchSourceSignal]

    /// From here on, as long as it is kept.
    package init() {
        // A reader that went away and a limit on sizes are errors of writing: what is unfinished goes
        // then too, and a line of progress that nobody reads ends nothing.
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        // What whoever started the program had it ignore (`nohup`) stays ignored.
        sources = Signals.endings.filter { !Signals.isIgnored($0) }.map { number in
            // Else the signal would end the program before anybody is told.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Self.hasBegun.store(true, ordering: .sequentiallyConsistent)
                HiddenTyping.endForGood()
                Unfinished.removeAll()
                _exit(Self.signalled + number)
            }
            source.resume()
            return source
        }
        Self.watchers.add(1, ordering: .sequentiallyConsistent)
    }

    /// Until here.
    deinit { Self.watchers.subtract(1, ordering: .sequentiallyConsistent) }

    /// Waits for the end, if a signal has begun to end this program: what fails from then on fails
    /// only because its files are being taken away.
    package static func waitIfBegun() {
        while hasBegun.load(ordering: .sequentiallyConsistent) { pause() }
    }
}
