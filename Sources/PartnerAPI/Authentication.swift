internal import Agencies
internal import Custody
internal import Glibc
internal import HTTPTypes
internal import Hummingbird
internal import Quarantine
internal import Tips
internal import Wire

/// Who asks, after the request's signature was checked.
enum Caller: Sendable {
    /// The desk's machine.
    case desk
    /// An office of the directory.
    case office(Office)
}

/// A request whose signature was checked and whose nonce is used up.
struct AuthenticRequest: Sendable {
    let caller: Caller
    let path: PartnerPath
    let nonce: String
    /// The digest that the body must have; nil when the request has none.
    let content: ContentDigest?
}

extension Dispatch {
    /// Checks a request's signature against the keys of the directory.
    ///
    /// 1. The path is one of this door, spelled as we spell it, without a query.
    /// 2. There is a content digest exactly when there is content.
    /// 3. The key is the desk's or an office's, and not revoked; the path is for such a key.
    /// 4. The request is for this door, by one of `authorities`.
    /// 5. The signature covers method, authority, path, query and digest, was made within five
    ///    minutes of now, and is right.
    /// 6. Its nonce is new; from here on it is used.
    ///
    /// - Throws: ``PartnerRefusal/forbidden``, and nothing else: who has no business here learns no
    ///   more.
    func authenticate(
        _ request: Request, at authorities: Authorities, port: Int?
    ) async throws -> AuthenticRequest {
        guard let path = PartnerPath(request.uri.string), path != .health,
            let signed = Self.signedParts(of: request),
            authorities.accept(signed.authority, port: port),
            let unverified = try? UnverifiedRequestSignature(request.headers)
        else { throw PartnerRefusal.forbidden }
        let keyID = unverified.parameters.keyID
        guard let (caller, key) = caller(keyID), caller.mayUse(path) else {
            throw PartnerRefusal.forbidden
        }
        do throws(SignatureFault) {
            try unverified.check(signed, now: time(nil)) { key.verifies($0, over: $1) }
        } catch {
            throw PartnerRefusal.forbidden
        }
        try await use(nonce: unverified.parameters.nonce, of: keyID)
        return AuthenticRequest(
            caller: caller, path: path, nonce: unverified.parameters.nonce,
            content: signed.contentDigest)
    }

    private static func signedParts(of request: Request) -> SignedRequest? {
        guard let authority = request.head.authority else { return nil }
        let fields = request.headers[values: .contentDigest]
        let digest = fields.first.flatMap(ContentDigest.init(fieldValue:))
        guard fields.count <= 1, (digest != nil) == hasContent(request),
            fields.isEmpty || digest != nil
        else { return nil }
        return SignedRequest(
            method: request.method.rawValue, authority: authority, path: request.uri.string,
            contentDigest: digest)
    }

    private static func hasContent(_ request: Request) -> Bool {
        request.headers[.transferEncoding] != nil
            || request.headers[.contentLength] != nil
                && request.headers[.contentLength] != "0"
    }

    private func caller(_ keyID: String) -> (Caller, VerifyingKey)? {
        let directory = directories.newest
        guard !directory.isExpired(on: directories.today) else { return nil }
        let desk = directory.deskKey
        if desk.keyID == keyID {
            return directory.isRevoked(desk.fingerprint) ? nil : (.desk, desk)
        }
        guard let office = directory.offices.first(where: { $0.signingKey.keyID == keyID }),
            !directory.isRevoked(office)
        else { return nil }
        return (.office(office), office.signingKey)
    }

    private func use(nonce: String, of keyID: String) async throws {
        let digest = Hash(sha256: Array("\(keyID) \(nonce)".utf8))
        let journal = try directories.journal()
        try await store.transact(journal) { reading in
            guard try !reading.isUsed(nonce: digest) else { throw PartnerRefusal.forbidden }
            return Outcome((), upkeep: [.useNonce(digest, hour: journal.hour.number)])
        }
    }
}

extension Caller {
    fileprivate func mayUse(_ path: PartnerPath) -> Bool {
        switch (self, path) {
        case (_, .health): false
        case (.office, .officeBundles), (.office, .officeBundle),
            (.office, .officeAcknowledgements):
            true
        case (.office, _): false
        case (.desk, .officeBundles), (.desk, .officeBundle), (.desk, .officeAcknowledgements):
            false
        case (.desk, _): true
        }
    }
}
