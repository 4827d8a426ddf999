import Examination

/// libFuzzer's entry point: an archive comes out the same whatever the pieces, and within its limits.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let whole = read(input, step: max(1, size))
    precondition(read(input, step: 509) == whole, "smaller pieces gave another archive")
    precondition(whole.count <= 8, "more files than may be")
    precondition(whole.reduce(0) { $0 + $1.count } <= 1 << 16, "more bytes than may be")
    return 0
}

private func read(_ input: [UInt8], step: Int) -> [[UInt8]] {
    var reader = MemberReader(limits: MemberLimits(files: 8, entries: 16, bytes: 1 << 16))
    for start in stride(from: 0, to: input.count, by: step) {
        let piece = Array(input[start..<min(input.count, start + step)])
        guard (try? reader.take(piece)) != nil else { break }
    }
    return reader.members.map { member in
        precondition(ReportText.isShown(member.name), "a name that is not safe to show")
        guard let bytes = try? member.file.read(at: 0, count: member.file.byteCount) else {
            preconditionFailure("a file cannot be read")
        }
        return bytes
    }
}
