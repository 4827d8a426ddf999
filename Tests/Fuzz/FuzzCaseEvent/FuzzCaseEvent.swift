import Custody
import Tips

/// libFuzzer's entry point: what parses as an entry of a case's journal is written so that it is
/// read and written as the same bytes, and any journal of it adds up. The sources of the journal
/// are part of this program, since nothing but the desk reads it.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let lines = input.split(separator: 0x0A).map(Array.init)
    let events = lines.compactMap { read($0) }
    for event in events {
        let written = JSON.object(event.json).encoded
        guard let again = read(written) else {
            preconditionFailure("what was written does not parse")
        }
        precondition(JSON.object(again.json).encoded == written, "it is written otherwise")
    }
    let record = CaseRecord(events)
    precondition(record.released.isDisjoint(with: record.open.map(\.digest)), "released and open")
    precondition(record.changes <= events.count, "more changes than events")
    for release in record.prepared {
        _ = try? release.claim()
        precondition(record.personCount(of: release) <= events.count, "more persons than events")
    }
    return 0
}

private func read(_ line: [UInt8]) -> CaseEvent? {
    guard let object = try? JSON.parse(line.span, trailing: .spaces).asObject() else { return nil }
    return try? CaseEvent(object)
}
