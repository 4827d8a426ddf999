package import Agencies
package import Custody
internal import DurableFiles
package import Forwarding
package import PartnerClient

/// Signs what the office says about a bundle.
package enum Acknowledging {
    /// A signed acknowledgement of `home`'s office.
    ///
    /// - Throws: ``ReceptionError/badReason``, or ``ReceptionError/otherSigningKey(_:)`` when the
    ///   directory has another key for the office, so that nobody would believe it.
    package static func signed(
        _ answer: OfficeAnswer, reason: String, bundle: Hash, home: AgencyHome,
        directory: Directory, hour: Hour, key: borrowing SigningKey
    ) throws(ReceptionError) -> [UInt8] {
        guard let office = directory.office(home.office) else { throw .unknownOffice(home.office) }
        guard office.signingKey == key.publicKey else { throw .otherSigningKey(home.office) }
        guard
            let acknowledgement = Acknowledgement(
                bundle: bundle, office: home.office, answer: answer, reason: reason, hour: hour)
        else { throw .badReason }
        return acknowledgement.signed(with: key)
    }

    /// Hands a signed acknowledgement to dispatch.
    package static func send(
        _ signed: [UInt8], through client: OfficeClient
    ) async throws(ReceptionError) {
        do throws(PartnerError) {
            try await client.acknowledge(signed)
        } catch {
            throw .partner(error)
        }
    }
}
