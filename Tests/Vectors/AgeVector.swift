import CZlib
import Foundation

/// One file of the C2SP CCTV age testkit: what is expected of it, then an age file.
package struct AgeVector: Sendable, CustomStringConvertible {
    /// The outcomes that the testkit tells apart.
    package enum Outcome: String, Sendable {
        case success
        case noMatch = "no match"
        case hmacFailure = "HMAC failure"
        case headerFailure = "header failure"
        case payloadFailure = "payload failure"
        case armorFailure = "armor failure"
    }

    package let name: String
    package let expect: Outcome
    /// SHA-256 of all plaintext that may be released, of failing files too.
    package let payloadDigest: [UInt8]?
    package let identities: [String]
    package let passphrases: [String]
    package let isArmored: Bool
    package let file: [UInt8]

    package var description: String { name }

    /// All vectors, sorted by name.
    package static func all() throws -> [AgeVector] {
        try Vectors.names(in: "age-testkit").map(AgeVector.init)
    }

    init(name: String) throws {
        let bytes = [UInt8](try Vectors.data("age-testkit/\(name)"))
        var fields: [(key: String, value: String)] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            let line = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            if line.isEmpty { break }
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            fields.append((parts[0], parts.count > 1 ? parts[1] : ""))
        }
        func values(_ key: String) -> [String] {
            fields.filter { $0.key == key }.map(\.value)
        }
        guard let outcome = Outcome(rawValue: values("expect").first ?? "") else {
            throw CocoaError(.fileReadCorruptFile)
        }
        self.name = name
        expect = outcome
        payloadDigest = values("payload").first.map(hex)
        identities = values("identity")
        passphrases = values("passphrase")
        isArmored = values("armored").first == "yes"
        file = values("compressed").isEmpty ? [UInt8](rest) : try Self.inflate([UInt8](rest))
    }

    private static func inflate(_ compressed: [UInt8]) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 32 * 1024 * 1024)
        var count = UInt(output.count)
        guard unsafe uncompress(&output, &count, compressed, UInt(compressed.count)) == Z_OK else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return [UInt8](output[..<Int(count)])
    }
}
