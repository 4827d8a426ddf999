internal import Glibc

/// What every server does to its own process before it reads a key or opens a socket.
package enum ProcessHardening {
    /// Makes the process undumpable and untraceable, its files private, and core files empty.
    ///
    /// - Throws: ``HardeningError`` when the system refuses; the program then does not start.
    package static func apply() throws(HardeningError) {
        guard setUndumpable() else { throw .refused("PR_SET_DUMPABLE") }
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0 else {
            throw .refused("RLIMIT_CORE")
        }
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
    }

    /// `prctl(PR_SET_DUMPABLE, 0)`, and whether it holds when asked.
    ///
    /// The C function is variadic, which Swift does not import, so it is looked up by name.
    private static func setUndumpable() -> Bool {
        typealias Prctl = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
        let setDumpable: Int32 = 4
        let getDumpable: Int32 = 3
        guard let symbol = unsafe dlsym(nil, "prctl") else { return false }
        let prctl = unsafe unsafeBitCast(symbol, to: Prctl.self)
        return prctl(setDumpable, 0, 0, 0, 0) == 0 && prctl(getDumpable, 0, 0, 0, 0) == 0
    }
}

/// The system refused a protection.
package enum HardeningError: Error, CustomStringConvertible {
    /// The protection by its name in the manual pages.
    case refused(String)

    package var description: String {
        switch self {
        case .refused(let what): "the system refused \(what)"
        }
    }
}
