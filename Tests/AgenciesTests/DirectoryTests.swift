import Agencies
import Custody
import Sealing
import Testing
import Tips

@Suite struct DirectoryTests {
    @Test func readsBackWhatWasSigned() throws {
        let fixture = try Fixture()
        let directory = try fixture.directory()
        #expect(directory.contents == fixture.contents)
        #expect(directory.digest == Hash(sha256: fixture.contents.text))
        #expect(directory.currentEpoch(on: Fixture.issued)?.number == 3)
        #expect(directory.office(id("office-b"))?.recipient.isPostQuantum == false)
        #expect(try DirectoryContents(text: fixture.contents.text) == fixture.contents)
    }

    @Test func everyChangedByteIsRefused() throws {
        let fixture = try Fixture()
        let note = try fixture.note()
        for index in stride(from: 0, to: note.count, by: 41) {
            var changed = note
            changed[index] ^= 1
            #expect(throws: DirectoryRefusal.self) {
                try UnverifiedDirectory(changed).verified(
                    root: fixture.root, clock: Fixture.issued, newest: nil)
            }
        }
    }

    @Test func anotherRootIsRefused() throws {
        let fixture = try Fixture()
        let other = try Fixture()
        #expect(throws: DirectoryRefusal.notSignedByRoot) {
            try UnverifiedDirectory(fixture.note()).verified(
                root: other.root, clock: Fixture.issued, newest: nil)
        }
        #expect(throws: DirectoryRefusal.notANote) { try UnverifiedDirectory([0x41, 0x0A]) }
        let large = [UInt8](repeating: 0x41, count: UnverifiedDirectory.byteLimit + 1)
        #expect(throws: DirectoryRefusal.tooLarge) { try UnverifiedDirectory(large) }
    }

    @Test func anOlderOneIsRefused() throws {
        let fixture = try Fixture()
        let newest = DirectoryMark(version: 8, digest: Hash(sha256: [1]), issued: Fixture.issued)
        #expect(throws: DirectoryRefusal.older(version: 7, newest: 8)) {
            try UnverifiedDirectory(fixture.note()).verified(
                root: fixture.root, clock: Fixture.issued, newest: newest)
        }
    }

    @Test func anotherOneOfTheSameVersionIsRefused() throws {
        let fixture = try Fixture()
        let directory = try fixture.directory()
        let other = try fixture.contents.renewed(
            version: 7, issued: Fixture.issued, expires: Fixture.expires.adding(days: 1))
        #expect(throws: DirectoryRefusal.forked(version: 7)) {
            try UnverifiedDirectory(fixture.note(of: other)).verified(
                root: fixture.root, clock: Fixture.issued, newest: directory.mark)
        }
        let again = try UnverifiedDirectory(fixture.note()).verified(
            root: fixture.root, clock: Fixture.issued, newest: directory.mark)
        #expect(again == directory)
    }

    @Test func anExpiredOneIsRefused() throws {
        let fixture = try Fixture()
        let late = Fixture.expires.adding(days: 1)
        #expect(throws: DirectoryRefusal.expired(on: Fixture.expires, today: late)) {
            try UnverifiedDirectory(fixture.note()).verified(
                root: fixture.root, clock: late, newest: nil)
        }
        let lastDay = try UnverifiedDirectory(fixture.note()).verified(
            root: fixture.root, clock: Fixture.expires, newest: nil)
        #expect(!lastDay.isExpired(on: Fixture.expires))
        // For the record an auditor may read it all the same.
        #expect(try UnverifiedDirectory(fixture.note()).signed(by: fixture.root).version == 7)
    }

    @Test func aClockSetBackGainsNothing() throws {
        let short = try Fixture()
        let old = try short.contents.renewed(
            version: 9, issued: day("2026-01-01"), expires: day("2026-01-31"))
        let newest = DirectoryMark(
            version: 9, digest: Hash(sha256: old.text), issued: Fixture.issued)
        // The clock says January, but a signed day in November is known.
        #expect(throws: DirectoryRefusal.expired(on: day("2026-01-31"), today: Fixture.issued)) {
            try UnverifiedDirectory(short.note(of: old)).verified(
                root: short.root, clock: day("2026-01-15"), newest: newest)
        }
        let directory = try short.directory()
        #expect(directory.today(clock: day("2020-01-01")) == Fixture.issued)
    }

    @Test func aSignedTextInAnotherFormIsRefused() throws {
        let fixture = try Fixture()
        let text = String(decoding: fixture.contents.text, as: UTF8.self)
        let others = [
            text.replacing("sallyport-directory/1", with: "sallyport-directory/2"),
            text.replacing("{\"version\":7", with: "{\"version\": 7"),
            text.replacing("{\"version\":7", with: "{\"new\":1,\"version\":7"),
            text.replacing("\"militaryLinked\":false", with: "\"militaryLinked\":0"),
            text.replacing("\"kind\":\"police-unit\"", with: "\"kind\":\"police\""),
            text.replacing("\"issued\":\"2026-11-23\"", with: "\"issued\":\"2026-11-32\""),
            text.replacing("The office-a", with: "\\u0054he office-a"),
        ]
        for other in others {
            #expect(other != text)
            let note = try fixture.sign(Array(other.utf8))
            #expect(throws: DirectoryRefusal.self) {
                try UnverifiedDirectory(note).signed(by: fixture.root)
            }
        }
    }

    @Test func revocationReachesOfficesAndPersons() throws {
        let plain = try Fixture()
        let office = plain.contents.offices[0]
        let person = plain.contents.verifiers[0]
        let revoked = try DirectoryContents(
            version: 8, issued: Fixture.issued, expires: Fixture.expires,
            epochs: plain.contents.epochs, deskKey: plain.contents.deskKey,
            offices: plain.contents.offices, verifiers: plain.contents.verifiers,
            log: plain.contents.log, witnesses: [], policyDigest: plain.contents.policyDigest,
            revoked: [
                office.signingFingerprint, person.key.fingerprint,
                plain.contents.epochs[0].recipient.fingerprint,
            ])
        let directory = try UnverifiedDirectory(plain.note(of: revoked)).signed(by: plain.root)
        #expect(directory.isRevoked(office))
        #expect(directory.office(signingWith: office.signingKey) == nil)
        #expect(directory.verifier(signingWith: person.key) == nil)
        #expect(directory.verifier(signingWith: plain.contents.verifiers[1].key)?.name == "Ben")
        #expect(directory.currentEpoch(on: Fixture.issued) == nil)
    }

    @Test func marksReadBack() {
        let mark = DirectoryMark(version: 12, digest: Hash(sha256: [9]), issued: Fixture.issued)
        #expect(DirectoryMark(text: mark.text) == mark)
        for text in ["", "12", mark.text + " ", "0" + mark.text, mark.text + "\n"] {
            #expect(DirectoryMark(text: text) == nil)
        }
    }

    @Test func epochsLiveAndDie() {
        var epoch = Draft(policy: Hash(sha256: [0]), revoked: []).epochs[0]
        #expect(epoch.state(on: day("2026-10-31")) == .notYet)
        #expect(epoch.state(on: epoch.opens) == .open)
        #expect(epoch.state(on: epoch.closes) == .open)
        #expect(epoch.state(on: epoch.closes.adding(days: 1)) == .closed)
        #expect(epoch.state(on: epoch.closes.adding(days: 90)) == .closed)
        #expect(epoch.state(on: epoch.closes.adding(days: 91)) == .dead)
        #expect(epoch.isAccepted(on: epoch.closes.adding(days: 90)))
        #expect(!epoch.isAccepted(on: day("2026-10-31")))
        epoch.isDead = true
        #expect(epoch.state(on: epoch.opens) == .dead)
        #expect(!epoch.isAccepted(on: epoch.opens))
    }
}

