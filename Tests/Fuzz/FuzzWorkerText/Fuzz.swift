import Examination

/// libFuzzer's entry point: the first byte says whose output the rest is; what is read of it is
/// safe to show and within its limits.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let text = Array(input.dropFirst())
    switch input.first {
    case 0: check(TypeAnswer.parse(text))
    case 1: if let metadata = try? Metadata(exiftool: text) { check(metadata) }
    case 2: check((try? ImageFacts(vipsheader: text))?.loader)
    case 3:
        if let pages = try? PageCount.parse(pdfinfo: text) {
            precondition((0...PageCount.limit).contains(pages))
        }
    case 4: if let facts = try? MediaFacts(ffprobe: text) { check(facts.format) }
    case 5:
        if let copy = try? PlainText.copy(text).text {
            precondition((try? PlainText.copy(copy).leftOut) == 0, "a copy that can be cleaned")
        }
    default: break
    }
    return 0
}

private func check(_ text: String?) {
    if let text { precondition(ReportText.isShown(text), "a text that is not safe to show") }
}

private func check(_ metadata: Metadata) {
    precondition(metadata.names.count <= Metadata.nameLimit)
    for name in metadata.names { check(name) }
    for field in metadata.times + metadata.places {
        check(field.name)
        check(field.value)
    }
}
