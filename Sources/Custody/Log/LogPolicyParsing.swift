extension LogPolicy {
    /// Reads a policy.
    ///
    /// - Throws: ``LogPolicyError``; lines are counted from 1.
    package init(text: [UInt8]) throws(LogPolicyError) {
        guard text.count <= Self.maximumByteCount else { throw .tooLong }
        var parser = LogPolicyParser()
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard parser.read(line) else { throw .malformedLine(index + 1) }
        }
        // Every line ends in a newline, so that a cut-off last line is seen.
        guard let last = lines.last, last.isEmpty else { throw .malformedLine(lines.count) }
        guard let quorum = parser.quorum else { throw .noQuorum }
        guard !parser.logs.isEmpty else { throw .noLog }
        self.init(logs: parser.logs, witnesses: parser.witnesses, quorum: quorum)
    }
}

/// Reads one line after the other (C2SP tlog-policy, "Policy file syntax and structure").
private struct LogPolicyParser {
    /// Names are opaque octets.
    typealias Name = [UInt8]

    private(set) var logs: [NoteVerifier] = []
    private(set) var witnesses: [NoteVerifier] = []
    private(set) var quorum: LogPolicy.Quorum?
    private var defined: [Name: LogPolicy.Quorum] = [:]
    private var groupCount = 0
    /// Names that are already members of a group.
    private var members: Set<Name> = []

    /// Whether the line could be understood.
    mutating func read(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else { return false }
        let words = line.split { $0 == 0x09 || $0 == 0x20 }.map(Array.init)
        guard let keyword = words.first, keyword.first != UInt8(ascii: "#") else { return true }
        let arguments = Array(words.dropFirst())
        switch String(decoding: keyword, as: UTF8.self) {
        case "log": return log(arguments)
        case "witness": return witness(arguments)
        case "group": return group(arguments)
        case "quorum": return quorum(arguments)
        default: return false
        }
    }

    private mutating func log(_ words: [Name]) -> Bool {
        guard (1...2).contains(words.count), logs.count < LogPolicy.maximumCount,
            let verifier = verifier(words[0], .ed25519),
            !logs.contains(where: { $0.key == verifier.key })
        else { return false }
        logs.append(verifier)
        return true
    }

    private mutating func witness(_ words: [Name]) -> Bool {
        guard (2...3).contains(words.count), witnesses.count < LogPolicy.maximumCount,
            let verifier = verifier(words[1], .cosignature),
            !witnesses.contains(where: { $0.key == verifier.key }),
            define(words[0], .witness(verifier))
        else { return false }
        witnesses.append(verifier)
        return true
    }

    private mutating func group(_ words: [Name]) -> Bool {
        guard words.count >= 3, groupCount < LogPolicy.maximumCount else { return false }
        var quorums: [LogPolicy.Quorum] = []
        for name in words.dropFirst(2) {
            guard let member = defined[name], members.insert(name).inserted else { return false }
            quorums.append(member)
        }
        guard let threshold = threshold(words[1], of: quorums.count) else { return false }
        groupCount += 1
        return define(words[0], .group(threshold: threshold, members: quorums))
    }

    private func threshold(_ word: Name, of count: Int) -> Int? {
        switch String(decoding: word, as: UTF8.self) {
        case "all": return count
        case "any": return 1
        default:
            guard let number = CanonicalDecimal.parse(word), number >= 1, number <= UInt64(count)
            else { return nil }
            return Int(number)
        }
    }

    private mutating func quorum(_ words: [Name]) -> Bool {
        guard words.count == 1, quorum == nil else { return false }
        quorum = words[0] == Array("none".utf8) ? LogPolicy.Quorum.none : defined[words[0]]
        return quorum != nil
    }

    private mutating func define(_ name: Name, _ meaning: LogPolicy.Quorum) -> Bool {
        guard name != Array("none".utf8), defined[name] == nil else { return false }
        defined[name] = meaning
        return true
    }

    private func verifier(_ word: Name, _ type: NoteKeyType) -> NoteVerifier? {
        guard let vkey = String(validating: word, as: UTF8.self),
            let verifier = try? NoteVerifier(vkey: vkey), verifier.type == type
        else { return nil }
        return verifier
    }
}
