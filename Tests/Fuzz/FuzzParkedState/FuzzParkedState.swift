import NativePrimitives
import Sealing
import Tips

/// libFuzzer's entry point: any inside of a parked state; what is read belongs together.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    typealias State = ParkedState<NativePrimitives>
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let inside = [UInt8](input.prefix(State.insideBytes))
    let zeros = [UInt8](repeating: 0, count: State.insideBytes - inside.count)
    do throws(FormatError) {
        let state = try State.decode((inside + zeros).span)
        let head = try FrameHead.parse(prefix: state.head.encoded.span)
        precondition(head == state.head, "another head was read")
        let manifest = SealedPart(state.manifest, with: NativePrimitives.self)
        let isListed = state.head.envelope.envelope.parts.contains(manifest)
        precondition(isListed, "a manifest of another envelope was accepted")
    } catch {
        return 0
    }
    return 0
}
