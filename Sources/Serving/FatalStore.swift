internal import Glibc
package import Logging

/// The end of a process whose store failed.
///
/// After a failed fsync Linux forgets which pages were not written, so trying again proves nothing:
/// the only honest step is to stop, be started again, and verify what is on the disk.
package enum FatalStore {
    /// `EX_SOFTWARE` of sysexits.h: systemd starts the unit again.
    package static let exitCode: Int32 = 70

    /// Logs one line and ends the process at once, without answering anybody.
    ///
    /// - Parameters:
    ///   - operation: the failed operation, as the manual pages name it.
    ///   - code: the system's error number.
    package static func stop(_ logger: Logger, operation: String, code: Int32) -> Never {
        logger.critical(
            "store failed: stopping, so that nothing unsafe is confirmed",
            metadata: ["operation": "\(operation)", "code": "\(code)"])
        _exit(exitCode)
    }
}
