import Sealing
import Tips

/// The text of a signed note (C2SP signed-note) that the key of `vkey` signed.
///
/// Stricter and simpler than the note that the other programs read: one known key, of the type
/// Ed25519, and every signature under its name and key ID must be right. Lines of other keys are not
/// looked at. nil for anything else.
func signedText(_ note: [UInt8], by vkey: [UInt8]) -> [UInt8]? {
    guard let root = RootKey(vkey), let end = lastBlankLine(of: note) else { return nil }
    let text = [UInt8](note[..<end])
    var isSigned = false
    var start = end + 1
    while start < note.count {
        guard let line = nextLine(of: note, from: start) else { return nil }
        start += line.count + 1
        guard let signature = root.signature(in: line) else { continue }
        guard
            BoringPrimitives.ed25519Verify(
                publicKey: root.key.span, text.span, signature: signature.span)
        else { return nil }
        isSigned = true
    }
    return isSigned ? text : nil
}

/// A vkey: `name+key ID+base64(type || key)`, of which the type is Ed25519.
private struct RootKey {
    /// What a line of this key's begins with.
    private let lineStart: [UInt8]
    private let keyID: [UInt8]
    let key: [UInt8]

    init?(_ vkey: [UInt8]) {
        // A name holds no plus; the base64 may.
        guard let plus = vkey.firstIndex(of: 0x2B), vkey.count == plus + 10 + 44,
            let typed = Base64.decode(vkey.span.extracting(plus + 10..<vkey.count), padded: true),
            typed.count == 33, typed[0] == 1, vkey[plus + 9] == 0x2B
        else { return nil }
        let name = [UInt8](vkey[..<plus])
        lineStart = [0xE2, 0x80, 0x94, 0x20] + name + [0x20]
        keyID = [UInt8](BoringPrimitives.sha256((name + [0x0A] + typed).span)[..<4])
        key = [UInt8](typed[1...])
        guard Hex.encode(keyID.span) == [UInt8](vkey[plus + 1..<plus + 9]) else { return nil }
    }

    /// The signature in a line of this key's; nil in any other line.
    func signature(in line: [UInt8]) -> [UInt8]? {
        guard line.count > lineStart.count, [UInt8](line[..<lineStart.count]) == lineStart,
            let signed = Base64.decode(
                line.span.extracting(lineStart.count..<line.count), padded: true),
            signed.count >= 4, [UInt8](signed[..<4]) == keyID
        else { return nil }
        return [UInt8](signed[4...])
    }
}

/// The place of the newline that is the last empty line: the text comes before it.
private func lastBlankLine(of note: [UInt8]) -> Int? {
    var index = note.count - 1
    while index > 0 {
        if note[index] == 0x0A, note[index - 1] == 0x0A { return index }
        index -= 1
    }
    return nil
}

/// The line that begins at `start`, without its newline; nil when it has none.
private func nextLine(of note: [UInt8], from start: Int) -> [UInt8]? {
    var end = start
    while end < note.count, note[end] != 0x0A { end += 1 }
    return end < note.count ? [UInt8](note[start..<end]) : nil
}
