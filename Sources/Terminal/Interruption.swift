internal import DurableFiles
internal import Glibc
internal import Synchronization

/// A signal ends this program, but first what it has not finished writing goes.
///
/// The signal's handler only passes its number on (`signal-safety(7)`); a thread of its own does the
/// rest. Where the system gives no thread, signals end the program as ever.
package final class Interruption {
    /// The exit code is this and the signal's number, as a shell tells it.
    private static let signalled: Int32 = 128

    private static let hasBegun = Atomic(false)
    /// Where the handler writes; -1 while nobody watches.
    private static let way = Atomic<Int32>(-1)
    /// Where the thread reads.
    private static let reading = Atomic<Int32>(-1)

    /// Whether signals are watched at this moment, so that nobody else need end the program well.
    static var isWatching: Bool { way.load(ordering: .sequentiallyConsistent) >= 0 }

    private var watched: [(signal: Int32, old: sighandler_t?)] = []

    /// From here on, as long as it is kept; one at a time.
    package init() {
        // A reader that went away and a limit on sizes are errors of writing: what is unfinished goes
        // then too, and a line of progress that nobody reads ends nothing.
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        guard let way = Self.watch() else { return }
        Self.way.store(way, ordering: .sequentiallyConsistent)
        // What whoever started the program had it ignore (`nohup`) stays ignored.
        for number in Signals.endings where !Signals.isIgnored(number) {
            watched.append((number, signal(number, Self.passOn)))
        }
    }

    /// Until here.
    deinit {
        for (number, old) in watched { signal(number, old) }
        let way = Self.way.exchange(-1, ordering: .sequentiallyConsistent)
        if way >= 0 { close(way) }
    }

    /// Waits for the end, if a signal has begun to end this program: what fails from then on fails
    /// only because its files are being taken away.
    package static func waitIfBegun() {
        while hasBegun.load(ordering: .sequentiallyConsistent) { pause() }
    }

    /// Starts the thread that waits for a signal's number.
    ///
    /// - Returns: where the number is to be written; nil when there can be no thread.
    private static func watch() -> Int32? {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var thread = pthread_t()
        reading.store(ends[0], ordering: .sequentiallyConsistent)
        let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { _ in
            Interruption.endWhenTold()
            return nil
        }
        let result = unsafe pthread_create(&thread, nil, start, nil)
        guard result == 0 else {
            for end in ends { close(end) }
            return nil
        }
        pthread_detach(thread)
        return ends[1]
    }

    private static func endWhenTold() {
        let reading = reading.load(ordering: .sequentiallyConsistent)
        var number: UInt8 = 0
        var count = -1
        while count < 0 { count = unsafe read(reading, &number, 1) }
        close(reading)
        // The other end was closed: nobody watches any more.
        guard count == 1 else { return }
        hasBegun.store(true, ordering: .sequentiallyConsistent)
        HiddenTyping.endForGood()
        Unfinished.removeAll()
        _exit(signalled + Int32(number))
    }

    /// The signal's handler.
    private static let passOn: @convention(c) (Int32) -> Void = { number in
        let old = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = unsafe write(Interruption.way.load(ordering: .sequentiallyConsistent), &byte, 1)
        errno = old
    }
}
