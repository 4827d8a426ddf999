internal import Glibc

/// What a process that holds secrets does to itself before it reads one. Some libraries do not wipe
/// what they were given (X-Wing keys), so nobody may look at the memory.
package enum ProcessShield {
    /// A protection that the system refused; the program then does not start.
    package struct Refused: Error, Equatable, CustomStringConvertible {
        /// The protection by its name in the manual pages.
        package let protection: String

        package var description: String { "the system refused \(protection)" }
    }

    /// Makes the process undumpable and untraceable, and core files empty.
    ///
    /// - Throws: ``Refused``.
    package static func raise() throws(Refused) {
        guard setUndumpable() else { throw Refused(protection: "PR_SET_DUMPABLE") }
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0 else {
            throw Refused(protection: "RLIMIT_CORE")
        }
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
