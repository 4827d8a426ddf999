internal import Glibc
package import NativePrimitives

/// What an agent, and the desk's program that asks it, do to their own process first.
package enum AgentProcess {
    /// Makes the process undumpable and untraceable, core files empty, new files private, and (as
    /// far as the limits allow) keeps memory out of the swap.
    ///
    /// - Returns: whether all memory is locked; when not, keys could reach the swap.
    /// - Throws: ``NativePrimitives/ProcessShield/Refused``.
    package static func harden() throws(ProcessShield.Refused) -> Bool {
        try ProcessShield.raise()
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        return lockMemory()
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
}
