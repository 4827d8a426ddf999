internal import Sealing

/// What a line that should be a key is, when it is something else.
enum KeyText {
    /// Whether it is an identity: never to be shown.
    static func isSecret(_ line: ArraySlice<UInt8>) -> Bool {
        let prefix = ascii("age-secret-key-")
        return line.count >= prefix.count && zip(line, prefix).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    /// Whose key it is, when age knows it and we do not; nil for anything else.
    static func foreignKind(_ line: ArraySlice<UInt8>) -> String? {
        if line.starts(with: ascii("ssh-")) || line.starts(with: ascii("-----BEGIN OPENSSH")) {
            return "SSH"
        }
        if line.starts(with: ascii("AGE-PLUGIN-")) { return "a plugin of age" }
        // A second "1" ends the name of a plugin, or of a newer kind.
        let isNamed = line.starts(with: ascii("age1")) && line.dropFirst(4).contains(0x31)
        guard isNamed, !line.starts(with: ascii("age1pq1")) else { return nil }
        return "another kind, as plugins of age have them"
    }
}
