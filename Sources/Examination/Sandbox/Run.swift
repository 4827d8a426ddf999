internal import Glibc

/// What reads a worker's standard output: piece by piece, bounded, and distrustful.
package protocol OutputReader: ~Copyable {
    /// Takes the next bytes.
    ///
    /// - Throws: why the worker is stopped.
    mutating func take(_ bytes: [UInt8]) throws(NotDone)
}

/// How a worker ended that nobody had to stop.
struct WorkerEnd: Equatable {
    /// Its exit code, or 128 and a signal's number.
    let code: Int
    /// The beginning of its standard error, for ``NotDone/init(_:)`` and never for people.
    let errors: [UInt8]
}

extension Sandbox {
    /// Most bytes of a worker's standard error that are kept.
    static let errorBytes = 16 * 1024

    /// Runs a worker on a file and gives its output to `reader`.
    ///
    /// - Parameter deadline: the latest; the worker's own limit may be earlier.
    /// - Throws: the limit that stopped it, what `reader` threw, ``NotDone/toolMissing``.
    func run<Reader: OutputReader & ~Copyable>(
        _ worker: Worker, on input: MemoryFile, until deadline: ContinuousClock.Instant,
        into reader: inout Reader
    ) throws(NotDone) -> WorkerEnd {
        let end = min(deadline, .now + .seconds(worker.limits.seconds))
        var process = try start(worker, input: input.descriptor)
        let errors = try Self.pump(&process, worker.limits, end, &reader)
        while true {
            if let code = process.endedWith() { return WorkerEnd(code: code, errors: errors) }
            guard ContinuousClock.now < end else { throw .timeLimit }
            usleep(1000)
        }
    }

    /// Starts a worker; it is killed when its owner goes.
    ///
    /// - Parameter lent: a descriptor that it gets as ``SpawnedDescriptor/lent``.
    /// - Throws: ``NotDone/toolMissing``, ``NotDone/notStarted``.
    func start(_ worker: Worker, input: Int32, lent: Int32? = nil) throws(NotDone) -> Spawned {
        for tool in worker.programs where !Self.isInstalled(tool) { throw .toolMissing }
        let filter = try Self.filter(worker)
        return try Spawned(
            commandLine(worker), input: input, filter: filter.descriptor, lent: lent)
    }

    /// The system-call filter as a file that is read from its beginning.
    private static func filter(_ worker: Worker) throws(NotDone) -> MemoryFile {
        let program = SystemCallFilter(allowsLocalSockets: worker.allowsLocalSockets).program
        guard let file = try? MemoryFile(program, limit: program.count),
            lseek(file.descriptor, 0, SEEK_SET) == 0
        else { throw .notStarted }
        return file
    }

    /// Passes on output until both pipes are at their end; returns the beginning of the errors.
    static func pump<Reader: OutputReader & ~Copyable>(
        _ process: inout Spawned, _ limits: WorkerLimits, _ end: ContinuousClock.Instant,
        _ reader: inout Reader
    ) throws(NotDone) -> [UInt8] {
        var errors: [UInt8] = []
        var outputBytes = 0
        var nextLook = ContinuousClock.now
        while let piece = process.next() {
            errors += piece.errors.prefix(errorBytes - errors.count)
            outputBytes += piece.output.count
            guard outputBytes <= limits.outputBytes else { throw .outputLimit }
            if !piece.output.isEmpty { try reader.take(piece.output) }
            let now = ContinuousClock.now
            guard now < end else { throw .timeLimit }
            guard now >= nextLook else { continue }
            nextLook = now + .milliseconds(Int(Spawned.tickMilliseconds))
            let used = ProcessTree.residentBytes(of: process.process)
            guard used <= limits.residentBytes else { throw .memoryLimit }
        }
        return errors
    }
}
