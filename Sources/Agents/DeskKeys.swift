internal import Containers
package import Custody
internal import DurableFiles
package import NativePrimitives
internal import Opening
package import Sealing
internal import Tips

/// The folder with the desk's private keys; only the desk agent reads it.
///
/// ```
/// store.age          an identity, under the passphrase; all else is sealed to it
/// station.age        what the desk's machine signs with (PKCS#8 PEM)
/// epoch-<n>.age      the two identities of an epoch; removing the file destroys the epoch's key
/// root.vkey          the root key that directories must be signed by
/// directory          the newest directory seen
/// cases/<tip>.age    case keys
/// ```
/// Removing a file frees its blocks; what the disk still holds is ciphertext under the store key.
package struct DeskKeys: Sendable {
    let folder: String
    private let store: Identity<NativePrimitives>

    /// The public halves of an epoch, for `Keys/desk.toml`.
    package struct PublicEpoch: Equatable, Sendable {
        /// Its number.
        package let number: Int
        /// The post-quantum recipient.
        package let recipient: Recipient
        /// The X25519 recipient, for people who have only stock age.
        package let legacyRecipient: Recipient
    }

    /// Makes the folder, its store key and the station's key.
    ///
    /// - Parameters:
    ///   - root: the vkey that directories must be signed by.
    ///   - workFactor: log2 of scrypt's N for the passphrase.
    /// - Throws: ``ContainerError`` and the like when a file is there already or cannot be written.
    package static func create(
        in folder: String, root: NoteVerifier, passphrase: borrowing Secret,
        workFactor: Int = ScryptStanza.defaultWorkFactor
    ) throws -> (keys: DeskKeys, station: VerifyingKey) {
        try Durable.createDirectory(folder)
        try Durable.createDirectory(folder + "/cases")
        let store = try Identity<NativePrimitives>.generate(.mlkem768x25519)
        let text = IdentityFile.encode(store, comment: ascii("sallyport desk store key"))
        try KeyFile.write(
            text, passphrase: passphrase, to: folder + "/store.age", workFactor: workFactor)
        let keys = DeskKeys(folder: folder, store: store)
        let station = SigningKey.generate()
        try keys.write(station.pkcs8PEM(), to: "station.age", .refuse)
        try Durable.write([UInt8](root.vkey.utf8).span, to: folder + "/root.vkey")
        return (keys, station.publicKey)
    }

    /// Opens the folder.
    ///
    /// - Parameter passphrase: is asked for once.
    /// - Throws: ``AgentRefusal/wrongPassphrase``, ``AgentRefusal/storage``, or what `passphrase`
    ///   throws.
    package static func open(
        _ folder: String, passphrase: () throws -> Secret
    ) throws -> DeskKeys {
        let secret = try passphrase()
        guard Durable.exists(folder + "/store.age") else { throw AgentRefusal.storage }
        let text: Secret
        do {
            text = try KeyFile.read(folder + "/store.age") { secret.duplicate() }
        } catch is OpeningError {
            throw AgentRefusal.wrongPassphrase
        }
        let identities = try text.withBytes { (bytes) throws(IdentityFile.Failure) in
            try IdentityFile.parse(bytes, with: NativePrimitives.self)
        }
        return DeskKeys(folder: folder, store: identities[0])
    }

    /// Makes the keys of an epoch.
    package func addEpoch(_ number: Int) throws -> PublicEpoch {
        let hybrid = try Identity<NativePrimitives>.generate(.mlkem768x25519)
        let legacy = try Identity<NativePrimitives>.generate(.x25519)
        let comment = ascii("sallyport desk epoch")
        var text = Secret(count: 0)
        for identity in [hybrid, legacy] {
            let next = IdentityFile.encode(identity, comment: comment)
            text = Self.joined(text, next)
        }
        try write(text, to: Self.epochFile(number), .refuse)
        return PublicEpoch(
            number: number, recipient: hybrid.recipient, legacyRecipient: legacy.recipient)
    }

    /// The identities of each epoch whose file is there.
    func epochs() throws -> [Int: [Identity<NativePrimitives>]] {
        var epochs: [Int: [Identity<NativePrimitives>]] = [:]
        for number in try Self.epochNumbers(in: folder) {
            epochs[number] = try read(Self.epochFile(number), limit: KeyFile.byteLimit).withBytes {
                (bytes) throws(IdentityFile.Failure) in
                try IdentityFile.parse(bytes, with: NativePrimitives.self)
            }
        }
        return epochs
    }

    /// The station's key.
    func station() throws -> SigningKey {
        try read("station.age", limit: KeyFile.byteLimit).withBytes { (pem) throws(KeyError) in
            try SigningKey(pkcs8PEM: pem)
        }
    }

    /// The root key that directories must be signed by.
    func root() throws -> NoteVerifier {
        let bytes = try Durable.read(folder + "/root.vkey", limit: 1024)
        return try NoteVerifier(vkey: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads a file that is sealed to the store key; nil when it is not there.
    func readIfThere(_ name: String, limit: Int) throws -> Secret? {
        guard Durable.exists(folder + "/" + name) else { return nil }
        return try read(name, limit: limit)
    }

    private func read(_ name: String, limit: Int) throws -> Secret {
        let bytes = try Durable.read(folder + "/" + name, limit: limit)
        return try OpenedContainer.open(bytes.span, with: [store])
    }

    /// Seals `secret` to the store key and writes it, whole and durable.
    func write(
        _ secret: borrowing Secret, to name: String, _ clash: NewFile.Clash
    ) throws {
        let sealed = try seal(secret)
        try Durable.write(sealed.span, to: folder + "/" + name, clash)
    }

    /// What ``write(_:to:_:)`` writes.
    func seal(_ secret: borrowing Secret) throws(SealingError) -> [UInt8] {
        let sealed = try secret.withBytes { (bytes) throws(SealingError) in
            try SealedContainer.sealing(
                bytes, to: [store.recipient], with: NativePrimitives.self)
        }
        return sealed.header + sealed.payload
    }

    private static func joined(_ first: borrowing Secret, _ second: borrowing Secret) -> Secret {
        var both = Secret(count: first.count + second.count)
        first.withBytes { both.write($0, at: 0) }
        let offset = first.count
        second.withBytes { both.write($0, at: offset) }
        return both
    }
}
