internal import Agencies
internal import DurableFiles
internal import TOMLKit

/// One table of a TOML file that takes only the keys it knows and names file and key in errors.
struct StrictTable {
    /// Most bytes of a file.
    static let byteLimit = 64 * 1024

    let path: String
    private let place: String
    private let table: TOMLTable

    /// Reads a whole file whose top level has only `keys`.
    init(file path: String, keys: Set<String>) throws(CeremonyError) {
        let text = try Self.text(path)
        do {
            try self.init(path: path, place: "", table: TOMLTable(string: text))
        } catch let error as TOMLParseError {
            let line = error.source.begin.line
            throw .keys(path: path, place: "line \(line)", problem: error.description)
        } catch {
            throw .keys(path: path, place: "", problem: "is not TOML")
        }
        try allowOnly(keys)
    }

    private init(path: String, place: String, table: TOMLTable) {
        self.path = path
        self.place = place
        self.table = table
    }

    /// The text of a file; the TOML library ends texts at a zero, so a zero is refused here.
    private static func text(_ path: String) throws(CeremonyError) -> String {
        let bytes = try readingFile { () throws(FileError) in
            try Durable.read(path, limit: byteLimit)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .keys(path: path, place: "", problem: "is not UTF-8 text")
        }
        for zero in ["\0", "\\u0000", "\\U00000000", "\\x00"] where text.contains(zero) {
            throw .keys(path: path, place: "", problem: "has a zero character")
        }
        return text
    }

    /// Refuses keys other than `keys`.
    private func allowOnly(_ keys: Set<String>) throws(CeremonyError) {
        for key in table.keys.sorted() where !keys.contains(key) {
            throw fault(key, "is not a key that belongs here")
        }
    }

    /// The names of all keys, in order.
    var keys: [String] { table.keys.sorted() }

    /// Whether there is a value under `key`.
    func has(_ key: String) -> Bool { table[key] != nil }

    /// An error about the value under `key`.
    func fault(_ key: String, _ problem: String) -> CeremonyError {
        .keys(path: path, place: place.isEmpty ? key : "\(place).\(key)", problem: problem)
    }

    private func value(_ key: String) throws(CeremonyError) -> any TOMLValueConvertible {
        guard let value = table[key] else { throw fault(key, "is missing") }
        return value
    }

    /// The text under `key`.
    func string(_ key: String) throws(CeremonyError) -> String {
        guard let text = try value(key).string else { throw fault(key, "must be text in quotes") }
        return text
    }

    /// The text under `key` as `parse` reads it; nil from there is refused with `expected`.
    func read<Value>(
        _ key: String, expected: String, _ parse: (String) -> Value?
    ) throws(CeremonyError) -> Value {
        guard let value = parse(try string(key)) else { throw fault(key, "must be \(expected)") }
        return value
    }

    /// The number under `key`.
    func int(_ key: String) throws(CeremonyError) -> Int {
        guard let number = try value(key).int else { throw fault(key, "must be a whole number") }
        return number
    }

    /// The boolean under `key`; false when it is not there.
    func flag(_ key: String) throws(CeremonyError) -> Bool {
        guard has(key) else { return false }
        guard let flag = try value(key).bool else { throw fault(key, "must be true or false") }
        return flag
    }

    /// The day under `key`, as a TOML date or as text.
    func day(_ key: String) throws(CeremonyError) -> Day {
        let value = try value(key)
        var text = value.string ?? ""
        if let date = value.date { text = Self.text(date) }
        guard let day = Day(text) else { throw fault(key, "must be a date like 2026-11-23") }
        return day
    }

    private static func text(_ date: TOMLDate) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }

    /// The list of texts under `key`.
    func strings(_ key: String) throws(CeremonyError) -> [String] {
        guard let array = try value(key).array else { throw fault(key, "must be a list") }
        var texts: [String] = []
        for item in array {
            guard let text = item.string else { throw fault(key, "must be a list of texts") }
            texts.append(text)
        }
        return texts
    }

    /// The table under `key`, with any keys.
    func table(_ key: String) throws(CeremonyError) -> StrictTable {
        guard let table = try value(key).table else { throw fault(key, "must be a table [\(key)]") }
        return StrictTable(path: path, place: place.isEmpty ? key : "\(place).\(key)", table: table)
    }

    /// The list of tables under `key`, each with only `keys`.
    func tables(_ key: String, keys: Set<String>) throws(CeremonyError) -> [StrictTable] {
        guard let array = try value(key).array else {
            throw fault(key, "must be a list of tables [[\(key)]]")
        }
        var tables: [StrictTable] = []
        for (index, item) in array.enumerated() {
            guard let table = item.table else {
                throw fault(key, "must be a list of tables [[\(key)]]")
            }
            let entry = StrictTable(path: path, place: "\(key)[\(index + 1)]", table: table)
            try entry.allowOnly(keys)
            tables.append(entry)
        }
        return tables
    }
}

/// Runs `body` and gives its file error as the ceremony's.
func readingFile<Result>(
    _ body: () throws(FileError) -> Result
) throws(CeremonyError) -> Result {
    do throws(FileError) {
        return try body()
    } catch {
        throw .file(error)
    }
}
