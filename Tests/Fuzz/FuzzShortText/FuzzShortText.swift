import Agencies
import Custody
import NativePrimitives
import Sealing
import Tips

/// libFuzzer's entry point: the short texts that files and settings hold (keys, days, hours, names,
/// marks); what parses is written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let text = String(decoding: input, as: UTF8.self)
    let written = [
        Day(text)?.text, Hour(text)?.text, OfficeID(text)?.text, PersonID(text)?.text,
        DirectoryMark(text: text)?.text, NoteKeyName(text)?.description,
        VerifyingKey(keyText: text)?.keyText, (try? VerifyingKey(pem: text))?.pem,
        (try? NoteVerifier(vkey: text))?.vkey,
    ]
    for case .some(let again) in written {
        precondition(again.utf8.elementsEqual(text.utf8), "another spelling was accepted")
    }
    if let day = Day(text), let number = Day(number: day.number) {
        precondition(number == day, "another day has this number")
    }
    if let hour = Hour(text), let number = Hour(number: hour.number) {
        precondition(number == hour && Day(hour.day)?.text == hour.day, "another hour or day")
    }
    if let key = try? SigningKey(pkcs8PEM: input.span) {
        let again = key.pkcs8PEM().withBytes { [UInt8](copying: $0) }
        precondition(again == input, "another spelling of a private key was accepted")
    }
    return 0
}
