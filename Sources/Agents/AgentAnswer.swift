internal import NativePrimitives
internal import Sealing
internal import Tips

/// An agent's answer on the wire: `["sallyport.agent-answer/1", refusal / "", item]`.
enum AgentAnswer {
    /// The answer that refuses.
    static func refusal(_ refusal: AgentRefusal) -> Secret {
        encode(refusal.rawValue) { $0.null() }
    }

    /// The answer that did what was asked; `body` writes one item.
    static func done(_ body: (inout CBORWriter) -> Void = { $0.null() }) -> Secret {
        encode("", body)
    }

    /// The beginning of an answer; one item follows.
    static func writer(_ word: String = "") -> CBORWriter {
        var writer = CBORWriter(reserving: 4096)
        writer.array(3)
        writer.label("sallyport.agent-answer/1")
        writer.text(word)
        return writer
    }

    private static func encode(_ word: String, _ body: (inout CBORWriter) -> Void) -> Secret {
        var writer = writer(word)
        body(&writer)
        return writer.takeSecret(as: NativePrimitives.self)
    }

    /// Reads an answer whose item `body` takes.
    ///
    /// - Throws: ``AgentError/refused(_:)``, ``AgentError/badAnswer``.
    static func read<Result: ~Copyable>(
        _ answer: borrowing Secret,
        _ body: (inout CBORReader) throws(FormatError) -> Result
    ) throws(AgentError) -> Result {
        let word = try refusalWord(of: answer)
        guard word.isEmpty else {
            guard let refusal = AgentRefusal(rawValue: word) else { throw .badAnswer }
            throw .refused(refusal)
        }
        do throws(FormatError) {
            return try answer.withBytes { (bytes) throws(FormatError) in
                try CBOR.decode(bytes, limit: AgentSocket.messageLimit) {
                    (reader) throws(FormatError) in
                    try head(&reader)
                    return try body(&reader)
                }
            }
        } catch {
            throw .badAnswer
        }
    }

    private static func refusalWord(of answer: borrowing Secret) throws(AgentError) -> String {
        do throws(FormatError) {
            return try answer.withBytes { (bytes) throws(FormatError) in
                try CBOR.decodePrefix(bytes, limit: AgentSocket.messageLimit) {
                    (reader) throws(FormatError) in try head(&reader)
                }.value
            }
        } catch {
            throw .badAnswer
        }
    }

    @discardableResult
    private static func head(_ reader: inout CBORReader) throws(FormatError) -> String {
        try reader.array(count: 3)
        try reader.label("sallyport.agent-answer/1")
        return try reader.text(atMost: 64)
    }
}
