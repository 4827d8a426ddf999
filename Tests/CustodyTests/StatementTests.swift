import Custody
import Testing
import Tips

/// Statements that need two persons, and releases.
@Suite struct StatementTests {
    private func release(
        parts: [ReleaseStatement.Part]? = nil, notBefore: String = "2026-11-23T15",
        office: String = "ministry-x", checkpoint: String? = nil
    ) throws -> ReleaseStatement {
        try ReleaseStatement(
            tip: #require(TipID([UInt8](repeating: 7, count: 32))), office: office,
            officeKeyFingerprint: someHash(2),
            parts: parts
                ?? (0..<12).map {
                    ReleaseStatement.Part(
                        name: ReleaseStatement.partName($0), payloadDigest: someHash(10 + $0),
                        headerDigest: someHash(30 + $0))
                },
            sequence: 3, notBefore: #require(Hour(notBefore)),
            expires: #require(Hour("2026-12-23T15")),
            directoryVersion: 9, directoryDigest: someHash(3), policyDigest: someHash(4),
            sealedPredicateDigest: someHash(5), deskCheckpoint: checkpoint)
    }

    private func roster() throws -> Roster {
        try Roster([
            .init(person: "anna", key: testKey(1).publicKey),
            .init(person: "anna", key: testKey(2).publicKey),
            .init(person: "ben", key: testKey(3).publicKey),
        ])
    }

    private func signed(_ seeds: UInt8...) throws -> SignedStatement {
        var statement = SignedStatement(try release().statement)
        for seed in seeds { statement.sign(with: try testKey(seed)) }
        return statement
    }

    @Test func whatIsSignedIsTheEncodingOfTheSpecification() {
        let envelope = SignatureEnvelope(
            payloadType: "http://example.com/HelloWorld", payload: utf8("hello world"))
        #expect(
            envelope.signedBytes
                == utf8("DSSEv1 29 http://example.com/HelloWorld 11 hello world"))
    }

    @Test func twoPersonsSufficeAndAreNamed() throws {
        let verified = try SignedStatement(signed(1, 3).encoded).verified(by: roster())
        #expect(verified.persons == ["anna", "ben"])
        #expect(try verified.release() == release())
        #expect(try verified.digest == Hash(sha256: release().statement.encoded))
    }

    @Test func anythingLessIsRefused() throws {
        let roster = try roster()
        let tooFew = StatementError.tooFewPersons(signed: 1, needed: 2)
        #expect(throws: tooFew) { try signed(1).verified(by: roster) }
        #expect(throws: StatementError.tooFewPersons(signed: 0, needed: 2)) {
            try signed().verified(by: roster)
        }
        let first = try testKey(1).publicKey.keyID
        #expect(throws: StatementError.repeatedKey(first)) {
            try signed(1, 1).verified(by: roster)
        }
        #expect(throws: StatementError.repeatedPerson("anna")) {
            try signed(1, 2, 3).verified(by: roster)
        }
        let stranger = try testKey(4).publicKey.keyID
        #expect(throws: StatementError.unknownKey(stranger)) {
            try signed(1, 3, 4).verified(by: roster)
        }
        #expect(throws: StatementError.tooFewPersons(signed: 2, needed: 3)) {
            try signed(1, 3).verified(by: roster, threshold: 3)
        }
    }

    @Test func aSignatureOverOtherBytesIsRefused() throws {
        var statement = try signed(1)
        let other = SignedStatement(try release(office: "ministry-y").statement)
        let ben = try testKey(3)
        statement.add(
            .init(keyID: ben.publicKey.keyID, bytes: ben.sign(other.envelope.signedBytes)))
        #expect(throws: StatementError.badSignature(ben.publicKey.keyID)) {
            try statement.verified(by: roster())
        }
        // The payload alone, without the type, is not what is signed.
        var bare = try signed(1)
        bare.add(.init(keyID: ben.publicKey.keyID, bytes: ben.sign(bare.envelope.payload)))
        #expect(throws: StatementError.badSignature(ben.publicKey.keyID)) {
            try bare.verified(by: roster())
        }
    }

    @Test func aKeyOfTwoPersonsIsNoRoster() {
        #expect(throws: StatementError.ambiguousRoster) {
            try Roster([
                .init(person: "anna", key: testKey(1).publicKey),
                .init(person: "ben", key: testKey(1).publicKey),
            ])
        }
    }

    @Test func aReleaseSurvivesItsStatement() throws {
        for checkpoint in [nil, "log.example\n1\nAAAA\n\n— log.example AAAA\n"] {
            let release = try release(checkpoint: checkpoint)
            let statement = try Statement(release.statement.encoded)
            #expect(try ReleaseStatement(statement) == release)
        }
        let release = try release()
        #expect(try !release.isInForce(at: #require(Hour("2026-11-23T14"))))
        #expect(try release.isInForce(at: #require(Hour("2026-11-23T15"))))
        #expect(try !release.isInForce(at: #require(Hour("2026-12-23T15"))))
    }

    @Test func releasesThatBreakARuleAreRefused() throws {
        let part = ReleaseStatement.Part(
            name: "parts/01.age", payloadDigest: someHash(1), headerDigest: someHash(2))
        let outside = ReleaseStatement.Part(
            name: "parts/../../x", payloadDigest: someHash(1), headerDigest: someHash(2))
        for parts in [[], [part, part], [outside]] {
            #expect(throws: StatementError.malformedStatement) { try release(parts: parts) }
        }
        #expect(throws: StatementError.malformedStatement) {
            try release(notBefore: "2026-12-23T15")
        }
        #expect(throws: StatementError.malformedStatement) { try release(office: "") }
    }

    @Test(arguments: [
        ("\"tipID\"", "\"tipId\""), ("\"sequence\":3", "\"sequence\":-3"),
        ("\"sequence\":3", "\"sequence\":\"3\""), ("T15\",\"expires\"", "T25\",\"expires\""),
        ("urn:sallyport:release:1", "urn:sallyport:release:2"),
        ("Statement/v1", "Statement/v0.1"), ("{\"_type\"", "{ \"_type\""),
        ("\"sha256\"", "\"sha512\""), (",\"office\":\"ministry-x\"", ""),
        ("\"predicateType\"", "\"extra\":1,\"predicateType\""),
        // A header that names another part than the payload beside it.
        (
            "{\"name\":\"parts/03.age\",\"headerDigest\"",
            "{\"name\":\"parts/04.age\",\"headerDigest\""
        ),
    ])
    func otherStatementsAreRefused(_ old: String, _ new: String) throws {
        let text = String(decoding: try release().statement.encoded, as: UTF8.self)
        let altered = text.replacing(old, with: new)
        #expect(altered != text)
        #expect(throws: StatementError.malformedStatement) {
            _ = try ReleaseStatement(Statement(utf8(altered)))
        }
    }

    @Test(arguments: [
        ("\"payload\"", "\"Payload\""), ("\"sig\":\"", "\"sig\":\"A"),
        ("\"keyid\":\"", "\"keyid\":\"0"),
        ("{\"payload\"", "{\"more\":1,\"payload\""), ("\"signatures\":[", "\"signatures\":[1,"),
        ("==\"", "\""),
    ])
    func otherEnvelopesAreRefused(_ old: String, _ new: String) throws {
        let text = String(decoding: try signed(1, 3).encoded, as: UTF8.self)
        let altered = text.replacing(old, with: new)
        #expect(altered != text)
        #expect(throws: StatementError.malformedEnvelope) { try SignedStatement(utf8(altered)) }
    }
}
