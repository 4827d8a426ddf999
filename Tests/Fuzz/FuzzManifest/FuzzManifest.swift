import NativePrimitives
import Sealing
import Tips

/// libFuzzer's entry point: what parses as a manifest's plaintext, or as a consent leaf, is written
/// again as the same bytes. The input is padded with zeros first, so that few inputs are wasted.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let signature = [UInt8](repeating: 0, count: 64)
    if let consent = try? UnverifiedConsent(decoding: input, signature: signature) {
        precondition(consent.leaf.encoded == input, "another encoding of a leaf was accepted")
    }
    let zeros = Padding.paddedLength(size) - size
    let padded = input + [UInt8](repeating: 0, count: zeros)
    do throws(FormatError) {
        let opened = try OpenedManifest<NativePrimitives>.decode(padded.span)
        let again = try opened.manifest.encoded(mailboxKey: opened.mailboxKey)
        precondition(again.withBytes { [UInt8](copying: $0) } == padded, "another encoding")
    } catch {
        return 0
    }
    return 0
}
