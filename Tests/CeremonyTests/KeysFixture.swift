import Agencies
import Ceremony
import Custody
import Foundation
import NativePrimitives
import Sealing

/// A Keys folder on disk with fresh keys, removed when its owner goes.
final class KeysFixture {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "sallyport-keys-" + UUID().uuidString
        for folder in ["", "/agencies", "/verifiers"] {
            try FileManager.default.createDirectory(
                atPath: path + folder, withIntermediateDirectories: false)
        }
        try write("desk.toml", Self.desk())
        try write("log.vkey", Self.vkey("log.example/custody", .ed25519))
        try write("agencies/office-a.toml", Self.office("Office A", Self.postQuantum()))
        try write(
            "agencies/office-b.toml",
            Self.office("Office B", Self.x25519(), clearances: ["urgency", "report", "evidence"]))
        try write("agencies/README.md", "Not a key.")
        try write("agencies/office-c.toml.example", "not = [toml")
        try write("verifiers/ana.toml", "name = \"Ana\"\nkey = \"\(Self.signingKey())\"\n")
        try write("verifiers/ben.toml", "name = \"Ben\"\nkey = \"\(Self.signingKey())\"\n")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }

    /// Replaces `old` in a file; the test is wrong when it is not there.
    func replace(_ old: String, with new: String, in name: String) throws {
        let text = try text(name)
        precondition(text.contains(old))
        try write(name, text.replacing(old, with: new))
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + name)
    }

    static func desk(
        number: Int = 1, recipient: String = postQuantum(), dead: Bool = false
    ) -> String {
        """
        key = "\(signingKey())"

        [[epoch]]
        number = \(number)
        recipient = "\(recipient)"
        x25519 = "\(x25519())"
        opens = 2026-11-01
        closes = "2027-04-30"
        dead = \(dead)

        """
    }

    static func office(
        _ name: String, _ recipient: String,
        clearances: [String] = ["report", "reporter", "person", "place", "compelled", "evidence"]
    ) -> String {
        """
        name = "\(name) of nowhere"
        country = "XX"
        kind = "police-unit"
        recipient = "\(recipient)"
        signing_key = "\(signingKey())"
        contact = "nobody@example.org"
        clearances = \(clearances)

        [description]
        en = "An office that does not exist."
        zh-Hans = "不存在的办公室。"

        """
    }

    static func signingKey() -> String { SigningKey.generate().publicKey.keyText }

    static func vkey(_ name: String, _ type: NoteKeyType) -> String {
        NoteVerifier(
            name: valid(NoteKeyName(name)), type: type, key: SigningKey.generate().publicKey
        ).vkey + "\n"
    }

    static func postQuantum() -> String {
        let seed = NativePrimitives.randomBytes(count: 32)
        return Recipient.mlkem768x25519(
            valid(try? NativePrimitives.xWingPublicKey(seed: seed.span))
        )
        .string
    }

    static func x25519() -> String {
        let scalar = NativePrimitives.randomBytes(count: 32)
        return Recipient.x25519(NativePrimitives.x25519PublicKey(scalar: scalar.span)).string
    }
}

func secret(_ text: String) -> Secret { Secret(copying: Array(text.utf8).span) }

func makeRoot(_ name: String = RootKey.defaultName) -> RootKey {
    RootKey.generate(name: valid(NoteKeyName(name)))
}

/// A value that the test itself makes, and knows to be valid.
func valid<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a value of this test is not valid") }
    return value
}
