internal import Glibc

/// The outer side: how workers that read texts are started.
///
/// A worker is the desk's own program, started again in the sandbox with ``TextWorker/argument``; the
/// file of the program and the libraries that it needs are all it sees besides what every worker sees.
package struct TextReaders: Sendable {
    /// Seconds that a worker may take for all its texts, from when they are complete.
    static let seconds = 30
    private static let limits = WorkerLimits(
        addressBytes: 1 << 30, residentBytes: 512 << 20, cpuSeconds: 20, seconds: seconds,
        processes: 8, openFiles: 32, temporaryBytes: 1 << 20, outputBytes: 16 * 1024)

    let worker: Worker

    /// Workers of the program `sallyport-desk` in the folder of the program that runs: of itself, as a
    /// rule.
    package init() {
        let program = Self.folder + "/sallyport-desk"
        self.init(
            Worker(
                programs: [], command: [program, TextWorker.argument],
                folders: [program] + Self.libraries, limits: Self.limits))
    }

    init(_ worker: Worker) {
        self.worker = worker
    }

    /// Starts a worker for a batch of texts, which are still to come.
    ///
    /// - Throws: ``NotDone/notStarted``, ``NotDone/toolMissing``; ``SandboxError``.
    package func batch() throws -> TextBatch { try TextBatch(self, try Sandbox()) }

    /// The folder of the program that runs.
    private static var folder: String {
        let path = unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            guard let start = buffer.baseAddress else { return }
            count = max(0, unsafe readlink("/proc/self/exe", start, buffer.count))
        }
        let end = path.lastIndex(of: 0x2F) ?? path.startIndex
        return String(decoding: path[..<end], as: UTF8.self)
    }

    /// The libraries of this process that no worker sees otherwise, by the names they were found by.
    ///
    /// `dl_iterate_phdr` is shown by the C header only to those who define `_GNU_SOURCE`, so it is
    /// looked up by name, and with it its `struct dl_phdr_info`: an address, then the name.
    private static var libraries: [String] {
        typealias Visit =
            @convention(c) (
                UnsafeRawPointer, Int, UnsafeMutableRawPointer
            ) -> Int32
        typealias Iterate = @convention(c) (Visit, UnsafeMutableRawPointer) -> Int32
        guard let symbol = unsafe dlsym(nil, "dl_iterate_phdr") else { return [] }
        let iterate = unsafe unsafeBitCast(symbol, to: Iterate.self)
        var names: [String] = []
        let visit: Visit = { info, _, names in
            let place = MemoryLayout<UInt>.size
            let name = unsafe info.load(fromByteOffset: place, as: UnsafePointer<CChar>?.self)
            guard let name = unsafe name else { return 0 }
            unsafe names.assumingMemoryBound(to: [String].self).pointee.append(
                String(cString: name))
            return 0
        }
        unsafe withUnsafeMutablePointer(to: &names) {
            _ = unsafe iterate(visit, UnsafeMutableRawPointer($0))
        }
        return names.filter {
            $0.hasPrefix("/") && !$0.hasPrefix("/usr/lib") && !$0.hasPrefix("/lib")
        }
    }
}
