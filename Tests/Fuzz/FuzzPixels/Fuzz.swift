import Examination

/// libFuzzer's entry point: pictures come out the same whatever the pieces, and as many rows of as
/// many bytes as their header says.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    precondition(read(input, step: max(1, size)) == read(input, step: 7), "pieces matter")
    return 0
}

private struct Rows: RowSink {
    var bytes: [UInt8] = []
    private var width = 0
    private var left = 0

    mutating func beginPage(width: Int, height: Int) {
        precondition((1...64).contains(width) && (1...64).contains(height) && left == 0)
        (self.width, left) = (width, height)
    }

    mutating func row(_ row: [UInt8]) {
        precondition(row.count == width * 3 && left > 0)
        left -= 1
        bytes += row
    }

    mutating func endPage() { precondition(left == 0) }
}

private func read(_ input: [UInt8], step: Int) -> [UInt8]? {
    var reader = PixelReader(limits: PixelLimits(side: 64, pages: 3), sink: Rows())
    for start in stride(from: 0, to: input.count, by: step) {
        let piece = Array(input[start..<min(input.count, start + step)])
        guard (try? reader.take(piece)) != nil else { return nil }
    }
    return (try? reader.finish())?.bytes
}
