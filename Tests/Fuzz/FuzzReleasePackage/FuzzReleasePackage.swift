import Custody
import Forwarding
import Tips

/// libFuzzer's entry point: what parses as a release package, or as SHA256SUMS, is written again as
/// the same bytes; a package makes a tar whose ranges fit together.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let sums = Sums(decoding: input) {
        precondition(sums.encoded == input, "another form of the sums was accepted")
        precondition(sums.parts.count <= BundleLimits.parts, "too many parts")
    }
    guard let package = try? ReleasePackage(decoding: input) else { return 0 }
    precondition(package.encoded == input, "another encoding of a package was accepted")
    precondition(BundleLimits.signatures.contains(package.signatures.count), "signatures")
    guard let layout = try? package.layout(event: [1], proof: [2]) else { return 0 }
    let half = layout.byteCount / 2
    let pieces = layout.slices(0..<half) + layout.slices(half..<layout.byteCount)
    let count = pieces.reduce(0) { $0 + $1.byteCount }
    precondition(count == layout.byteCount, "the ranges do not make the whole")
    precondition(layout.payloads == package.parts.map(\.payload), "other payloads")
    return 0
}

extension BundleLayout.Slice {
    fileprivate var byteCount: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .payload(_, let range): range.count
        }
    }
}
