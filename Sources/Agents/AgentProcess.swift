internal import Glibc

/// What an agent does to its own process before it reads a key.
package enum AgentProcess {
    /// A protection that the system refused; the agent then does not start.
    package struct Refused: Error, Equatable {
        /// The protection by its name in the manual pages.
        package let protection: String
    }

    /// Makes the process undumpable and untraceable, core files empty, new files private, and (as
    /// far as the limits allow) keeps memory out of the swap.
    ///
    /// - Returns: whether all memory is locked; when not, keys could reach the swap.
    /// - Throws: ``Refused``.
    package static func harden() throws(Refused) -> Bool {
        guard setUndumpable() else { throw Refused(protection: "PR_SET_DUMPABLE") }
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0 else {
            throw Refused(protection: "RLIMIT_CORE")
        }
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        return mlockall(Int32(MCL_CURRENT)) == 0
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
