import Tips

/// libFuzzer's entry point: what parses as an evidence archive is, byte for byte, what the writer
/// makes of the original that came out; and it comes out the same whatever the pieces.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let original = read(input, step: max(1, size)) else {
        precondition(read(input, step: 509) == nil, "smaller pieces were accepted")
        return 0
    }
    precondition(read(input, step: 509) == original, "smaller pieces gave another original")
    guard let header = EvidenceTar.header(size: original.count) else {
        preconditionFailure("an original was read that cannot be written")
    }
    let tail = [UInt8](repeating: 0, count: EvidenceTar.tailLength(size: original.count))
    precondition(header + original + tail == input, "another archive was accepted")
    return 0
}

private func read(_ input: [UInt8], step: Int) -> [UInt8]? {
    var reader = EvidenceTarReader()
    var original: [UInt8] = []
    do throws(EvidenceTarError) {
        for start in stride(from: 0, to: input.count, by: step) {
            let end = min(input.count, start + step)
            try reader.push(input.span.extracting(start..<end), into: &original)
        }
        try reader.finish()
        return original
    } catch {
        return nil
    }
}
