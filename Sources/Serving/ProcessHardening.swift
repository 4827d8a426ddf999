internal import Glibc
package import NativePrimitives

/// What every server does to its own process before it reads a key or opens a socket.
package enum ProcessHardening {
    /// Makes the process undumpable and untraceable, its files private, and core files empty.
    ///
    /// - Throws: ``NativePrimitives/ProcessShield/Refused``; the program then does not start.
    package static func apply() throws(ProcessShield.Refused) {
        try ProcessShield.raise()
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
    }
}
