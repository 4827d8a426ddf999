/// What `vipsheader -a` says of a picture.
package struct ImageFacts: Equatable, Sendable {
    /// Pixels across.
    package let width: Int
    /// Pixels down; of one picture when there are several.
    package let height: Int
    /// Pictures in the file.
    package let frames: Int
    /// libvips' name of the loader that accepted it: `jpegload`.
    package let loader: String

    /// Largest number that is believed.
    static let numberLimit = 1 << 31

    /// Reads lines of a name, a colon and a value. Of several lines with one name the first counts:
    /// libvips writes its own before those of the file's metadata.
    ///
    /// - Throws: ``NotDone/unexpectedOutput``.
    package init(vipsheader output: [UInt8]) throws(NotDone) {
        var values: [String: ArraySlice<UInt8>] = [:]
        for line in output.split(separator: 0x0A) {
            guard let colon = line.firstIndex(of: 0x3A) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            if values[name] == nil { values[name] = line[(colon + 1)...].drop { $0 == 0x20 } }
        }
        guard let width = Decimal.parse(values["width"], limit: Self.numberLimit),
            let height = Decimal.parse(values["height"], limit: Self.numberLimit),
            let loader = values["vips-loader"], (1...40).contains(loader.count),
            loader.allSatisfy({
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
            })
        else { throw .unexpectedOutput }
        self.width = width
        self.height = height
        self.loader = String(decoding: loader, as: UTF8.self)
        frames = Decimal.parse(values["n-pages"], limit: Self.numberLimit) ?? 1
    }
}

/// Whole numbers in tools' output.
enum Decimal {
    /// A number of digits alone, at most `limit`; nil for anything else.
    static func parse(_ digits: (some Sequence<UInt8>)?, limit: Int) -> Int? {
        guard let digits else { return nil }
        var value = 0
        var count = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit), count < 15 else { return nil }
            value = value * 10 + Int(digit - 0x30)
            count += 1
        }
        return count > 0 && value <= limit ? value : nil
    }
}
