/// The keys of a configuration file, found without interpreting values.
///
/// Configuration files are nested block mappings of plain values, two spaces a level, and comments:
/// anything else in YAML is refused, so that no key can hide in it.
enum YAMLKeys {
    /// The dotted keys of all lines that carry a value.
    static func dotted(in lines: [String]) throws(SettingsError) -> [String] {
        var path: [String] = []
        var keys: [String] = []
        for (index, line) in lines.enumerated() {
            let text = line.drop { $0 == " " }
            if text.isEmpty || text.first == "#" { continue }
            let indent = line.count - text.count
            guard indent % 2 == 0, indent / 2 <= path.count, let colon = text.firstIndex(of: ":"),
                isKey(text[..<colon])
            else { throw .unreadable("line \(index + 1)", "is not `key: value`") }
            path.removeLast(path.count - indent / 2)
            path.append(String(text[..<colon]))
            let value = text[text.index(after: colon)...].drop { $0 == " " }
            if !value.isEmpty, value.first != "#" { keys.append(path.joined(separator: ".")) }
        }
        return keys
    }

    private static func isKey(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            }
    }
}
