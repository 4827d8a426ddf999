/// The fields of a form, or of an address's question, in their order.
struct FormFields: Sendable {
    /// Most fields of one form: every class of every part of a case, and more.
    static let countLimit = 4096

    private(set) var values: [(name: String, value: String)] = []

    /// No fields.
    init() {}

    /// Fields of these values.
    init(_ values: [(name: String, value: String)]) { self.values = values }

    /// Reads `application/x-www-form-urlencoded`; nil for anything else. The passphrase is left out.
    init?(_ bytes: Span<UInt8>) {
        let pieces = Self.pieces(of: bytes)
        guard pieces.count <= Self.countLimit else { return nil }
        for piece in pieces {
            guard let name = Self.text(bytes, piece.name) else { return nil }
            if name == FormBody.passphraseName { continue }
            guard let value = Self.text(bytes, piece.value) else { return nil }
            values.append((name, Self.withLineFeeds(value)))
        }
    }

    /// Reads the question of an address.
    init?(query: String) {
        self.init([UInt8](query.utf8).span)
    }

    /// The first value of a name; "" when there is none.
    subscript(_ name: String) -> String { values.first { $0.name == name }?.value ?? "" }

    /// Every value of a name.
    func all(_ name: String) -> [String] { values.filter { $0.name == name }.map(\.value) }

    /// Whether a name is there.
    func has(_ name: String) -> Bool { values.contains { $0.name == name } }

    /// Whether a box was ticked.
    func has(_ name: String, _ value: String) -> Bool {
        values.contains { $0.name == name && $0.value == value }
    }

    /// Whether nothing was sent.
    var isEmpty: Bool { values.isEmpty }

    /// A browser sends line ends as two characters, whatever was typed.
    private static func withLineFeeds(_ text: String) -> String {
        var result = ""
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if scalar == "\n", previous == "\r" {
                result.unicodeScalars.removeLast()
            }
            result.unicodeScalars.append(scalar)
            previous = scalar
        }
        return result
    }

    // MARK: the encoding

    /// Where the names and values stand.
    static func pieces(of bytes: Span<UInt8>) -> [(name: Range<Int>, value: Range<Int>)] {
        var pieces: [(Range<Int>, Range<Int>)] = []
        var start = 0
        for end in 0...bytes.count where end == bytes.count || bytes[end] == 0x26 {
            defer { start = end + 1 }
            guard end > start, pieces.count <= countLimit else { continue }
            var equals = start
            while equals < end, bytes[equals] != 0x3D { equals += 1 }
            pieces.append((start..<equals, min(equals + 1, end)..<end))
        }
        return pieces
    }

    /// The decoded text of a range; nil when it is not encoded so, or not UTF-8.
    static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        guard decode(bytes, range, into: &decoded) else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }

    /// Decodes a range; false when it is not encoded so.
    static func decode(
        _ bytes: Span<UInt8>, _ range: Range<Int>, into result: inout [UInt8]
    ) -> Bool {
        var at = range.lowerBound
        while at < range.upperBound {
            switch bytes[at] {
            case 0x2B: result.append(0x20)
            case 0x25:
                guard at + 2 < range.upperBound, let high = digit(bytes[at + 1]),
                    let low = digit(bytes[at + 2])
                else { return false }
                result.append(high << 4 | low)
                at += 2
            default: result.append(bytes[at])
            }
            at += 1
        }
        return true
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
