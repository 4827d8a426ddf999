/// The one file of an HTML form (`multipart/form-data`, RFC 7578), as browsers send it: one part, and
/// nothing before or after it.
package struct FormFile: Sendable {
    /// Most bytes of the part's own fields.
    package static let fieldBytes = 2 * 1024
    /// Most bytes around the file: both boundaries and the fields.
    package static let frameBytes = fieldBytes + 2 * 80

    /// Two hyphens and the boundary.
    private let delimiter: [UInt8]

    /// Why a body is not such a form.
    package enum Failure: Error, Equatable {
        /// It does not begin with the boundary, or a blank line does not end the fields in time.
        case badStart
        /// The last boundary is missing, or something follows it.
        case badEnd
    }

    /// Reads the request's `Content-Type`; nil for anything but such a form.
    package init?(contentType: String?) {
        let kind = "multipart/form-data; boundary="
        guard let text = contentType, text.lowercased().hasPrefix(kind) else { return nil }
        var boundary = [UInt8](text.utf8.dropFirst(kind.utf8.count))
        if boundary.count >= 2, boundary.first == 0x22, boundary.last == 0x22 {
            boundary = boundary.dropLast().suffix(boundary.count - 2)
        }
        // RFC 2046 allows a few more; no browser uses them.
        guard (1...70).contains(boundary.count), boundary.allSatisfy(Self.isBoundary) else {
            return nil
        }
        delimiter = [0x2D, 0x2D] + boundary
    }

    /// Where the file begins in a body of which these are the first bytes; nil while more are needed.
    ///
    /// - Throws: ``Failure/badStart`` as soon as the bytes cannot become such a form.
    package func start(in body: [UInt8]) throws(Failure) -> Int? {
        let first = delimiter + [0x0D, 0x0A]
        guard body.prefix(first.count).elementsEqual(first.prefix(body.count)) else {
            throw .badStart
        }
        guard body.count > first.count else { return nil }
        let fields = body[first.count...].prefix(Self.fieldBytes)
        if let end = Self.place(of: [0x0D, 0x0A, 0x0D, 0x0A], in: fields) { return end + 4 }
        guard fields.count < Self.fieldBytes else { throw .badStart }
        return nil
    }

    /// The file in a whole body.
    ///
    /// - Throws: ``Failure``.
    package func file(in body: [UInt8]) throws(Failure) -> [UInt8] {
        guard let start = try start(in: body) else { throw .badStart }
        let last = [0x0D, 0x0A] + delimiter + [0x2D, 0x2D]
        guard let end = Self.place(of: [0x0D, 0x0A] + delimiter, in: body[start...]),
            body[end...].starts(with: last)
        else { throw .badEnd }
        let rest = body[(end + last.count)...]
        guard rest.isEmpty || rest.elementsEqual([0x0D, 0x0A]) else { throw .badEnd }
        return [UInt8](body[start..<end])
    }

    private static func isBoundary(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            || [0x27, 0x2B, 0x2D, 0x2E, 0x5F].contains(byte)
    }

    private static func place(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        var start = bytes.startIndex
        while start + wanted.count <= bytes.endIndex {
            if bytes[start] == wanted[0], bytes[start...].starts(with: wanted) { return start }
            start += 1
        }
        return nil
    }
}
