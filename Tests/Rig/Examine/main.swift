import DurableFiles
import Examination
import Glibc

// Examines files with the real tools, several at a time, for the scenarios.
//
//   rig-examine [--socket PATH] [--never-render] OUT FILE...
//
// Prints one line for each file as soon as it is done: its number, how many milliseconds it took,
// and the report. The safe copies of file number N are OUT/N[-MEMBER…].KIND.

func option(_ name: String, hasValue: Bool, in arguments: inout [String]) -> String? {
    let parts = hasValue ? 2 : 1
    guard let index = arguments.firstIndex(of: name), index + parts <= arguments.count else {
        return nil
    }
    let value = arguments[index + parts - 1]
    arguments.removeSubrange(index..<index + parts)
    return value
}

func memory(_ path: String) throws -> MemoryFile {
    let file = try OpenFile(reading: path)
    var writer = try MemoryFileWriter(limit: ExaminationLimits.fileBytes)
    while true {
        let piece = try file.read(at: writer.byteCount, count: 1 << 20)
        if piece.isEmpty { return try writer.sealed() }
        try writer.append(piece)
    }
}

func save(_ copy: SafeCopy, of number: Int, in folder: String) throws {
    let name = ([number] + copy.path).map(String.init).joined(separator: "-")
    let bytes = try copy.file.read(at: 0, count: copy.file.byteCount)
    try Durable.write(bytes.span, to: "\(folder)/\(name).\(copy.kind.rawValue)", .replace)
}

func run(_ arguments: [String]) -> Int32 {
    var files = arguments
    let socketPath = option("--socket", hasValue: true, in: &files)
    let neverRender = option("--never-render", hasValue: false, in: &files) != nil
    guard files.count >= 2 else {
        print("usage: rig-examine [--socket PATH] [--never-render] OUT FILE...")
        return 64
    }
    guard let sandbox = try? Sandbox() else {
        print("no sandbox: are bubblewrap and util-linux installed?")
        return 69
    }
    let out = files.removeFirst()
    let paths = files
    let examiner = Examiner(sandbox: sandbox, scanner: ClamAV(socketPath: socketPath))
    SideBySide.run(paths.count) { number in
        let began = ContinuousClock.now
        do {
            let report = try examiner.examine(
                memory(paths[number]), extent: neverRender ? .neverRender : .full,
                unixTime: time(nil)
            ) { try save($0, of: number, in: out) }
            let milliseconds = (ContinuousClock.now - began) / .milliseconds(1)
            print(number, Int(milliseconds), String(decoding: report.encoded, as: UTF8.self))
        } catch {
            print(number, 0, "failed: \(error)")
        }
    }
    return 0
}

exit(run(Array(CommandLine.arguments.dropFirst())))
