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
        var wanted: [(PublicPath, [UInt8])] = []
        for legacy in [false, true] {
            guard let file = directory.recipientsFile(legacy: legacy, today: today) else {
                continue
            }
            wanted.append((.recipient(legacy: legacy), file))
        }
        for language in languages {
            wanted.append((.offices(language: language), directory.officesText(in: language)))
        }
        var differences: [PageDifference] = []
        for (path, text) in wanted {
            let answer = try await get(path, .identity)
            guard answer.status != 200 || answer.body != text else { continue }
            differences.append(
                PageDifference(path: path.text, coding: .identity, what: .notTheDirectory))
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
        guard answer.fields[.contentType] == PageRules.contentType(path),
            answer.fields[.contentSecurityPolicy] == PageRules.contentSecurityPolicy(path)
        else { return .otherRules }
        return answer.fields.first { !known.contains($0.name.canonicalName) }
            .map { .strangeField($0.name.rawName) }
    }

    /// The fields that an answer may have: those of the door, and those that a proxy before it adds.
    private static let known: Set<String> = [
        "alt-svc", "cache-control", "connection", "content-encoding", "content-length",
        "content-security-policy", "content-type", "cross-origin-opener-policy",
        "cross-origin-resource-policy", "date", "keep-alive", "onion-location",
        "permissions-policy",
        "referrer-policy", "server", "strict-transport-security", "transfer-encoding", "vary",
        "x-content-type-options",
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
