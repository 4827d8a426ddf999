import Glibc

@testable import Examination

/// What this machine can do.
enum Machine {
    /// Whether a worker can be started at all: without user namespaces, none can.
    static let hasSandbox: Bool = {
        guard let sandbox = try? Sandbox() else { return false }
        return (try? sandbox.output("exit 0", programs: [])) != nil
    }()
    static let hasPython = Sandbox.isInstalled("python3")

    static func has(_ tools: String...) -> Bool {
        hasSandbox && tools.allSatisfy(Sandbox.isInstalled)
    }
}

extension Sandbox {
    /// What a shell script prints in a worker.
    func output(
        _ script: String, programs: [String], limits: WorkerLimits = WorkerLimits(),
        input: [UInt8] = []
    ) throws -> String {
        let worker = Worker(
            programs: ["sh"] + programs, command: ["sh", "-c", script], limits: limits)
        return try output(of: worker, input: input)
    }

    /// What a Python program prints in a worker.
    func python(
        _ program: String, limits: WorkerLimits = WorkerLimits(), localSockets: Bool = false,
        input: [UInt8] = []
    ) throws -> String {
        var worker = Worker(
            programs: ["python3"], command: ["python3", "-I", "-c", program], limits: limits)
        worker.allowsLocalSockets = localSockets
        return try output(of: worker, input: input)
    }

    private func output(of worker: Worker, input: [UInt8]) throws -> String {
        var reader = Gathered(limit: worker.limits.outputBytes)
        let file = try MemoryFile(input, limit: input.count)
        let end = try run(worker, on: file, until: .now + .seconds(120), into: &reader)
        guard end.code == 0 else { throw Failed(end: end) }
        return String(decoding: reader.bytes, as: UTF8.self)
    }

    /// A worker that did not end well.
    struct Failed: Error, CustomStringConvertible {
        let end: WorkerEnd
        var description: String {
            "ended with \(end.code): \(String(decoding: end.errors, as: UTF8.self))"
        }
    }
}

/// The processes of this machine that have these letters in their command line.
func processes(with mark: String) -> [String] {
    guard let directory = unsafe opendir("/proc") else { return [] }
    defer { unsafe closedir(directory) }
    var found: [String] = []
    while let entry = unsafe readdir(directory) {
        let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
            unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard Int(name) != nil else { continue }
        let line = beginning(of: "/proc/\(name)/cmdline")
        if line.firstRange(of: [UInt8](mark.utf8)) != nil { found.append(name) }
    }
    return found
}

/// The first bytes of a file; none when it cannot be read.
func beginning(of path: String) -> [UInt8] {
    guard let file = unsafe fopen(path, "r") else { return [] }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
}
