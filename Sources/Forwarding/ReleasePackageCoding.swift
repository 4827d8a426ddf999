internal import Agencies
internal import Custody
package import Tips

/// The package's one encoding, deterministic CBOR:
///
/// ```
/// ["sallyport.package/1", statement: bstr, predicate: bstr, cover: bstr, sums: bstr,
///  signatures: [2*8 [person: tstr, signature: bstr64]],       ; by rising person
///  parts: [*100 [header: bstr, payload: bstr32, payload length: uint]],
///  plan: null / [id: bstr32, rank: uint, count: uint, due: uint]]
/// ```
extension ReleasePackage {
    /// Most bytes of an encoded package.
    package static let byteLimit = 3 * 1024 * 1024

    /// The package's bytes.
    package var encoded: [UInt8] {
        var writer = CBORWriter(reserving: 64 * 1024)
        writer.array(8)
        writer.label("sallyport.package/1")
        for file in [statement, predicate, cover, sums] { writer.bytes(file) }
        writer.array(signatures.count)
        for (person, signature) in signatures.sorted(by: { $0.key < $1.key }) {
            writer.array(2)
            writer.text(person.text)
            writer.bytes(signature)
        }
        writer.array(parts.count)
        for part in parts {
            writer.array(3)
            writer.bytes(part.header)
            writer.bytes(part.payload.bytes)
            writer.uint(part.payloadBytes)
        }
        plan.write(to: &writer)
        return writer.bytes
    }

    /// Reads exactly what ``encoded`` writes.
    ///
    /// - Throws: ``Tips/FormatError``; whether the files fit together is for ``ReleaseCheck`` to say.
    package init(decoding bytes: [UInt8]) throws(FormatError) {
        self = try CBOR.decode(bytes.span, limit: Self.byteLimit) { (reader) throws(FormatError) in
            try ReleasePackage(reading: &reader)
        }
    }

    private init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 8)
        try reader.label("sallyport.package/1")
        self.init(
            statement: try reader.bytes(atMost: BundleLimits.statementBytes),
            predicate: try reader.bytes(atMost: BundleLimits.predicateBytes),
            cover: try reader.bytes(atMost: BundleLimits.coverBytes),
            sums: try reader.bytes(atMost: BundleLimits.sumsBytes),
            signatures: try Self.signatures(from: &reader), parts: try Self.parts(from: &reader),
            plan: try Plan(reading: &reader))
    }

    private static func signatures(
        from reader: inout CBORReader
    ) throws(FormatError) -> [PersonID: [UInt8]] {
        var signatures: [PersonID: [UInt8]] = [:]
        var last: PersonID?
        for _ in 0..<(try reader.arrayCount(in: BundleLimits.signatures)) {
            try reader.array(count: 2)
            guard let person = PersonID(try reader.text(atMost: PersonID.byteLimit)) else {
                throw .badText
            }
            if let last, person <= last { throw .notDistinct }
            signatures[person] = try reader.bytes(count: BundleLimits.signatureBytes)
            last = person
        }
        return signatures
    }

    private static func parts(from reader: inout CBORReader) throws(FormatError) -> [Part] {
        var parts: [Part] = []
        for _ in 0..<(try reader.arrayCount(in: 0...BundleLimits.parts)) {
            try reader.array(count: 3)
            let header = try reader.bytes(atMost: BundleLimits.headerBytes)
            guard let payload = Hash(try reader.bytes(count: Hash.byteCount)) else {
                throw .wrongLength
            }
            let payloadBytes = try reader.uint(in: 1...BundleLimits.payloadBytes)
            parts.append(Part(header: header, payload: payload, payloadBytes: payloadBytes))
        }
        return parts
    }
}

extension ReleasePackage.Plan {
    fileprivate init?(reading reader: inout CBORReader) throws(FormatError) {
        if try reader.takesNull() { return nil }
        try reader.array(count: 4)
        guard let id = Hash(try reader.bytes(count: Hash.byteCount)) else { throw .wrongLength }
        let rank = try reader.uint(in: 0...Escalation.stepLimit - 1)
        let count = try reader.uint(in: rank + 1...Escalation.stepLimit)
        guard let due = Hour(number: try reader.uint(in: 0...Int(Int32.max))) else {
            throw .outOfRange
        }
        self.init(id: id, rank: rank, count: count, due: due)
    }
}

extension Optional<ReleasePackage.Plan> {
    fileprivate func write(to writer: inout CBORWriter) {
        guard let plan = self else { return writer.null() }
        writer.array(4)
        writer.bytes(plan.id.bytes)
        writer.uint(plan.rank)
        writer.uint(plan.count)
        writer.uint(plan.due.number)
    }
}
