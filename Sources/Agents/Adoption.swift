package import NativePrimitives
package import Opening
package import Sealing
package import Tips

/// The headers of one frame, to be put under the key of its case.
package struct Adoption: Equatable, Sendable {
    /// Most frames of one request.
    package static let frameLimit = 64

    /// The epoch that the frame was sealed to.
    package let epoch: Int
    /// Whose case it belongs to.
    package let tip: TipID
    /// One header for each part, at most ``Limits/envelopeParts``.
    package let headers: [[UInt8]]

    /// The headers of a frame of this epoch and tip.
    package init(epoch: Int, tip: TipID, headers: [[UInt8]]) {
        self.epoch = epoch
        self.tip = tip
        self.headers = headers
    }

    func write(to writer: inout CBORWriter) {
        writer.array(3)
        writer.uint(epoch)
        writer.bytes(tip.bytes)
        writer.array(headers.count)
        for header in headers { writer.bytes(header) }
    }

    init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 3)
        epoch = try reader.uint(in: 0...Int(Int32.max))
        tip = try reader.tip()
        var headers: [[UInt8]] = []
        for _ in 0..<(try reader.arrayCount(in: 1...Limits.envelopeParts)) {
            headers.append(try reader.header())
        }
        self.headers = headers
    }
}

/// A frame whose parts are under the key of its case.
package final class AdoptedFrame: Sendable {
    /// The public key of the case.
    package let recipient: Recipient
    /// The parts, in the order of the headers that were given.
    package let parts: [AdoptedPart]

    init(recipient: Recipient, parts: [AdoptedPart]) {
        self.recipient = recipient
        self.parts = parts
    }

    func write(to writer: inout CBORWriter) {
        writer.array(2)
        writer.bytes(recipient.text)
        writer.array(parts.count)
        for part in parts {
            writer.array(2)
            writer.bytes(part.header)
            part.withKeyBytes { writer.bytes($0) }
        }
    }

    convenience init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 2)
        let text = try reader.bytes(atMost: 4096)
        guard let recipient = try? Recipient(parsing: text.span) else { throw .badText }
        var parts: [AdoptedPart] = []
        for _ in 0..<(try reader.arrayCount(in: 1...Limits.envelopeParts)) {
            try reader.array(count: 2)
            let header = try reader.header()
            let key = try reader.secret(count: 16, as: NativePrimitives.self)
            guard let key = FileKey(restoring: key) else { throw .wrongLength }
            parts.append(AdoptedPart(header: header, fileKey: key))
        }
        self.init(recipient: recipient, parts: parts)
    }
}

/// One part under the key of its case, and what opens it.
package final class AdoptedPart: Sendable {
    /// The header for the case's key.
    package let header: [UInt8]
    private let fileKey: FileKey<NativePrimitives>

    init(header: [UInt8], fileKey: consuming FileKey<NativePrimitives>) {
        self.header = header
        self.fileKey = fileKey
    }

    /// What opens the part's payload, from its beginning.
    package func opener() -> PayloadOpener<NativePrimitives> {
        PayloadOpener(fileKey: fileKey.duplicate())
    }

    func withKeyBytes(_ body: (Span<UInt8>) -> Void) { fileKey.withBytes(body) }
}
