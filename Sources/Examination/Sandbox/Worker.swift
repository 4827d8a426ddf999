/// One throw-away run of one tool on one file: what it may see, and how much of everything.
///
/// The file is the worker's standard input, at ``Worker/inputPath``; what it finds out comes back
/// over its standard output.
struct Worker {
    /// Where a tool that wants a path finds the file.
    static let inputPath = "/proc/self/fd/0"

    /// The programs of `/usr/bin` that are there at all.
    let programs: [String]
    /// The command and its arguments.
    let command: [String]
    /// Folders and files of this machine besides those that every worker sees; read-only.
    var folders: [String] = []
    /// Most of everything.
    var limits = WorkerLimits()
    /// Whether it may make sockets that do not leave the sandbox.
    var allowsLocalSockets = false

    /// The arguments `prlimit` takes before the command: set inside, where no process of another
    /// worker counts towards this one's.
    var limitArguments: [String] {
        [
            "prlimit", "--core=0", "--as=\(limits.addressBytes)", "--cpu=\(limits.cpuSeconds)",
            "--fsize=\(limits.temporaryBytes)", "--nofile=\(limits.openFiles)",
            "--nproc=\(limits.processes)", "--",
        ]
    }
}

/// The most that one worker may use.
struct WorkerLimits {
    /// Bytes of address space of one process.
    var addressBytes = 2 << 30
    /// Bytes of memory of all its processes together; looked at every ``Spawned/tickMilliseconds``.
    var residentBytes = 1 << 30
    /// Seconds of processor time of one process.
    var cpuSeconds = 30
    /// Seconds from start to end.
    var seconds = 60
    /// Processes and threads.
    var processes = 32
    /// Open files of one process.
    var openFiles = 128
    /// Bytes of its only writable place, which is memory and is gone with it.
    var temporaryBytes = 64 << 20
    /// Bytes of standard output.
    var outputBytes = 1 << 20
}
