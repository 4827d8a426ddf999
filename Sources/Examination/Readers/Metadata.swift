/// The metadata fields that exiftool finds: the names of all, the values of those that tell a time
/// or a place, so that they can be put beside what the tip claims.
package struct Metadata: Equatable, Sendable {
    /// One field with its value.
    package struct Field: Equatable, Sendable {
        /// Group and name as exiftool calls them: `GPS:GPSLatitude`.
        package let name: String
        /// The value, made safe to show (``ReportText``).
        package let value: String

        /// A field; what is not safe in it is shown by its code.
        package init(name: String, value: String) {
            self.name = ReportText.shown(name.utf8)
            self.value = ReportText.shown(value.utf8)
        }
    }

    /// Most names that are listed.
    package static let nameLimit = 100
    /// Most times, and most places, that are listed.
    package static let valueLimit = 24
    /// Most lines that are read.
    static let lineLimit = 20_000

    /// Group and name of each field, once each, in the order found.
    package internal(set) var names: [String] = []
    /// How many more there are.
    package internal(set) var omittedNames = 0
    /// Fields that tell a time.
    package internal(set) var times: [Field] = []
    /// Fields that tell a place.
    package internal(set) var places: [Field] = []

    /// None.
    package init() {}

    /// Reads `exiftool -s -t -G1`: a line for each field, of group, name and value with tabs between.
    ///
    /// - Throws: ``NotDone``; exiftool writes no control character inside a value.
    package init(exiftool output: [UInt8]) throws(NotDone) {
        let lines = output.split(separator: 0x0A, maxSplits: Self.lineLimit + 1)
        guard lines.count <= Self.lineLimit else { throw .tooMany }
        var seen: Set<String> = []
        for line in lines {
            let parts = line.split(
                separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, Self.isName(parts[0]), Self.isName(parts[1]) else {
                throw .unexpectedOutput
            }
            let group = String(decoding: parts[0], as: UTF8.self)
            take(group, String(decoding: parts[1], as: UTF8.self), parts[2], &seen)
        }
    }

    private mutating func take(
        _ group: String, _ name: String, _ value: ArraySlice<UInt8>, _ seen: inout Set<String>
    ) {
        let field = Field(name: "\(group):\(name)", value: ReportText.shown(value))
        guard seen.insert(field.name).inserted else { return }
        if times.count < Self.valueLimit, Self.tellsTime(name, value) { times.append(field) }
        if places.count < Self.valueLimit, Self.tellsPlace(name) { places.append(field) }
        // What exiftool works out from others, or sees in the file's form, is no field of the file.
        guard group != "Composite", group != "File" else { return }
        if names.count < Self.nameLimit { names.append(field.name) } else { omittedNames += 1 }
    }

    /// What exiftool makes names of: ASCII letters, digits, hyphen, low line.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...64).contains(bytes.count)
            && bytes.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }

    /// A name that speaks of time, and a value that begins with a year and is not all zero.
    private static func tellsTime(_ name: String, _ value: ArraySlice<UInt8>) -> Bool {
        let digits = value.prefix(4)
        return (name.contains("Date") || name.contains("Time")) && digits.count == 4
            && digits.allSatisfy { (0x30...0x39).contains($0) }
            && value.dropFirst(4).first.map { $0 == 0x3A || $0 == 0x2D } == true
            && !digits.allSatisfy { $0 == 0x30 }
    }

    private static let placeWords = [
        "GPS", "Location", "City", "Country", "State", "Province", "Address", "Latitude",
        "Longitude",
    ]

    private static func tellsPlace(_ name: String) -> Bool {
        placeWords.contains { name.contains($0) }
    }
}
