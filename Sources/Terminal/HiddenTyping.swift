internal import Glibc

/// The terminal while a secret is typed: nothing is shown, and whatever ends the program meanwhile
/// leaves the terminal as it was.
///
/// One at a time: a program asks one question after the other.
enum HiddenTyping {
    /// The terminal, and how it was. Only ``begin()`` and ``end()`` write it, while no handler is set.
    nonisolated(unsafe) private static var terminal = STDIN_FILENO
    nonisolated(unsafe) private static var shown = termios()
    nonisolated(unsafe) private static var handlers: [(signal: Int32, old: sighandler_t?)] = []

    /// What ends a program from the keyboard, or from outside.
    private static let endings = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    /// Stops showing what is typed; false when `descriptor` is no terminal.
    static func begin(_ descriptor: Int32) -> Bool {
        unsafe terminal = descriptor
        guard unsafe tcgetattr(descriptor, &shown) == 0 else { return false }
        // Stopped and resumed, a shell would show the rest of the secret.
        unsafe handlers = [(SIGTSTP, signal(SIGTSTP, SIG_IGN))]
        for number in endings {
            unsafe handlers.append((number, signal(number, restoreAndEnd)))
        }
        var hidden = unsafe shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(descriptor, TCSAFLUSH, &hidden)
        return true
    }

    /// Shows again what is typed.
    static func end() {
        unsafe tcsetattr(terminal, TCSAFLUSH, &shown)
        for handler in unsafe handlers { signal(handler.signal, handler.old) }
    }

    /// The signal's handler; everything in it may be called in one (`signal-safety(7)`).
    private static let restoreAndEnd: @convention(c) (Int32) -> Void = { number in
        unsafe tcsetattr(terminal, TCSANOW, &shown)
        signal(number, SIG_DFL)
        raise(number)
    }
}
