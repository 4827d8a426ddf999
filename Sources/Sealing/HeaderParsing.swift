extension Header {
    /// Reads the header at the start of `bytes`.
    ///
    /// - Returns: the header and how many bytes it takes; the payload follows.
    /// - Throws: ``HeaderError``. ``HeaderError/truncated`` means that more bytes may help.
    package static func parse(
        _ bytes: Span<UInt8>
    ) throws(HeaderError) -> (header: Header, byteCount: Int) {
        var cursor = HeaderCursor()
        try cursor.take(versionLine, of: bytes, else: .unknownVersion)
        var stanzas: [Stanza] = []
        while true {
            let line = try cursor.line(of: bytes)
            if line.starts(with: ascii("---")) {
                guard !stanzas.isEmpty else { throw .noStanzas }
                let header = Header(stanzas: stanzas, mac: try mac(closing: line))
                return (header, cursor.position)
            }
            guard stanzas.count < stanzaLimit else { throw .tooLarge }
            stanzas.append(try stanza(opening: line, of: bytes, at: &cursor))
        }
    }

    private static func mac(closing line: [UInt8]) throws(HeaderError) -> [UInt8] {
        guard line.count == 47, line[3] == 0x20,
            let mac = Base64.decode(line.span.extracting(4..<47), padded: false)
        else { throw .badMAC }
        return mac
    }

    private static func stanza(
        opening line: [UInt8], of bytes: Span<UInt8>, at cursor: inout HeaderCursor
    ) throws(HeaderError) -> Stanza {
        guard line.starts(with: ascii("-> ")) else { throw .badStanzaArguments }
        let arguments = line[3...].split(separator: 0x20, omittingEmptySubsequences: false)
        for argument in arguments {
            guard !argument.isEmpty, argument.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw .badStanzaArguments
            }
        }
        return Stanza(
            arguments: arguments.map { [UInt8]($0) }, body: try body(of: bytes, at: &cursor))
    }

    private static func body(
        of bytes: Span<UInt8>, at cursor: inout HeaderCursor
    ) throws(HeaderError) -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let line = try cursor.line(of: bytes)
            guard line.count <= 64, let decoded = Base64.decode(line.span, padded: false) else {
                throw .badStanzaBody
            }
            body += decoded
            if line.count < 64 { return body }
        }
    }
}

/// Cuts the start of a file into lines, and never reads past ``Header/byteLimit``.
private struct HeaderCursor {
    private(set) var position = 0

    /// Takes the bytes of `expected`, which must come next.
    mutating func take(
        _ expected: [UInt8], of bytes: Span<UInt8>, else failure: HeaderError
    ) throws(HeaderError) {
        for (index, byte) in expected.enumerated() {
            guard index < bytes.count else { throw .truncated }
            guard bytes[index] == byte else { throw failure }
        }
        position += expected.count
    }

    /// Takes the next line, without its line feed.
    mutating func line(of bytes: Span<UInt8>) throws(HeaderError) -> [UInt8] {
        let end = min(bytes.count, Header.byteLimit)
        for index in position..<end where bytes[index] == 0x0A {
            let line = [UInt8](copying: bytes.extracting(position..<index))
            position = index + 1
            return line
        }
        throw bytes.count >= Header.byteLimit ? .tooLarge : .truncated
    }
}
