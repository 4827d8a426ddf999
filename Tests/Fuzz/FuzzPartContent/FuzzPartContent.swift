import Sealing
import Tips

/// libFuzzer's entry point: the first byte chooses the class; what parses as its content is
/// written so that it parses to the same content. The input is padded with spaces first.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let first = input.first, let partClass = PartClass(rawValue: first % 11) else { return 0 }
    let text = [UInt8](input.dropFirst())
    let spaces = Padding.paddedLength(text.count) - text.count
    let padded = text + [UInt8](repeating: 0x20, count: spaces)
    guard let content = try? TipContent.decode(padded.span, as: partClass) else { return 0 }
    guard let written = try? content.encoded() else {
        preconditionFailure("what was read cannot be written")
    }
    let again = try? TipContent.decode(written.span, as: partClass)
    precondition(again == content, "what was written reads otherwise")
    precondition(written.count <= padded.count, "writing made it longer")
    return 0
}
