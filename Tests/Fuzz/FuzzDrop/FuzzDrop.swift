import Sealing

/// libFuzzer's entry point: the body of a form with a dropped file, in two pieces. However it is cut,
/// it comes to the same; what is taken is an age file that begins as one. The sources are part of this
/// program, so that the public door need not be built for it.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let cut = input.first, let form = FormFile(contentType: "multipart/form-data; boundary=b")
    else { return 0 }
    let body = [UInt8]("--b\r\n".utf8) + input.dropFirst()
    let whole = result(of: [body[...]], form)
    let place = Int(cut) * body.count / 256
    let pieces = result(of: [body[..<place], body[place...]], form)
    precondition(whole == pieces, "it matters how the body was cut")
    if let whole { precondition((try? Header.parse(whole.span)) != nil, "no age file was taken") }
    return 0
}

private func result(of pieces: [ArraySlice<UInt8>], _ form: FormFile) -> [UInt8]? {
    var body = DropBody(form)
    do throws(DropOutcome) {
        for piece in pieces { try body.take(piece) }
        return try body.finish()
    } catch {
        return nil
    }
}
