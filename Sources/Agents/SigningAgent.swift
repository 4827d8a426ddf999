internal import Containers
package import Agencies
package import Custody
internal import DurableFiles
package import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// A verifier's key on disk: the key under the person's passphrase, and beside it (`.pub`) one line
/// with the person's handle and the public key.
package enum VerifierKey {
    /// Makes a key.
    ///
    /// - Throws: what `Containers` and `DurableFiles` throw, when a file is there already.
    package static func create(
        at path: String, person: PersonID, passphrase: borrowing Secret,
        workFactor: Int = ScryptStanza.defaultWorkFactor
    ) throws -> VerifyingKey {
        let key = SigningKey.generate()
        try KeyFile.write(
            key.pkcs8PEM(), passphrase: passphrase, to: path, workFactor: workFactor)
        let line = "\(person) \(key.publicKey.keyText)\n"
        try Durable.write([UInt8](line.utf8).span, to: path + ".pub", mode: 0o644)
        return key.publicKey
    }

    static func readPublic(_ path: String) throws -> (person: PersonID, key: VerifyingKey) {
        let line = String(decoding: try Durable.read(path + ".pub", limit: 256), as: UTF8.self)
        let words = line.split(separator: " ")
        guard words.count == 2, line.last == "\n", let person = PersonID(String(words[0])),
            let key = VerifyingKey(keyText: String(words[1].dropLast()))
        else { throw AgentRefusal.storage }
        return (person, key)
    }
}

/// The signing agent of one verifier.
///
/// It holds no key between requests: each signature takes the passphrase, with which the key is
/// read, used and wiped.
package final class SigningAgent: AgentService, Sendable {
    private let path: String
    /// Whose key it is.
    package let person: PersonID
    /// The public half.
    package let key: VerifyingKey

    /// Most texts of one request: what one act of approval signs, two for each office that a
    /// reporter can agree to.
    static let textLimit = 2 * Limits.consents
    /// Most bytes of one request.
    static let requestLimit = 16 * 1024 * 1024

    /// The agent of the key at `path`.
    ///
    /// - Throws: ``AgentRefusal/storage`` when the key's files cannot be read.
    package init(_ path: String) throws(AgentRefusal) {
        do {
            self.path = path
            (person, key) = try VerifierKey.readPublic(path)
            guard Durable.exists(path) else { throw AgentRefusal.storage }
        } catch {
            throw .storage
        }
    }

    /// Begins to listen at `path`; only processes of `users` are served.
    package func listen(at path: String, users: Set<UInt32>) throws(AgentError) -> AgentServer {
        try AgentServer(self, at: path, users: users)
    }

    func answer(
        _ request: borrowing Secret, from connection: borrowing AgentSocket
    ) throws(AgentRefusal) -> Secret {
        let request = try SigningRequest.decode(request)
        guard let passphrase = request.passphrase() else {
            return AgentAnswer.done { writer in
                writer.array(2)
                writer.text(person.text)
                writer.bytes(key.bytes)
            }
        }
        for text in request.texts {
            guard let label = SigningLabel(rawValue: text.label) else { throw .unknownLabel }
            guard label.fits(text.bytes) else { throw .notThatText }
        }
        let signingKey = try open(passphrase)
        let signatures = request.texts.map { signingKey.sign($0.bytes) }
        return AgentAnswer.done { writer in
            writer.array(signatures.count)
            for signature in signatures { writer.bytes(signature) }
        }
    }

    private func open(_ passphrase: borrowing Secret) throws(AgentRefusal) -> SigningKey {
        let pem: Secret
        do {
            pem = try KeyFile.read(path) { passphrase.duplicate() }
        } catch is OpeningError {
            throw .wrongPassphrase
        } catch {
            throw .storage
        }
        let opened: SigningKey
        do throws(KeyError) {
            opened = try pem.withBytes { (pem) throws(KeyError) in try SigningKey(pkcs8PEM: pem) }
        } catch {
            throw .storage
        }
        guard opened.publicKey == key else { throw .storage }
        return opened
    }
}

/// `["sallyport.signing-agent/1", passphrase / null, [* [label, text]]]`; null asks who it is.
struct SigningRequest: ~Copyable {
    struct Text {
        let label: String
        let bytes: [UInt8]
    }

    private let secret: Secret?
    let texts: [Text]

    init(passphrase: consuming Secret?, texts: [Text]) {
        secret = passphrase
        self.texts = texts
    }

    func passphrase() -> Secret? {
        switch secret {
        case .some(let secret): secret.duplicate()
        case .none: nil
        }
    }

    consuming func encoded() -> Secret {
        var writer = CBORWriter(reserving: 512 * 1024)
        writer.array(3)
        writer.label("sallyport.signing-agent/1")
        switch secret {
        case .some(let secret): secret.withBytes { writer.bytes($0) }
        case .none: writer.null()
        }
        writer.array(texts.count)
        for text in texts {
            writer.array(2)
            writer.text(text.label)
            writer.bytes(text.bytes)
        }
        return writer.takeSecret(as: NativePrimitives.self)
    }

    static func decode(_ bytes: borrowing Secret) throws(AgentRefusal) -> SigningRequest {
        do throws(FormatError) {
            return try bytes.withBytes { (bytes) throws(FormatError) in
                try CBOR.decode(bytes, limit: SigningAgent.requestLimit) {
                    (reader) throws(FormatError) in
                    try SigningRequest(reading: &reader)
                }
            }
        } catch {
            throw .malformed
        }
    }

    private init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 3)
        try reader.label("sallyport.signing-agent/1")
        var secret: Secret?
        if try !reader.takesNull() {
            var passphrase = try reader.bytes(atMost: 4096)
            secret = Secret(consuming: &passphrase)
        }
        var texts: [Text] = []
        for _ in 0..<(try reader.arrayCount(in: 0...SigningAgent.textLimit)) {
            try reader.array(count: 2)
            texts.append(
                Text(
                    label: try reader.text(atMost: 64),
                    bytes: try reader.bytes(atMost: 1024 * 1024)))
        }
        self.init(passphrase: secret, texts: texts)
    }
}
