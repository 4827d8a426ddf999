import Foundation

/// A file of Project Wycheproof, reduced to what every algorithm shares.
package struct WycheproofFile: Decodable {
    /// Vectors that share a key or a size.
    package struct Group: Decodable {
        /// Bits of the nonce, where there is one.
        package let ivSize: Int?
        /// Bits of the tag, where there is one.
        package let tagSize: Int?
        /// The vectors.
        package let tests: [Vector]
    }

    /// One vector: hexadecimal fields, and the verdict.
    package struct Vector: Decodable {
        package let tcId: Int
        package let result: String
        package let flags: [String]
        package let key, iv, aad, msg, ct, tag: String?
        package let ikm, salt, info, okm: String?
        package let size: Int?
        package let `public`, `private`, shared: String?

        /// The field as bytes; none when it is absent.
        package func bytes(_ field: KeyPath<Vector, String?>) -> [UInt8] {
            hex(self[keyPath: field] ?? "")
        }
    }

    package let testGroups: [Group]

    /// Reads `wycheproof/<name>_test.json`.
    package static func load(_ name: String) throws -> WycheproofFile {
        let data = try Vectors.data("wycheproof/\(name)_test.json")
        return try JSONDecoder().decode(WycheproofFile.self, from: data)
    }
}
