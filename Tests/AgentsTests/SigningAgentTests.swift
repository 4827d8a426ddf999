import Agencies
import Agents
import Custody
import DeskKit
import NativePrimitives
import Testing
import Tips

/// The signing agent: known texts only, the passphrase at each signature.
struct SigningAgentTests {
    private let sums = Array(
        (["predicate.age", "cover.age", "parts/00.age"].map {
            "\(Hash(sha256: []).hex)  \($0)\n"
        }.joined()).utf8)

    @Test func itSignsWithTheRightPassphraseEachTime() throws {
        let world = try DeskWorld(persons: ["ana"])
        let ana = try require(world.persons["ana"])
        let identity = try ana.identity()
        #expect(identity.person.text == "ana")
        let signature = try ana.sign([(.sums, sums)], passphrase: DeskWorld.secret("ana"))[0]
        #expect(identity.key.verifies(signature, over: sums))
        // The key is not kept open: the next signature needs the passphrase again.
        #expect(throws: AgentError.refused(.wrongPassphrase)) {
            try ana.sign([(.sums, sums)], passphrase: DeskWorld.secret("ben"))
        }
    }

    @Test(arguments: [SigningLabel.release, .question, .decision])
    func aTextThatIsNotWhatItsLabelSaysIsRefused(_ label: SigningLabel) throws {
        let world = try DeskWorld(persons: ["ana"])
        let ana = try require(world.persons["ana"])
        #expect(throws: AgentError.refused(.notThatText)) {
            try ana.sign([(label, sums)], passphrase: DeskWorld.secret("ana"))
        }
    }

    @Test func sumsOfOtherNamesAreRefused() throws {
        let world = try DeskWorld(persons: ["ana"])
        let ana = try require(world.persons["ana"])
        for text in ["hello\n", "\(Hash(sha256: []).hex)  ../../etc/passwd\n", ""] {
            #expect(throws: AgentError.refused(.notThatText)) {
                try ana.sign([(.sums, Array(text.utf8))], passphrase: DeskWorld.secret("ana"))
            }
        }
    }
}
