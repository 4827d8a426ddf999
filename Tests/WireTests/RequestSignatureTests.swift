import Custody
import Foundation
import HTTPTypes
import Testing
import Tips
import Wire

/// RFC 9421 signatures of the partners' door: what is accepted, and each way to be refused.
final class RequestSignatureTests {
    private let now = 1_795_446_000
    private let key = SigningKey.generate()

    private func request(
        _ method: String = "POST", authority: String = "dispatch.test:8450",
        path: String = "/desk/frame-confirmations", body: [UInt8]? = [1, 2, 3]
    ) -> SignedRequest {
        SignedRequest(
            method: method, authority: authority, path: path,
            contentDigest: body.map { ContentDigest(of: $0) })
    }

    private func fields(_ request: SignedRequest, created: Int? = nil) throws -> HTTPFields {
        let parameters = SignatureParameters(
            keyID: key.publicKey.keyID, created: created ?? now,
            coversContent: request.contentDigest != nil)
        let signature = key.sign(try request.signatureBase(parameters))
        return RequestSignature.fields(request, parameters, signature: signature)
    }

    private func check(_ fields: HTTPFields, _ request: SignedRequest) throws {
        let publicKey = key.publicKey
        try UnverifiedRequestSignature(fields).check(request, now: now) {
            publicKey.verifies($0, over: $1)
        }
    }

    @Test("Accepts what was signed, with and without content, up to five minutes apart")
    func accepts() throws {
        for created in [now, now - 300, now + 300] {
            try check(try fields(request(), created: created), request())
        }
        let plain = request("GET", path: "/desk/inbox", body: nil)
        try check(try fields(plain), plain)
        try check(
            try fields(request(authority: "Dispatch.test:443")), request(authority: "dispatch.test")
        )
    }

    @Test("Refuses another method, host, path or body under the same signature")
    func refusesOtherRequest() throws {
        let signed = try fields(request())
        let others = [
            request("PUT"), request(authority: "other.test:8450"), request(path: "/desk/releases"),
            request(body: [1, 2, 4]),
        ]
        for other in others {
            #expect(throws: SignatureFault.wrong) { try check(signed, other) }
        }
        #expect(throws: SignatureFault.wrongComponents) { try check(signed, request(body: nil)) }
    }

    @Test("Refuses a signature that is too old or too new")
    func refusesOtherTimes() throws {
        for created in [now - 301, now + 301, 0] {
            #expect(throws: SignatureFault.notNow) {
                try check(try fields(request(), created: created), request())
            }
        }
    }

    @Test("Refuses content that the signature does not cover")
    func refusesUncoveredContent() throws {
        let bare = request(body: nil)
        #expect(throws: SignatureFault.wrongComponents) { try check(try fields(bare), request()) }
    }

    @Test(
        "Refuses other spellings, parameters and doubled fields",
        arguments: [
            (";alg=\"ed25519\"", ";alg=\"rsa-v1_5-sha256\""), (";alg=\"ed25519\"", ""),
            ("\"@path\"", "\"@path\";req"), ("\"@path\" ", "\"@path\"  "), ("\"@path\"", "@path"),
            ("\"@path\" ", "\"@path\" \"@path\" "), (";created=", ";created=+"),
            (";created=", ";expires=1;created="), ("sallyport=", "sallyport=?1, sallyport="),
        ])
    func refusesSpellings(_ change: (from: String, to: String)) throws {
        var signed = try fields(request())
        let input = try #require(signed[.signatureInput])
        #expect(input.contains(change.from))
        signed[.signatureInput] = input.replacing(change.from, with: change.to, maxReplacements: 1)
        #expect(throws: SignatureFault.self) { try check(signed, request()) }
    }

    @Test("Refuses missing and doubled fields and signatures of another length")
    func refusesFields() throws {
        let signed = try fields(request())
        for name in [HTTPField.Name.signature, .signatureInput] {
            var missing = signed
            missing[name] = nil
            #expect(throws: SignatureFault.malformed) { try check(missing, request()) }
            var doubled = signed
            doubled.append(HTTPField(name: name, value: signed[name] ?? ""))
            #expect(throws: SignatureFault.malformed) { try check(doubled, request()) }
        }
        var short = signed
        short[.signature] = "sallyport=:AAAA:"
        #expect(throws: SignatureFault.malformed) { try check(short, request()) }
    }

    @Test(
        "Writes a signed request of now for Tests/Rig/independent/http_signature.py",
        .enabled(if: ProcessInfo.processInfo.environment["SALLYPORT_SIGNED_REQUEST"] != nil))
    func writesForIndependentCheck() throws {
        let path = try #require(ProcessInfo.processInfo.environment["SALLYPORT_SIGNED_REQUEST"])
        let fields = try fields(request(), created: Int(Date().timeIntervalSince1970))
        let headers = Dictionary(
            uniqueKeysWithValues: fields.map { ($0.name.rawName, $0.value) })
        let json: [String: Any] = [
            "method": "POST", "url": "http://dispatch.test:8450/desk/frame-confirmations",
            "headers": headers, "body": "010203", "publicKey": key.publicKey.pem,
        ]
        try JSONSerialization.data(withJSONObject: json).write(to: URL(fileURLWithPath: path))
    }

    @Test("Every partner path reads back, and nothing else does")
    func paths() throws {
        let hash = Hash(sha256: [1])
        let paths: [PartnerPath] = [
            .health, .inbox, .frame(hash), .frameConfirmations, .events, .eventConfirmations,
            .payload(hash), .releases, .mailboxes, .revocations, .decisions, .bundleStates,
            .rearm(hash), .answers, .answerConfirmations, .officeBundles, .officeBundle(hash),
            .officeAcknowledgements,
        ]
        for path in paths { #expect(PartnerPath(path.text) == path) }
        for text in [
            "", "/", "/desk/inbox/", "/desk//inbox", "/desk/inbox?x", "/desk/frames/",
            "/desk/frames/\(hash.hex.uppercased())", "/desk/frames/\(hash.hex)/", "/office/inbox",
        ] {
            #expect(PartnerPath(text) == nil)
        }
    }
}
