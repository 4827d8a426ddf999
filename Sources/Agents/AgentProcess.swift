internal import Glibc

/// What an agent, and the desk's program that asks it, do to their own process first.
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
        try shield()
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        return lockMemory()
    }

    /// Makes the process undumpable and untraceable, and core files empty.
    package static func shield() throws(Refused) {
        guard setUndumpable() else { throw Refused(protection: "PR_SET_DUMPABLE") }
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0 else {
            throw Refused(protection: "RLIMIT_CORE")
        }
    }

    /// Keeps memory out of the swap: what is there, and what comes.
    ///
    /// Where the system limits locked memory, what comes later is left alone: an allocation past
    /// the limit would end the process in the middle of its work.
    ///
    /// - Returns: whether all of it is locked.
    package static func lockMemory() -> Bool {
        var unlimited = rlimit(rlim_cur: .max, rlim_max: .max)
        guard unsafe setrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &unlimited) == 0
        else {
            _ = mlockall(Int32(MCL_CURRENT))
            return false
        }
        // On fault: only memory that is used, not whole stacks that never will be.
        let onFault: Int32 = 4
        return mlockall(Int32(MCL_CURRENT) | Int32(MCL_FUTURE) | onFault) == 0
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
