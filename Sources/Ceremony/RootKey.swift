package import Custody
internal import Containers
internal import DurableFiles
package import NativePrimitives
internal import Sealing

/// The offline root's key: what the whole system trusts, and nothing else signs a directory with.
///
/// On disk: an age file under a passphrase, mode 0600, that holds one line `vkey: <vkey>` and the
/// key as PKCS#8 PEM, so that `age -d root.key | openssl pkey` reads it too.
package struct RootKey: ~Copyable {
    /// The name a root key has unless told otherwise.
    package static let defaultName = "sallyport-root"

    private let signer: NoteSigner
    private let pem: Secret

    /// What others check the root's signature with.
    package var verifier: NoteVerifier { signer.verifier }

    /// A fresh root key.
    package static func generate(name: NoteKeyName) -> RootKey {
        RootKey(name: name, key: SigningKey.generate())
    }

    private init(name: NoteKeyName, key: consuming SigningKey) {
        pem = key.pkcs8PEM()
        signer = NoteSigner(name: name, key: key)
    }

    /// Signs `text` as a note.
    ///
    /// - Throws: ``NoteError`` when no note can carry the text.
    package borrowing func sign(_ text: [UInt8]) throws(NoteError) -> [UInt8] {
        try signer.sign(text)
    }

    /// Writes the key file; never replaces one.
    ///
    /// - Throws: ``CeremonyError/file(_:)``, ``CeremonyError/rootKey(path:problem:)``.
    package borrowing func write(
        to path: String, passphrase: borrowing Secret,
        workFactor: Int = ScryptStanza.defaultWorkFactor
    ) throws(CeremonyError) {
        let line = Array("vkey: \(verifier.vkey)\n".utf8)
        var text = Secret(count: line.count + pem.count)
        text.write(line.span, at: 0)
        pem.withBytes { text.write($0, at: line.count) }
        do throws(ContainerError) {
            try KeyFile.write(text, passphrase: passphrase, to: path, workFactor: workFactor)
        } catch {
            switch error {
            case .file(let error): throw .file(error)
            default: throw .rootKey(path: path, problem: "could not be sealed")
            }
        }
    }

    /// Reads a key file.
    ///
    /// - Parameter passphrase: is asked once, and only if the file is there and sealed.
    /// - Throws: ``CeremonyError/rootKey(path:problem:)``, or what `passphrase` throws.
    package static func read(
        _ path: String, passphrase: () throws -> Secret
    ) throws -> RootKey {
        let bytes = try readingFile { () throws(FileError) in
            try Durable.read(path, limit: KeyFile.byteLimit)
        }
        guard KeyFile.isSealed(bytes) else {
            throw CeremonyError.rootKey(path: path, problem: "is not under a passphrase")
        }
        // Asked here, so that what goes wrong below is about the key and not about the asking.
        let secret = try passphrase()
        guard let text = try? KeyFile.read(path, passphrase: { secret.duplicate() }) else {
            throw CeremonyError.rootKey(path: path, problem: "wrong passphrase, or a damaged file")
        }
        return try text.withBytes { (bytes) throws in
            guard let key = Self.parse(bytes) else {
                throw CeremonyError.rootKey(path: path, problem: "is not a root key")
            }
            return key
        }
    }

    private static func parse(_ text: Span<UInt8>) -> RootKey? {
        var end = 0
        while end < text.count, end < 1_024, text[end] != 0x0A { end += 1 }
        let line = String(decoding: [UInt8](copying: text.extracting(0..<end)), as: UTF8.self)
        guard end < text.count, line.hasPrefix("vkey: "),
            let verifier = try? NoteVerifier(vkey: String(line.dropFirst(6))),
            let key = try? SigningKey(pkcs8PEM: text.extracting((end + 1)..<text.count)),
            key.publicKey == verifier.key
        else { return nil }
        return RootKey(name: verifier.name, key: key)
    }
}
