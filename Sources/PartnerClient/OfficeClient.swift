package import Agencies
package import Wire

/// An office's side of the partners' door.
package struct OfficeClient: Sendable {
    private let connection: Connection
    private let office: OfficeID

    /// A client of the door at `endpoint` for `office`, that signs with the office's signing key.
    ///
    /// - Throws: ``PartnerError/badCertificates(_:)``.
    package init(
        to endpoint: PartnerEndpoint, office: OfficeID, as signer: PartnerSigner
    ) throws(PartnerError) {
        self.office = office
        connection = try Connection(endpoint, signer)
    }

    /// The bundles that wait.
    ///
    /// The listing is signed by the log's key, answers this very request and accounts for every
    /// bundle ever offered. Compare the head with the newest one kept:
    /// ``VerifiedHead/check(after:)``.
    /// - Throws: ``PartnerError/listingIncomplete`` when a number of the series is missing.
    package func listing() async throws(PartnerError) -> (head: VerifiedHead, list: OfficeListing) {
        let (head, list) = try await connection.list(
            .officeBundles, for: office.text, as: OfficeListing.self)
        guard list.isComplete(through: head.head.sequence) else { throw .listingIncomplete }
        return (head, list)
    }

    /// Fetches a bundle to a new file, and goes on where an earlier attempt stopped.
    ///
    /// What is in the file is not verified here.
    package func download(
        _ entry: OfficeListing.Entry, to path: String,
        progress: @escaping @Sendable (_ received: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws(PartnerError) {
        try await Download(
            connection: connection, source: .officeBundle(entry.bundle),
            byteCount: entry.byteCount, path: path, progress: progress
        ).run()
    }

    /// Hands over a signed acknowledgement, as `Forwarding` writes it. The same one again is
    /// answered like the first time.
    package func acknowledge(_ signed: [UInt8]) async throws(PartnerError) {
        _ = try await connection.post(.officeAcknowledgements, signed)
    }
}
