internal import Glibc

/// What a process and everything it started use, as `/proc` tells it.
enum ProcessTree {
    /// Most processes that are added up: more than any worker may have.
    private static let processLimit = 512

    /// Bytes of memory of `process` and all its descendants together. Shared pages count for each.
    static func residentBytes(of process: pid_t) -> Int {
        var todo = [process]
        var seen = 0
        var pages = 0
        while let next = todo.popLast(), seen < processLimit {
            seen += 1
            let fields = text("/proc/\(next)/statm").split(separator: 0x20)
            if fields.count > 1 { pages += number(fields[1]) }
            todo += children(of: next)
        }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Those that any of its threads has started and that are still there.
    private static func children(of process: pid_t) -> [pid_t] {
        let folder = "/proc/\(process)/task"
        guard let directory = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(directory) }
        var children: [pid_t] = []
        while let entry = unsafe readdir(directory) {
            // Read where it stands: the system's buffer ends sooner than the whole structure would.
            guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { break }
            let name = unsafe UnsafeRawPointer(entry) + offset
            let thread = unsafe String(cString: name.assumingMemoryBound(to: CChar.self))
            guard !thread.hasPrefix(".") else { continue }
            let list = text("\(folder)/\(thread)/children")
            children += list.split(separator: 0x20).map { pid_t(number($0)) }
        }
        return children
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        Int(String(decoding: digits, as: UTF8.self)) ?? 0
    }

    private static func text(_ path: String) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, filled in
            filled = max(0, unsafe read(descriptor, buffer.baseAddress, 4096))
        }
    }
}
