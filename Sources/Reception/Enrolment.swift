package import Agencies
internal import Containers
package import Custody
internal import DurableFiles
package import NativePrimitives
package import Opening
internal import Sealing

/// Makes an agency's folder with fresh keys.
package enum Enrolment {
    /// How the two key files are kept.
    package enum Protection: ~Copyable {
        /// Sealed under this passphrase.
        case passphrase(Secret)
        /// As they are, because that was asked for in words.
        case none
    }

    /// Makes the folder at `path`.
    ///
    /// - Returns: what the keepers of the root key need: lines for the office's TOML file.
    /// - Throws: ``ReceptionError/homeExists(_:)`` and others; a half-made folder has no `office`
    ///   file and is not taken for one.
    package static func run(
        at path: String, office: OfficeID, root: NoteVerifier,
        kind: Identity<NativePrimitives>.Kind, created: Day, protection: borrowing Protection
    ) throws(ReceptionError) -> String {
        let identity: Identity<NativePrimitives>
        do throws(SealingError) {
            identity = try Identity.generate(kind)
        } catch {
            throw .container(.sealing(error))
        }
        let signing = SigningKey.generate()
        guard !Durable.exists(path) else { throw .homeExists(path) }
        try filing { () throws(FileError) in try Durable.createDirectory(path) }
        let comment = ascii("created: ") + [UInt8](created.text.utf8)
        let file = IdentityFile.encode(identity, comment: comment)
        try write(file, to: path + "/identity.age", protection)
        try write(signing.pkcs8PEM(), to: path + "/signing.key", protection)
        try AgencyHome.finish(at: path, office: office, root: root)
        return lines(office, identity.recipient, signing.publicKey)
    }

    private static func write(
        _ secret: borrowing Secret, to path: String, _ protection: borrowing Protection
    ) throws(ReceptionError) {
        do throws(ContainerError) {
            switch protection {
            case .passphrase(let passphrase):
                try KeyFile.write(secret, passphrase: passphrase, to: path)
            case .none: try KeyFile.writeUnprotected(secret, to: path)
            }
        } catch {
            throw .container(error)
        }
    }

    /// `Keys/agencies/<office>.toml`, as far as the office itself knows it.
    private static func lines(
        _ office: OfficeID, _ recipient: Recipient, _ key: VerifyingKey
    ) -> String {
        """
        # Keys/agencies/\(office).toml: the public keys of this office.
        # Recipient fingerprint:   \(recipient.fingerprint.grouped)
        # Signing key fingerprint: \(key.fingerprint.grouped)
        recipient = "\(String(decoding: recipient.text, as: UTF8.self))"
        signing_key = "\(key.keyText)"
        """
    }
}

/// The keys of a folder, opened for one run of the program.
package enum AgencyKeys {
    /// The age identities in the file at `path`.
    ///
    /// - Parameter passphrase: asked once, and only if the file is sealed.
    package static func identities<Failure: Error>(
        at path: String, passphrase: () throws(Failure) -> Secret
    ) throws -> [Identity<NativePrimitives>] {
        let file = try read(path, passphrase: passphrase)
        do {
            return try file.withBytes { try IdentityFile.parse($0, with: NativePrimitives.self) }
        } catch {
            throw ReceptionError.badKeyFile(path)
        }
    }

    /// The signing key in the file at `path`.
    ///
    /// - Parameter passphrase: asked once, and only if the file is sealed.
    package static func signingKey<Failure: Error>(
        at path: String, passphrase: () throws(Failure) -> Secret
    ) throws -> SigningKey {
        let file = try read(path, passphrase: passphrase)
        do {
            return try file.withBytes { try SigningKey(pkcs8PEM: $0) }
        } catch {
            throw ReceptionError.badKeyFile(path)
        }
    }

    private static func read<Failure: Error>(
        _ path: String, passphrase: () throws(Failure) -> Secret
    ) throws -> Secret {
        do {
            return try KeyFile.read(path, passphrase: passphrase)
        } catch let error as FileError {
            throw ReceptionError.file(error)
        } catch is OpeningError {
            throw ReceptionError.badKeyFile(path)
        }
    }
}
