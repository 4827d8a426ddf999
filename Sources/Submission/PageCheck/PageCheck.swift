package import Agencies
internal import HTTPTypes
internal import NativePrimitives
internal import Sealing
internal import Tips
package import Wire

/// Compares what a door serves with the manifest of a page that somebody has built, and with the
/// directory that the root signed.
///
/// It shows what the door gave to this computer at this moment. A dishonest one can give something
/// else to somebody else.
package struct PageCheck: Sendable {
    private let connection: DoorConnection
    private let manifest: PageManifest

    /// Most bytes of one file.
    private static let fileLimit = 4 << 20

    /// A check of the door at `address`.
    ///
    /// - Throws: ``SubmissionError/badCertificates(_:)``.
    package init(
        _ address: DoorAddress, manifest: PageManifest, certificates: String?
    ) throws(SubmissionError) {
        connection = try DoorConnection(address, certificates: certificates)
        self.manifest = manifest
    }

    /// Asks for every file in every coding.
    ///
    /// - Parameter progress: told how many of how many answers have been looked at.
    /// - Returns: what differs.
    /// - Throws: ``SubmissionError/unreachable(_:)``.
    package func files(
        progress: @Sendable (Int, Int) -> Void
    ) async throws(SubmissionError) -> [PageDifference] {
        let answers = manifest.files.flatMap { file in
            PageManifest.Coding.allCases.compactMap { coding in
                file.digests[coding].map { (file.path, coding, $0) }
            }
        }
        var differences: [PageDifference] = []
        for (index, (path, coding, digest)) in answers.enumerated() {
            let answer = try await get(path, coding)
            if let what = Self.difference(answer, path.text, coding, digest) {
                differences.append(PageDifference(path: path.text, coding: coding, what: what))
            }
            progress(index + 1, answers.count)
        }
        return differences
    }

    /// Asks for what the door makes of the directory for people without script, and compares it with
    /// the directory itself.
    ///
    /// - Throws: ``SubmissionError/unreachable(_:)``.
    package func plainTexts(
        of directory: Directory, today: Day
    ) async throws(SubmissionError) -> [PageDifference] {
        // What the directory does not have, the server must not have either.
        var wanted: [(PublicPath, [UInt8]?)] = [false, true].map {
            (.recipient(legacy: $0), directory.recipientsFile(legacy: $0, today: today))
        }
        for language in languages {
            wanted.append((.offices(language: language), directory.officesText(in: language)))
        }
        var differences: [PageDifference] = []
        for (path, text) in wanted {
            let answer = try await get(path, .identity)
            let isRight = text.map { answer.status == 200 && answer.body == $0 }
            let strange = Self.strange(
                answer,
                like: [
                    "content-type": MediaType.text, "cache-control": "no-store",
                    "x-content-type-options": "nosniff", "retry-after": "3600",
                ])
            let what = isRight ?? (answer.status != 200) ? strange : .notTheDirectory
            guard let what else { continue }
            differences.append(PageDifference(path: path.text, coding: .identity, what: what))
        }
        return differences
    }

    /// The languages that the page speaks.
    private var languages: [String] {
        manifest.files.compactMap { file in
            let names = file.path.text.split(separator: "/")
            return names.count == 1 && PageRules.isShown(file.path.text) ? String(names[0]) : nil
        }
    }

    private func get(
        _ path: PublicPath, _ coding: PageManifest.Coding
    ) async throws(SubmissionError) -> DoorAnswer {
        try await connection.send(
            .get, path, fields: [.acceptEncoding: coding.rawValue], limit: Self.fileLimit)
    }

    private static func difference(
        _ answer: DoorAnswer, _ path: String, _ coding: PageManifest.Coding, _ digest: SHA256Digest
    ) -> PageDifference.What? {
        guard answer.status == 200 else { return .status(answer.status) }
        guard (answer.fields[.contentEncoding] ?? "identity") == coding.rawValue else {
            return .otherCoding
        }
        guard SHA256Digest.of(answer.body.span, with: NativePrimitives.self) == digest else {
            return .otherBytes
        }
        let rules = PageRules.fields(path)
        for (name, value) in rules {
            guard let name = HTTPField.Name(name), answer.fields[values: name] == [value] else {
                return .otherRules
            }
        }
        return strange(answer, like: rules)
    }

    /// A field that the door does not send, and no proxy before it needs to.
    private static func strange(
        _ answer: DoorAnswer, like rules: [String: String]
    ) -> PageDifference.What? {
        for field in answer.fields where !wire.contains(field.name.canonicalName) {
            guard rules[field.name.canonicalName] == field.value else {
                return .strangeField(field.name.rawName)
            }
        }
        return nil
    }

    /// The fields that tell how an answer goes over the wire.
    private static let wire: Set<String> = [
        "connection", "content-encoding", "content-length", "date", "keep-alive", "server",
        "strict-transport-security", "transfer-encoding",
    ]
}

/// One answer that is not what it should be.
package struct PageDifference: Equatable, Sendable {
    /// What is wrong with it.
    package enum What: Equatable, Sendable {
        /// It has another HTTP status than 200.
        case status(Int)
        /// It came in another coding than the one that was asked for.
        case otherCoding
        /// Its bytes are not those of the manifest.
        case otherBytes
        /// Its type or its security policy is not what belongs to it.
        case otherRules
        /// It has a header field that the door does not send.
        case strangeField(String)
        /// It does not say what the signed directory says.
        case notTheDirectory
    }

    /// The file.
    package let path: String
    /// How it came over the wire.
    package let coding: PageManifest.Coding
    /// What is wrong.
    package let what: What
}
