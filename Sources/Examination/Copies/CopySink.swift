/// Takes a tool's own output as a safe copy: a recording, encoded anew.
struct CopySink: ~Copyable, OutputReader {
    private var file: MemoryFileWriter

    /// - Parameter limit: most bytes.
    init(limit: Int) throws(NotDone) {
        do throws(MemoryFileError) {
            file = try MemoryFileWriter(limit: limit)
        } catch {
            throw NotDone(error)
        }
    }

    mutating func take(_ bytes: [UInt8]) throws(NotDone) {
        do throws(MemoryFileError) { try file.append(bytes) } catch { throw NotDone(error) }
    }

    /// The copy.
    consuming func finish() throws(NotDone) -> MemoryFile {
        do throws(MemoryFileError) { return try file.sealed() } catch { throw NotDone(error) }
    }
}
