package import DurableFiles
internal import Opening
package import Sealing

/// What can be seen of an age file without a key.
package struct ContainerInspection: Equatable, Sendable {
    /// The stanzas of the header: type, and for a passphrase its work factor.
    package let recipientKinds: [String]
    /// Whether the file is text.
    package let isArmored: Bool
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
    /// - Parameters:
    ///   - byteCount: the source's length if it is known: then only its beginning is read, unless
    ///     it is text.
    ///   - progress: is told how many bytes of the payload are read so far.
    /// - Throws: ``Problem``, or `FileError` when reading fails.
    package init(
        of source: consuming OpenFile, byteCount: Int? = nil, progress: (Int) -> Void = { _ in }
    ) throws {
        if byteCount == 0 { throw Problem.empty }
        do {
            var container = try ContainerSource(source)
            let (header, count) = try container.header()
            headerBytes = count
            isArmored = container.isArmored
            recipientKinds = header.stanzas.map(Self.kind)
            if let byteCount, !container.isArmored {
                payloadBytes = byteCount - count
            } else {
                payloadBytes = try Self.rest(of: &container, progress)
            }
        } catch ContainerError.file(let error) {
            throw error
        } catch ContainerError.opening(.header(let error)) {
            throw error == .unknownVersion ? Problem.notAge : Problem.badHeader(error)
        } catch is ContainerError {
            throw Problem.badArmor
        }
        guard let length = Payload.plaintextLength(of: payloadBytes) else {
            throw Problem.truncated
        }
        plaintextBytes = length
    }

    private static func rest(
        of container: inout ContainerSource<OpenFile>, _ progress: (Int) -> Void
    ) throws -> Int {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        var total = 0
        while true {
            var space = buffer.mutableSpan
            let count = try container.read(into: &space)
            if count == 0 { return total }
            total += count
            progress(total)
        }
    }

    private static func kind(of stanza: Stanza) -> String {
        let words = stanza.arguments.map { String(decoding: $0, as: UTF8.self) }
        guard words[0] == "scrypt", words.count == 3 else { return describe(words[0]) }
        guard let factor = Int(words[2]), String(factor) == words[2], (1..<100).contains(factor)
        else {
            return "scrypt (a passphrase; its work factor is no number)"
        }
        let limit = ScryptStanza.workFactorLimit.upperBound
        return "scrypt (a passphrase; work factor \(factor)"
            + (factor > limit ? ", above the \(limit) that this program opens)" : ")")
    }

    /// A few lines for people.
    package var text: String {
        let kinds = recipientKinds.map { "  \($0)" }.joined(separator: "\n")
        return """
            age file, version 1\(isArmored ? ", written as text (armored)" : "")
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
        case _ where type.hasSuffix("-grease"):
            "\(shortened(type)) (nobody's: some programs add such lines at random)"
        default: "\(shortened(type)) (a kind that this program cannot open)"
        }
    }

    /// A type is as long as its author likes.
    private static func shortened(_ type: String) -> String {
        type.count <= 40 ? type : "\(type.prefix(40))…"
    }
}

extension ContainerInspection {
    /// Why something is not an age file.
    package enum Problem: Error, Equatable {
        /// There are no bytes.
        case empty
        /// Text that begins as age's does, but is not as age writes it.
        case badArmor
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
            case .badArmor: "the file begins like an age file in text, but the text is damaged."
            case .notAge: "this is not an age file."
            case .badHeader(.truncated): "the file is cut off inside its header."
            case .badHeader(.tooLarge):
                "the file's header is larger, or for more recipients, than is allowed."
            case .badHeader: "the file begins like an age file, but its header is damaged."
            case .truncated: "the file is cut off, or has bytes that do not belong to it."
            }
        }

        /// What to do.
        package var hint: String? {
            switch self {
            case .notAge: nil
            case .badHeader(.tooLarge): OpeningError.fewerKeys
            default: "Get it again from where it came from."
            }
        }
    }
}
