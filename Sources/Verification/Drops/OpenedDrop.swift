internal import Agencies
internal import Custody
internal import Forwarding
internal import NativePrimitives
internal import Sealing
internal import Tips

/// A dropped file of a case, verified anew against the report that it came in.
struct OpenedDrop {
    /// The payload of the report that carries it.
    let carrier: Hash
    let payload: Hash
    let plaintext: Hash
    /// The file's digest, which mandate and transcriptions name.
    let digest: Hash
    /// The tip key's signature over the mandate.
    let mandate: [UInt8]

    /// The drop of the case; nil when it was sent with the page.
    ///
    /// - Throws: ``DeskError/altered(_:)`` when the report does not carry the file on record.
    init?(_ record: CaseRecord, _ manifest: Manifest, _ desk: Desk) throws {
        guard let received = record.received.first?.frame.drop else { return nil }
        guard let carrier = manifest.parts.first(where: { $0.partClass == .report }) else {
            throw DeskError.altered("a tip without a report")
        }
        let tip = TipID(manifest.tipKey, with: NativePrimitives.self)
        let report = try desk.part(carrier.payloadDigest, of: tip).text().withBytes {
            (text) throws(ContentError) in try ReportPart.decode(text)
        }
        guard let drop = report.drop,
            drop.mandate(for: manifest.tipKey).isSigned(
                by: drop.mandate, with: NativePrimitives.self),
            let (_, count) = try? Header.parse(drop.file.span),
            Hash(sha256: [UInt8](drop.file[count...])) == received.payload
        else { throw DeskError.altered("the dropped file is not the one in the report") }
        self.carrier = carrier.payloadDigest
        payload = received.payload
        plaintext = received.plaintext
        digest = drop.digest(with: NativePrimitives.self)
        mandate = drop.mandate
    }
}

/// Consent that stands, and what shows it.
struct StandingConsent {
    let leaf: ConsentLeaf
    let proof: ConsentProof
}

extension OpenedCase {
    /// All consent of the case: what the reporter's device signed; for a dropped file, what two
    /// different persons of the roster read in it alike.
    var consents: [StandingConsent] {
        guard let drop else {
            return first.consents.map {
                StandingConsent(
                    leaf: $0.leaf, proof: .signed(leaf: $0.encoded, signature: $0.signature))
            }
        }
        return Set(record.transcribed.map(\.leaf.office)).sorted().compactMap {
            transcribed($0, in: drop)
        }
    }

    /// What persons of the roster have read for an office, and signed for this very tip and file.
    func readings(
        for office: String, in drop: OpenedDrop
    ) -> [(leaf: ConsentLeaf, person: String, signature: [UInt8])] {
        record.transcribed.filter { read in
            let signed = TranscribedConsent(leaf: read.leaf, file: drop.digest).encoded
            return read.leaf.office == office && read.leaf.tipKey == tipKey
                && read.leaf.directoryVersion <= desk.directory.version
                && !desk.verified([(read.person, read.signature)], over: signed).isEmpty
        }
    }

    /// Consent is what everybody has ever read for the office, and two persons alike: the order of
    /// entries does not matter, so none can be brought back or pushed aside.
    private func transcribed(_ office: String, in drop: OpenedDrop) -> StandingConsent? {
        let read = readings(for: office, in: drop)
        let common = read.dropFirst().reduce(Set(read.first?.leaf.classes ?? [])) {
            $0.intersection($1.leaf.classes)
        }
        for leaf in read.map(\.leaf) where Set(leaf.classes) == common {
            let alike = read.filter { $0.leaf == leaf }.map { ($0.person, $0.signature) }
            let signed = TranscribedConsent(leaf: leaf, file: drop.digest).encoded
            let good = desk.verified(alike, over: signed)
            guard good.count >= 2 else { continue }
            let signatures = good.compactMap { name, signature in
                PersonID(name).map { Transcription.Signature(person: $0, signature: signature) }
            }.sorted { $0.person < $1.person }
            return StandingConsent(
                leaf: leaf,
                proof: .transcribed(
                    leaf: leaf.encoded,
                    Transcription(
                        file: drop.digest, mandate: drop.mandate,
                        signatures: Array(signatures.prefix(Transcription.signatureLimit)))))
        }
        return nil
    }
}
