internal import Glibc

/// The signals that end a program from outside.
enum Signals {
    /// What ends a program from the keyboard, or from outside.
    static let endings = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    /// Whether the program ignores a signal.
    static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        unsafe sigaction(number, nil, &action)
        let handler = unsafe action.__sigaction_handler.sa_handler
        return unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
