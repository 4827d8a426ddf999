package import DurableFiles
package import Sealing

/// What can be seen of an age file without a key.
package struct Inspection: Equatable, Sendable {
    /// The stanza types of the header, in order.
    package let recipientTypes: [String]
    /// Bytes of the header.
    package let headerBytes: Int
    /// Bytes of the payload: nonce and chunks.
    package let payloadBytes: Int
    /// Bytes that come out when it is opened.
    package let plaintextBytes: Int

    /// Whether the plaintext has a length that padding gives, so that the true one may be smaller.
    package var isPadded: Bool { Padding.isPadded(plaintextBytes) }

    /// Reads `source` to its end, in constant memory.
    ///
    /// - Throws: ``Problem``, or `FileError` when reading fails.
    package init<Source: ByteSource & ~Copyable>(of source: inout Source) throws {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        var start: [UInt8] = []
        var total = 0
        while true {
            var span = buffer.mutableSpan
            let count = try source.read(into: &span)
            if count == 0 { break }
            total += count
            let wanted = min(count, Header.byteLimit - start.count)
            if wanted > 0 { start += buffer[..<wanted] }
        }
        try self.init(start: start, totalBytes: total)
    }

    private init(start: [UInt8], totalBytes: Int) throws(Problem) {
        guard totalBytes > 0 else { throw .empty }
        guard !start.starts(with: ascii("-----BEGIN AGE ENCRYPTED FILE-----")) else {
            throw .armored
        }
        let header: Header
        do throws(HeaderError) {
            (header, headerBytes) = try Header.parse(start.span)
        } catch {
            throw error == .unknownVersion ? .notAge : .badHeader(error)
        }
        payloadBytes = totalBytes - headerBytes
        guard let length = Payload.plaintextLength(of: payloadBytes) else { throw .truncated }
        plaintextBytes = length
        recipientTypes = header.stanzas.map { String(decoding: $0.arguments[0], as: UTF8.self) }
    }

    /// A few lines for people.
    package var text: String {
        let kinds = recipientTypes.map { "  \(Self.describe($0))" }.joined(separator: "\n")
        return """
            age file, version 1
            sealed to:
            \(kinds)
            header:    \(headerBytes) bytes
            payload:   \(payloadBytes) bytes
            plaintext: \(plaintextBytes) bytes
            padded:    \(isPadded ? "the size is one that padding gives" : "no")
            """
    }

    private static func describe(_ type: String) -> String {
        switch type {
        case "mlkem768x25519": "mlkem768x25519 (withstands a quantum computer)"
        case "X25519": "X25519 (does not withstand a quantum computer)"
        case "scrypt": "scrypt (a passphrase)"
        default: "\(type) (a kind that this program cannot open)"
        }
    }
}

extension Inspection {
    /// Why something is not an age file.
    package enum Problem: Error, Equatable {
        /// There are no bytes.
        case empty
        /// Text armor, which this program does not read.
        case armored
        /// Another kind of file.
        case notAge
        /// The header is damaged or cut off.
        case badHeader(HeaderError)
        /// The payload has a length that no age file has.
        case truncated

        /// The problem in plain words, to stand after the file's name.
        package var message: String {
            switch self {
            case .empty: "the file is empty."
            case .armored: "this is an age file written as text (armored)."
            case .notAge: "this is not an age file."
            case .badHeader(.truncated): "the file is cut off inside its header."
            case .badHeader(.tooLarge): "the file's header is larger than any that is allowed."
            case .badHeader: "the file begins like an age file, but its header is damaged."
            case .truncated: "the file is cut off, or has bytes that do not belong to it."
            }
        }

        /// What to do.
        package var hint: String? {
            switch self {
            case .armored: "Turn it into binary first; every age program does it on opening."
            case .notAge: nil
            default: "Get it again from where it came from."
            }
        }
    }
}
