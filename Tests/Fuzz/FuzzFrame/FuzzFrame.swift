import NativePrimitives
import Tips

/// libFuzzer's entry point: a frame's head is written again as the bytes it was read from, its
/// layout is without holes, and a whole frame is written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let head = try? FrameHead.parse(prefix: input.span) {
        precondition(head.encoded == [UInt8](input[..<head.byteCount]), "another head was read")
        let end = head.layout.reduce(head.byteCount) { start, part in
            precondition(part.header.lowerBound == start, "a hole before a header")
            precondition(part.payload.lowerBound == part.header.upperBound, "a hole in a part")
            return part.payload.upperBound
        }
        precondition(end == head.frameByteCount, "the layout has another end than the frame")
    }
    if let frame = try? Frame.parse(input.span, with: NativePrimitives.self) {
        precondition(frame.encoded == input, "another frame was read")
    }
    return 0
}
