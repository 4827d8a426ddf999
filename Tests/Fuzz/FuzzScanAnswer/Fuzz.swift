import Examination

/// libFuzzer's entry point: one answer alone is clean, and what was found is safe to show.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let answer = unsafe String(
        decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
    switch ClamAV.outcome(of: answer) {
    case .clean: precondition(answer.utf8.elementsEqual("stream: OK".utf8), "another was clean")
    case .found(let name): precondition(ReportText.isShown(name), "a name that is not safe to show")
    case .couldNotScan: break
    }
    if let engine = ScanEngine(answer) {
        precondition(engine.databaseDay.utf8.count == 10, "a day in another form")
    }
    return 0
}