/// Every rule for the contents, each broken once.
@Suite struct DirectoryRuleTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let rule: DirectoryFault.Rule
        let place: String
        let change: @Sendable (inout Draft) -> Void
    }

    static let cases: [Case] = [
        Case(testDescription: "version 0", rule: .badValue, place: "version") { $0.version = 0 },
        Case(testDescription: "expires first", rule: .badValue, place: "expires") {
            $0.expires = $0.issued.adding(days: -1)
        },
        Case(testDescription: "lives too long", rule: .badValue, place: "expires") {
            $0.expires = $0.issued.adding(days: DirectoryContents.lifeLimitDays + 1)
        },
        Case(testDescription: "no epoch", rule: .badValue, place: "desk.epochs") { $0.epochs = [] },
        Case(testDescription: "X25519 epoch", rule: .badValue, place: "desk.epochs.3") {
            $0.epochs[0].recipient = x25519Recipient()
        },
        Case(testDescription: "two hybrid keys", rule: .badValue, place: "desk.epochs.3") {
            $0.epochs[0].legacyRecipient = postQuantumRecipient()
        },
        Case(testDescription: "epoch twice", rule: .duplicate, place: "desk.epochs") {
            $0.epochs.append($0.epochs[0])
        },
        Case(testDescription: "epoch closes first", rule: .badValue, place: "desk.epochs.3") {
            $0.epochs[0].closes = $0.epochs[0].opens.adding(days: -1)
        },
        Case(testDescription: "office twice", rule: .duplicate, place: "offices") {
            $0.offices.append(office("office-a", postQuantumRecipient()))
        },
        Case(testDescription: "name twice", rule: .duplicate, place: "offices") {
            $0.offices[1].name = $0.offices[0].name.uppercased()
        },
        Case(testDescription: "country", rule: .badValue, place: "offices.office-a.country") {
            $0.offices[0].country = "xx"
        },
        Case(testDescription: "no words", rule: .badValue, place: "offices.office-a.description") {
            $0.offices[0].descriptions = [:]
        },
        Case(testDescription: "two lines", rule: .badValue, place: "offices.office-a.contact") {
            $0.offices[0].contact = "a\nb"
        },
        Case(
            testDescription: "offices share a key", rule: .sharedKey,
            place: "offices.office-b.recipient"
        ) { $0.offices[1].recipient = $0.offices[0].recipient },
        Case(
            testDescription: "a verifier's key is an office's", rule: .sharedKey,
            place: "verifiers.ana.key"
        ) { $0.verifiers[0].key = $0.offices[0].signingKey },
        Case(
            testDescription: "two persons, one key", rule: .sharedKey, place: "verifiers.ben.key"
        ) { $0.verifiers[1].key = $0.verifiers[0].key },
        Case(testDescription: "one person, two names", rule: .duplicate, place: "verifiers") {
            $0.verifiers[1].name = "ANA"
        },
        Case(testDescription: "one handle, two keys", rule: .duplicate, place: "verifiers") {
            $0.verifiers[1].person = $0.verifiers[0].person
        },
        Case(testDescription: "a log's key as witness", rule: .badValue, place: "witnesses") {
            $0.witnesses = [NoteVerifier(name: valid(NoteKeyName("w")), key: verifyingKey())]
        },
        Case(testDescription: "too many offices", rule: .tooMany, place: "offices") {
            for number in 0...DirectoryContents.officeLimit {
                $0.offices.append(office("o\(number)", x25519Recipient()))
            }
        },
    ]

    @Test(arguments: cases)
    func refuses(_ example: Case) throws {
        let fault = #expect(throws: DirectoryFault.self) { try Fixture(change: example.change) }
        #expect(fault?.rule == example.rule)
        #expect(fault?.place == example.place)
    }

    @Test func takesAWitness() throws {
        let fixture = try Fixture {
            $0.witnesses = [
                NoteVerifier(
                    name: valid(NoteKeyName("w.example")), type: .cosignature, key: verifyingKey())
            ]
        }
        #expect(try fixture.directory().contents.witnesses.count == 1)
    }
}
