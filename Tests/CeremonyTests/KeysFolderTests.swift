import Agencies
import Ceremony
import Custody
import Sealing
import Testing
import Tips

@Suite struct KeysFolderTests {
    @Test func readsAFolder() throws {
        let keys = try KeysFixture()
        let folder = try KeysFolder(reading: keys.path)
        #expect(folder.offices.map(\.id.text) == ["office-a", "office-b"])
        #expect(folder.offices[0].descriptions["zh-Hans"] == "不存在的办公室。")
        #expect(folder.verifiers.map(\.person.text) == ["ana", "ben"])
        #expect(folder.epochs.map(\.closes.text) == ["2027-04-30"])
        #expect(folder.epochs.map(\.opens.text) == ["2026-11-01"])
        #expect(folder.epochs[0].legacyRecipient != nil)
        let officeB = folder.offices[1].id
        #expect(folder.policy.clearances[officeB] == [.urgency, .report, .evidence])
        #expect(folder.witnesses.isEmpty && folder.revoked.isEmpty)
    }

    @Test func readsWitnessesAndRevocations() throws {
        let keys = try KeysFixture()
        let fingerprint = Hash(sha256: [1]).hex
        try keys.write("revoked.toml", "[revoked]\n\(fingerprint) = \"laptop lost, 2026-10-02\"\n")
        #expect(try KeysFolder(reading: keys.path).revoked.map(\.hex) == [fingerprint])
        try keys.write("revoked.toml", "[revoked]\n\(fingerprint) = \"\"\n")
        #expect(throws: CeremonyError.self) { try KeysFolder(reading: keys.path) }
        try keys.write("revoked.toml", "[revoked]\nabc = \"short\"\n")
        #expect(throws: CeremonyError.self) { try KeysFolder(reading: keys.path) }
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let file: String
        let old: String
        let new: String
        let place: String
        var testDescription: String { "\(place): \(new)" }
    }

    static let office = "agencies/office-a.toml"
    static let wrong: [Wrong] = [
        Wrong(file: office, old: "country", new: "extra = 1\ncountry", place: "extra"),
        Wrong(file: office, old: "name =", new: "#name =", place: "name"),
        Wrong(file: office, old: "police-unit", new: "police", place: "kind"),
        Wrong(file: office, old: "= \"age1pq1", new: "= \"age1pq1q", place: "recipient"),
        Wrong(file: office, old: "= \"ed25519:", new: "= \"", place: "signing_key"),
        Wrong(
            file: office, old: "\"report\",", new: "\"report\", \"report\",", place: "clearances"),
        Wrong(file: office, old: "\"report\"", new: "\"manifest\"", place: "clearances"),
        Wrong(file: office, old: "\"report\"", new: "7", place: "clearances"),
        Wrong(file: office, old: "[description]", new: "[descriptions]", place: "descriptions"),
        Wrong(
            file: office, old: "country", new: "military_linked = \"no\"\ncountry",
            place: "military_linked"),
        Wrong(
            file: "agencies/office-b.toml", old: "\"report\"", new: "\"compelled\"",
            place: "clearances"),
        Wrong(file: "desk.toml", old: "dead =", new: "alive =", place: "epoch[1].alive"),
        Wrong(file: "desk.toml", old: "2026-11-01", new: "11", place: "epoch[1].opens"),
        Wrong(
            file: "desk.toml", old: "number = 1", new: "number = \"1\"", place: "epoch[1].number"),
        Wrong(file: "verifiers/ana.toml", old: "Ana\"", new: "Ana\"\nrole = \"x\"", place: "role"),
        Wrong(file: "desk.toml", old: "key =", new: "key", place: "line 1"),
        Wrong(file: "desk.toml", old: "key = \"", new: "key = \"\\u0000", place: ""),
        Wrong(file: "log.vkey", old: "+", new: "-", place: ""),
    ]

    @Test(arguments: wrong)
    func namesFileAndKey(_ wrong: Wrong) throws {
        let keys = try KeysFixture()
        try keys.replace(wrong.old, with: wrong.new, in: wrong.file)
        let error = #expect(throws: CeremonyError.self) { try KeysFolder(reading: keys.path) }
        guard case .keys(let path, let place, _)? = error else {
            Issue.record("another kind of error: \(String(describing: error))")
            return
        }
        #expect(path == keys.path + "/" + wrong.file)
        #expect(place == wrong.place)
    }

    @Test func provesRecipientsBySealing() throws {
        let keys = try KeysFixture()
        // 1,216 bytes of 0xFF have the right length, and every encapsulation refuses them.
        let broken = Recipient.mlkem768x25519([UInt8](repeating: 0xFF, count: 1_216)).string
        try keys.write("agencies/office-a.toml", KeysFixture.office("Office A", broken))
        let error = #expect(throws: CeremonyError.self) { try KeysFolder(reading: keys.path) }
        #expect(error?.message.contains("no key that anything can be sealed to") == true)
    }

    @Test(arguments: ["agencies/Office.toml", "verifiers/a b.toml", "agencies/notes.txt"])
    func refusesOtherNames(name: String) throws {
        let keys = try KeysFixture()
        try keys.write(name, KeysFixture.office("Other", KeysFixture.postQuantum()))
        #expect(throws: CeremonyError.self) { try KeysFolder(reading: keys.path) }
    }

    @Test func aMissingFileIsNamed() throws {
        let error = #expect(throws: CeremonyError.self) { try KeysFolder(reading: "/nowhere") }
        #expect(error?.message.hasPrefix("/nowhere/desk.toml") == true)
    }
}
