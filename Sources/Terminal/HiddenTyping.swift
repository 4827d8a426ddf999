internal import Glibc
internal import Synchronization

/// The terminal while a secret is typed: nothing is shown, and whatever ends the program meanwhile
/// leaves the terminal as it was.
///
/// One at a time: a program asks one question after the other.
enum HiddenTyping {
    private struct State {
        var isHidden = false
        var isOver = false
    }

    private static let state = Mutex(State())
    /// The terminal, and how it was. Only ``begin(_:)`` and ``end()`` write it, while no handler is set.
    nonisolated(unsafe) private static var terminal = STDIN_FILENO
    nonisolated(unsafe) private static var shown = termios()
    nonisolated(unsafe) private static var handlers: [(signal: Int32, old: sighandler_t?)] = []

    /// Stops showing what is typed; false when `descriptor` is no terminal.
    static func begin(_ descriptor: Int32) -> Bool {
        unsafe terminal = descriptor
        guard unsafe tcgetattr(descriptor, &shown) == 0 else { return false }
        // Stopped and resumed, a shell would show the rest of the secret.
        unsafe handlers = [(SIGTSTP, signal(SIGTSTP, SIG_IGN))]
        // An interruption that is watched for shows the typing again itself.
        let own = Interruption.isWatching ? [] : Signals.endings.filter { !Signals.isIgnored($0) }
        for number in own {
            unsafe handlers.append((number, signal(number, restoreAndEnd)))
        }
        state.withLock { state in
            guard !state.isOver else { return }
            var hidden = unsafe shown
            hidden.c_lflag &= ~tcflag_t(ECHO)
            unsafe tcsetattr(descriptor, TCSAFLUSH, &hidden)
            state.isHidden = true
        }
        return true
    }

    /// Shows again what is typed.
    static func end() {
        show(TCSAFLUSH)
        for handler in unsafe handlers { signal(handler.signal, handler.old) }
    }

    /// Shows again what is typed, for a program that a signal ends, and lets nobody hide it any more.
    static func endForGood() {
        state.withLock { $0.isOver = true }
        show(TCSANOW)
    }

    private static func show(_ when: Int32) {
        state.withLock { state in
            guard state.isHidden else { return }
            unsafe tcsetattr(terminal, when, &shown)
            state.isHidden = false
        }
    }

    /// The signal's handler; everything in it may be called in one (`signal-safety(7)`).
    private static let restoreAndEnd: @convention(c) (Int32) -> Void = { number in
        unsafe tcsetattr(terminal, TCSANOW, &shown)
        signal(number, SIG_DFL)
        raise(number)
    }
}
