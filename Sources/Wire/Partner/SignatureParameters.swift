internal import NativePrimitives
internal import RawStructuredFieldValues
internal import Sealing

/// What a signature of the partners' door covers and says about itself (RFC 9421 §2.3).
///
/// ```
/// ("@method" "@authority" "@path" "@query" "content-digest");created=1795446000;
///     nonce="9f…";keyid="ab…";alg="ed25519"
/// ```
package struct SignatureParameters: Equatable, Sendable {
    /// The components every request's signature covers; `content-digest` joins when there is
    /// content.
    package static let requestComponents = ["@method", "@authority", "@path", "@query"]
    /// How far `created` may be from the server's clock, either way, in seconds.
    package static let clockToleranceSeconds = 300
    /// Most bytes of a nonce or key identifier; the least of a nonce is 16.
    package static let textLimit = 64
    /// The member's name in both fields.
    package static let label = "sallyport"

    /// The covered components, in order.
    package let components: [String]
    /// When the signature was made: seconds since 1970.
    package let created: Int
    /// A text the signer uses once.
    package let nonce: String
    /// Which key signed: the SHA-256 of the public key in lower-case hexadecimal.
    package let keyID: String
    /// The parameters exactly as they stand in `Signature-Input`; the signature covers this text.
    package let text: String

    /// The parameters of a new signature, with a fresh random nonce.
    package init(keyID: String, created: Int, coversContent: Bool) {
        let nonce = Hex.encode(NativePrimitives.randomBytes(count: 16))
        self.init(keyID: keyID, created: created, nonce: nonce, coversContent: coversContent)
    }

    /// The parameters of a new signature with a given nonce: for tests.
    package init(keyID: String, created: Int, nonce: String, coversContent: Bool) {
        components = Self.requestComponents + (coversContent ? ["content-digest"] : [])
        self.created = created
        self.nonce = nonce
        self.keyID = keyID
        let list = components.map { "\"\($0)\"" }.joined(separator: " ")
        text = "(\(list));created=\(created);nonce=\"\(nonce)\";keyid=\"\(keyID)\";alg=\"ed25519\""
    }

    /// Reads the one member of a `Signature-Input` field.
    ///
    /// - Returns: the parameters and the member's label.
    /// - Throws: ``SignatureFault/malformed`` unless there is exactly one member in its canonical
    ///   spelling with the four parameters `created`, `nonce`, `keyid` and `alg`, no other, and
    ///   plain components without parameters, each once.
    static func parse(
        signatureInput: String
    ) throws(SignatureFault) -> (label: String, parameters: SignatureParameters) {
        guard signatureInput.utf8.count <= 1024, let dictionary = dictionary(signatureInput),
            dictionary.count == 1, let (label, member) = dictionary.first,
            case .innerList(let list) = member
        else { throw .malformed }
        let text = String(signatureInput.dropFirst(label.count + 1))
        let parameters = try SignatureParameters(list, text: text)
        guard serialised(list) == text else { throw .malformed }
        return (label, parameters)
    }

    private init(_ list: InnerList, text: String) throws(SignatureFault) {
        var components: [String] = []
        for item in list.bareInnerList {
            guard case .string(let name) = item.rfc9651BareItem, item.rfc9651Parameters.count == 0,
                !components.contains(name)
            else { throw .malformed }
            components.append(name)
        }
        let parameters = list.rfc9651Parameters
        guard parameters.count == 4, case .integer(let created) = parameters["created"],
            case .string(let nonce) = parameters["nonce"],
            case .string(let keyID) = parameters["keyid"],
            case .string("ed25519") = parameters["alg"], created >= 0,
            (16...Self.textLimit).contains(nonce.utf8.count),
            (1...Self.textLimit).contains(keyID.utf8.count)
        else { throw .malformed }
        self.components = components
        self.created = Int(created)
        self.nonce = nonce
        self.keyID = keyID
        self.text = text
    }

    private static func dictionary(_ text: String) -> OrderedMap<String, ItemOrInnerList>? {
        var parser = StructuredFieldValueParser(Array(text.utf8))
        return try? parser.parseDictionaryFieldValue()
    }

    private static func serialised(_ list: InnerList) -> String? {
        var serializer = StructuredFieldValueSerializer()
        guard let bytes = try? serializer.writeListFieldValue([.innerList(list)]) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
