package import Foundation

/// The test vectors that others wrote, as resources of this target.
package enum Vectors {
    /// The bytes of the file at `path`, such as `hpke/hpke-pq.json`.
    package static func data(_ path: String) throws -> Data {
        try Data(contentsOf: directory.appending(path: path))
    }

    /// The names of the files in the folder `path`, sorted.
    package static func names(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: directory.appending(path: path).path
        ).sorted()
    }

    private static var directory: URL {
        Bundle.module.resourceURL ?? Bundle.module.bundleURL
    }
}

/// Bytes written as hexadecimal digits.
package func hex(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var digits = text.utf8.makeIterator()
    while let high = digits.next(), let low = digits.next() {
        let pair = String(decoding: [high, low], as: UTF8.self)
        guard let byte = UInt8(pair, radix: 16) else { return [] }
        bytes.append(byte)
    }
    return bytes
}
