internal import Glibc

/// How workers are shut in: bubblewrap's arguments, and as whom it is started.
///
/// bubblewrap is a construction kit; the arguments are the policy. What each is for, and what
/// escapes without it, is in the tests of containment.
package struct Sandbox: Sendable {
    /// The folder of this machine's tools.
    static let toolFolder = "/usr/bin/"
    /// The user and group that everybody's files are closed to: `nobody`.
    static let nobody = "65534"

    /// What is run before bubblewrap so that it starts without privileges.
    private let starter: [String]

    /// A sandbox for the user this process runs as; for root, as `nobody`.
    ///
    /// As root, bubblewrap would keep all capabilities and map root into the sandbox.
    /// - Throws: ``SandboxError``.
    package init() throws(SandboxError) {
        if geteuid() == 0 {
            starter = [
                "setpriv", "--reuid", Self.nobody, "--regid", Self.nobody, "--clear-groups",
                "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--",
            ]
        } else {
            guard getuid() == geteuid(), getgid() == getegid(), !Self.hasCapabilities() else {
                throw .privileged
            }
            starter = []
        }
        for tool in ["bwrap", "prlimit"] + starter.prefix(1) where !Self.isInstalled(tool) {
            throw .missing(tool)
        }
    }

    /// Whether this machine has the tool.
    static func isInstalled(_ tool: String) -> Bool { unsafe access(toolFolder + tool, X_OK) == 0 }

    /// Whether this process has capabilities although it is not root; also when it cannot be known.
    private static func hasCapabilities() -> Bool {
        var last: [UInt8] = []
        let descriptor = unsafe open("/proc/self/status", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe read(descriptor, $0.baseAddress, $0.count)
        }
        for line in buffer.prefix(max(0, count)).split(separator: 0x0A)
        where line.starts(with: "CapEff:".utf8) {
            last = line.dropFirst("CapEff:".utf8.count).filter { $0 > 0x20 }
        }
        return last.isEmpty || last.contains { $0 != 0x30 }
    }

    /// The whole command line of a worker; the first is the program's name in ``toolFolder``.
    func commandLine(_ worker: Worker) -> [String] {
        starter + ["bwrap"] + namespaces + Self.system + Self.devices(worker)
            + (worker.programs + ["prlimit"]).flatMap { Self.readOnly(Self.toolFolder + $0) }
            + worker.folders.flatMap { ["--ro-bind-try", $0, $0] }
            + Self.environment + ["--seccomp", String(SpawnedDescriptor.filter), "--"]
            + worker.limitArguments + worker.command
    }

    private var namespaces: [String] {
        [
            "--unshare-user", "--unshare-all", "--disable-userns", "--cap-drop", "ALL",
            "--new-session", "--die-with-parent", "--hostname", "worker",
        ]
    }

    /// What every dynamically linked tool needs, and the fonts; none of it is anybody's secret.
    private static let system: [String] =
        readOnly("/usr/lib") + readOnly("/usr/share")
        + ["/usr/lib64", "/etc/alternatives", "/etc/ld.so.cache", "/etc/fonts"].flatMap {
            ["--ro-bind-try", $0, $0]
        }
        + ["--ro-bind-try", "/var/cache/fontconfig", "/var/cache/fontconfig"]
        + ["--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"]
        + ["--symlink", "usr/bin", "/bin"]

    private static func readOnly(_ path: String) -> [String] { ["--ro-bind", path, path] }

    /// Its own processes and no others, harmless devices, and a small place to write.
    private static func devices(_ worker: Worker) -> [String] {
        [
            "--proc", "/proc", "--dev", "/dev", "--size", String(worker.limits.temporaryBytes),
            "--tmpfs", "/tmp", "--chdir", "/tmp",
        ]
    }

    private static let environment = [
        // Everything is in its place; but for /tmp, nothing more can be put anywhere. (/dev is a
        // tmpfs without a limit.)
        "--remount-ro", "/", "--remount-ro", "/dev", "--clearenv", "--setenv", "PATH", "/usr/bin",
        "--setenv", "HOME",
        "/tmp",
        "--setenv", "LC_ALL", "C.UTF-8", "--setenv", "TZ", "UTC",
        // libvips then refuses its loaders for formats that it calls untrusted.
        "--setenv", "VIPS_BLOCK_UNTRUSTED", "1",
    ]
}

/// Why there can be no sandbox.
package enum SandboxError: Error, Equatable {
    /// This process has some of root's powers without being root: a worker would inherit them.
    case privileged
    /// A program of Debian's is not there: install what `Deploy/packages` lists.
    case missing(String)

    /// Why, in words.
    package var words: String {
        switch self {
        case .privileged: "this process has powers that a worker would inherit"
        case .missing(let tool): "\(tool) is not installed"
        }
    }
}
