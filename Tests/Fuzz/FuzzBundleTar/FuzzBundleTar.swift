import Forwarding

/// libFuzzer's entry point: what parses as a bundle's tar is, byte for byte, what the writer makes
/// of the files in it; what parses as a header is written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let header = try? TarHeader.decode([UInt8](input.prefix(TarHeader.blockBytes))) {
        let again = try? TarHeader.encode(name: header.name, byteCount: header.byteCount)
        precondition(again == [UInt8](input.prefix(TarHeader.blockBytes)), "another header")
    }
    let end = [UInt8](repeating: 0, count: 2 * TarHeader.blockBytes)
    let rest = [UInt8](repeating: 0, count: TarHeader.filled(size) - size)
    for archive in [input, input + rest + end] { check(archive) }
    return 0
}

private func check(_ archive: [UInt8]) {
    let reader: TarReader<MemoryBytes>
    do throws(TarError) {
        reader = try TarReader(MemoryBytes(archive), memberLimit: BundleLimits.members)
    } catch {
        return
    }
    precondition(reader.names.count <= BundleLimits.members, "too many members")
    do throws(TarError) {
        var files: [BundleLayout.File] = []
        for name in reader.names {
            guard let bytes = try reader.bytes(of: name, limit: .max) else {
                preconditionFailure("a member without bytes")
            }
            files.append(.small(name: name, bytes: bytes))
        }
        let written = try BundleLayout(files)
        let whole = written.slices(0..<written.byteCount)
        precondition(whole == [.bytes(archive)], "another archive was accepted")
    } catch {
        preconditionFailure("what was read cannot be written: \(error)")
    }
}
