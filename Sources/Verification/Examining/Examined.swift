internal import Custody
internal import Examination
internal import Sealing
internal import Tips

/// What workers found in one file of evidence, and the safe copies they made of it.
struct Examined: Sendable {
    /// A safe copy, sealed to the case's key beside the original.
    struct Copy: Equatable, Sendable {
        let payload: Hash
        let plaintext: Hash
        let payloadBytes: Int
        let kind: SafeCopyFacts.Kind
        /// Of which file: none for the evidence itself, else its place in archives, from 0.
        let path: [Int]
        /// The likeness of a picture; nil for anything else, for one with too little in it, and in
        /// entries from before there was any.
        var sketch: PictureSketch?
    }

    /// The part's payload.
    let part: Hash
    let report: ExaminationReport
    let copies: [Copy]
}

/// `{"part":…,"report":"…","copies":[{"payload":…,"plaintext":…,"bytes":…,"kind":…,"path":"0/3","sketch":"<16 hex digits>"}]}`; no `sketch` where
/// there is none
extension Examined {
    func write(to object: inout JSONObject) {
        object.add("part", .string(part.hex))
        object.add("report", .string(String(decoding: report.encoded, as: UTF8.self)))
        object.add("copies", .array(copies.map { .object($0.json) }))
    }

    init(_ object: JSONObject) throws {
        part = try object.hash("part")
        let text = Array(try object.string("report").utf8)
        report = try ExaminationReport(decoding: text.span)
        copies = try object.objects("copies").map { try Copy($0) }
    }
}

extension Examined.Copy {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.add("payload", .string(payload.hex))
        object.add("plaintext", .string(plaintext.hex))
        object.add("bytes", .integer(Int64(payloadBytes)))
        object.add("kind", .string(kind.rawValue))
        object.add("path", .string(path.map(String.init).joined(separator: "/")))
        if let sketch {
            let digits = String(sketch.bits, radix: 16)
            object.add(
                "sketch", .string(String(repeating: "0", count: 16 - digits.utf8.count) + digits))
        }
        return object
    }

    fileprivate init(_ object: JSONObject) throws {
        payload = try object.hash("payload")
        plaintext = try object.hash("plaintext")
        payloadBytes = try object.int("bytes", in: 0...Int.max)
        guard let kind = SafeCopyFacts.Kind(rawValue: try object.string("kind")) else {
            throw JSONError.badValue("kind")
        }
        self.kind = kind
        path = try object.string("path").split(separator: "/").map {
            guard let place = Int($0), place >= 0 else { throw JSONError.badValue("path") }
            return place
        }
        guard object.has("sketch") else { return }
        let digits = try object.string("sketch")
        guard digits.utf8.count == 16, let bits = UInt64(digits, radix: 16) else {
            throw JSONError.badValue("sketch")
        }
        sketch = PictureSketch(bits: bits)
    }
}
