import HTTPTypes
import Tips
import Wire

/// libFuzzer's entry point: the lines of the input are header fields of the public door. What
/// parses is written so that it reads the same, and a range lies in what there is.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let lines = String(decoding: input, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
    let names: [HTTPField.Name] = [
        .uploadInteropVersion, .uploadComplete, .uploadOffset, .uploadLength, .uploadLimit,
    ]
    var fields = HTTPFields()
    for (name, line) in zip(names, lines) where !line.isEmpty {
        fields.append(HTTPField(name: name, value: String(line)))
    }
    if let read = try? UploadFields(fields) {
        precondition([read.offset ?? 0, read.length ?? 0].allSatisfy { $0 >= 0 }, "less than none")
        var written = HTTPFields()
        read.write(into: &written)
        let again = try? UploadFields(written)
        precondition(again == read || read.limit == UploadLimit(), "what was written is another")
    }
    if let line = lines.last { check(String(line)) }
    return 0
}

/// The last line alone.
private func check(_ line: String) {
    if let puzzle = PuzzleField(line) {
        precondition(puzzle.text == line, "another puzzle was read")
    }
    for count in [0, 1, 1000, Int.max] {
        guard let range = ByteRange.parse(line, byteCount: count) else { continue }
        precondition(!range.isEmpty && range.clamped(to: 0..<count) == range, "a range outside")
    }
}
