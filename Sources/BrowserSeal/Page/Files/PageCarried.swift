import Sealing
import Tips

/// Reads the head of a frame that was sealed before, perhaps by somebody else, from any beginning of
/// it; the next puzzle is bound to it.
///
/// The result is three numbers in decimal digits, spaces between: 0 for a tip or 1 for a supplement,
/// bytes of the head, bytes of the whole frame.
///
/// - Returns: ``PageCode/nothing`` while more bytes are needed; ``PageCode/wrongInput`` when no frame
///   begins so.
@c(page_frame_head) public func pageFrameHead(
    _ prefix: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    do throws(FormatError) {
        let prefix = unsafe UnsafeBufferPointer(start: prefix, count: count).span
        guard let head = try FrameHead.parse(prefix: prefix) else {
            return PageCode.nothing.rawValue
        }
        unsafe page.digest = .of(head.envelope.encoded.span, with: BoringPrimitives.self)
        unsafe pageResult.set(numbers(of: head))
        return PageCode.done.rawValue
    } catch {
        return PageCode.wrongInput.rawValue
    }
}

private func numbers(of head: FrameHead) -> [UInt8] {
    decimalDigits(UInt64(head.envelope.envelope.kind.rawValue))
        + [0x20] + decimalDigits(UInt64(head.byteCount))
        + [0x20] + decimalDigits(UInt64(head.frameByteCount))
}
