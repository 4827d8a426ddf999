internal import Glibc

/// A started program with pipes on its standard output and error, killed and reaped by its owner.
struct Spawned: ~Copyable {
    /// Milliseconds between two looks at the clock and at the memory used.
    static let tickMilliseconds: Int32 = 50

    let process: pid_t
    /// The reading end of its standard output; -1 when at its end.
    private(set) var output: Int32
    /// The reading end of its standard error; -1 when at its end.
    private(set) var errors: Int32
    private var status: Int32?

    /// Starts `command`, whose first part is looked up in ``Sandbox/toolFolder``, with an empty
    /// environment, no descriptor of ours but the given ones, and no signal blocked or ignored.
    ///
    /// - Parameter lent: what it gets as ``SpawnedDescriptor/lent``; nil for nothing.
    /// - Throws: ``NotDone/notStarted``.
    init(
        _ command: [String], input: Int32, filter: Int32, lent: Int32? = nil
    ) throws(NotDone) {
        let output = try Pipe()
        let errors = try Pipe()
        var actions = unsafe posix_spawn_file_actions_t()
        guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { throw .notStarted }
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let input = try Descriptor(copyOf: input)
        let filter = try Descriptor(copyOf: filter)
        let last = try Descriptor(copyOf: lent ?? filter.number)
        for (ours, theirs) in [
            (input.number, SpawnedDescriptor.input), (output.writing, SpawnedDescriptor.output),
            (errors.writing, SpawnedDescriptor.errors), (filter.number, SpawnedDescriptor.filter),
            (last.number, SpawnedDescriptor.lent),
        ] {
            unsafe posix_spawn_file_actions_adddup2(&actions, ours, theirs)
        }
        let free = SpawnedDescriptor.lent + (lent == nil ? 0 : 1)
        guard unsafe Self.closeFrom(free, &actions) else { throw .notStarted }
        process = try unsafe Self.spawn(command, &actions)
        self.output = output.takeReading()
        self.errors = errors.takeReading()
    }

    /// `posix_spawn_file_actions_addclosefrom_np`, which the C header shows only to those who define
    /// `_GNU_SOURCE`, so it is looked up by name.
    private static func closeFrom(
        _ first: Int32, _ actions: inout posix_spawn_file_actions_t
    ) -> Bool {
        typealias Close =
            @convention(c) (
                UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32
            ) -> Int32
        let name = "posix_spawn_file_actions_addclosefrom_np"
        guard let symbol = unsafe dlsym(nil, name) else { return false }
        return unsafe unsafeBitCast(symbol, to: Close.self)(&actions, first) == 0
    }

    private static func spawn(
        _ command: [String], _ actions: inout posix_spawn_file_actions_t
    ) throws(NotDone) -> pid_t {
        var attributes = posix_spawnattr_t()
        guard unsafe posix_spawnattr_init(&attributes) == 0 else { throw .notStarted }
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var environment = unsafe [strdup("PATH=/usr/bin"), nil]
        defer { unsafe free(environment[0]) }
        var process: pid_t = 0
        let result = unsafe posix_spawn(
            &process, Sandbox.toolFolder + command[0], &actions, &attributes, &arguments,
            &environment)
        guard result == 0 else { throw .notStarted }
        return process
    }

    deinit {
        if output >= 0 { close(output) }
        if errors >= 0 { close(errors) }
        if status == nil {
            kill(process, SIGKILL)
            var status: Int32 = 0
            while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
        }
    }

    /// Waits up to ``tickMilliseconds`` for bytes of either pipe.
    ///
    /// - Returns: what came; empty arrays for nothing. Both pipes at their end: nil.
    mutating func next() -> (output: [UInt8], errors: [UInt8])? {
        if output < 0 && errors < 0 { return nil }
        var waited = [
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        ]
        let ready = unsafe poll(&waited, 2, Self.tickMilliseconds)
        guard ready > 0 else { return ([], []) }
        let fresh = waited[0].revents == 0 ? [] : Self.take(&output)
        return (fresh, waited[1].revents == 0 ? [] : Self.take(&errors))
    }

    /// Most bytes taken from a pipe at once.
    private static let pieceBytes = 256 * 1024

    private static func take(_ descriptor: inout Int32) -> [UInt8] {
        let number = descriptor
        var count = 0
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: pieceBytes) { buffer, filled in
            count = unsafe read(number, buffer.baseAddress, pieceBytes)
            filled = max(0, count)
        }
        if count == 0 || (count < 0 && errno != EINTR) {
            close(number)
            descriptor = -1
        }
        return piece
    }

    /// Its exit code, or 128 and the signal that ended it; nil while it runs.
    mutating func endedWith() -> Int? {
        if status == nil {
            var value: Int32 = 0
            if unsafe waitpid(process, &value, WNOHANG) == process { status = value }
        }
        guard let status else { return nil }
        return status & 0x7F == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(status & 0x7F)
    }
}

/// A descriptor of our own, closed with its owner.
private struct Descriptor: ~Copyable {
    let number: Int32

    init(copyOf descriptor: Int32) throws(NotDone) {
        number = fcntl(descriptor, F_DUPFD_CLOEXEC, SpawnedDescriptor.firstFree)
        guard number >= 0 else { throw .notStarted }
    }

    deinit { close(number) }
}

private final class Pipe {
    private var reading: Int32
    let writing: Int32

    init() throws(NotDone) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw .notStarted }
        defer {
            close(ends[0])
            close(ends[1])
        }
        reading = fcntl(ends[0], F_DUPFD_CLOEXEC, SpawnedDescriptor.firstFree)
        writing = fcntl(ends[1], F_DUPFD_CLOEXEC, SpawnedDescriptor.firstFree)
        let setPipeSize: Int32 = 1031
        _ = fcntl(reading, setPipeSize, 1 << 20)
        guard reading >= 0, writing >= 0 else { throw .notStarted }
    }

    func takeReading() -> Int32 {
        defer { reading = -1 }
        return reading
    }

    deinit {
        if reading >= 0 { close(reading) }
        if writing >= 0 { close(writing) }
    }
}
