import Examination

/// libFuzzer's entry point: a stored report that is read is written so that it reads the same, in
/// no more bytes than one may have.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let report = try? ExaminationReport(decoding: input.span) else { return 0 }
    let written = report.encoded
    precondition(written.count <= ExaminationReport.encodedLimit, "too long to be stored")
    guard let again = try? ExaminationReport(decoding: written.span) else {
        preconditionFailure("what was written is not read")
    }
    precondition(again == report.bounded(), "what was written is read otherwise")
    return 0
}
