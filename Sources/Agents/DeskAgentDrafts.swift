internal import Agencies
internal import Custody
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// Headers for offices: made on request, kept, and given out only against two signatures.
extension DeskAgent {
    /// Makes the header of one file. Order: every check, then the payload's digests, then the store.
    func prepare(
        _ name: PreparedName, header: [UInt8], classes: [PartClass],
        payload connection: borrowing AgentSocket
    ) throws(AgentRefusal) -> Secret {
        guard name.isOfABundle else { throw .unknownFile }
        // A part is of some class; what stands beside the parts of a recall is of none.
        guard !classes.isEmpty || !name.isPart else { throw .malformed }
        let office = try addressee(name.office, classes: classes)
        var key = try caseKey(name.tip, makes: false)
        let place = try Self.place(of: name, office, in: &key)
        let fileKey = try unwrap(header, ofCase: key)
        let officeHeader = try Self.wrap(fileKey, to: office.recipient)
        guard connection.send(AgentAnswer.done()) else { throw .malformed }
        let told = try Self.digest(
            connection, opening: fileKey, name: name.file, header: officeHeader)
        key.drafts[place].files.append(CaseKey.Kept(told: told, header: officeHeader))
        try store(key)
        return AgentAnswer.done { told.write(to: &$0) }
    }

    /// The office, if the directory knows it and may be given these classes.
    private func addressee(
        _ id: OfficeID, classes: [PartClass]
    ) throws(AgentRefusal) -> Office {
        let directory = try directory()
        guard let office = directory.office(id), !directory.isRevoked(office) else {
            throw .unknownOffice
        }
        guard !classes.contains(where: \.isDeskOnly) else { throw .deskOnly }
        guard office.recipient.isPostQuantum || !classes.contains(where: \.needsPostQuantum) else {
            throw .notPostQuantum
        }
        return office
    }

    /// Where the draft is; made when it is new.
    private static func place(
        of name: PreparedName, _ office: Office, in key: inout CaseKey
    ) throws(AgentRefusal) -> Int {
        guard let place = key.drafts.firstIndex(where: { $0.id == name.draft }) else {
            guard key.drafts.count < CaseKey.draftLimit else { throw .tooMany }
            key.drafts.append(
                CaseKey.Draft(id: name.draft, office: office.id, fingerprint: office.fingerprint))
            return key.drafts.count - 1
        }
        let draft = key.drafts[place]
        guard draft.office == office.id, draft.fingerprint == office.fingerprint else {
            throw .otherOffice
        }
        guard draft.files.count < CaseKey.fileLimit else { throw .tooMany }
        guard !draft.files.contains(where: { $0.told.file == name.file }) else {
            throw .unknownDraft
        }
        return place
    }

    /// Reads the payload from the connection up to the empty message.
    ///
    /// It is opened on the way, and the plaintext thrown away: a header that was exchanged for that
    /// of another part of the case would give an office the key to the other part.
    private static func digest(
        _ connection: borrowing AgentSocket, opening fileKey: consuming FileKey<NativePrimitives>,
        name: String, header: [UInt8]
    ) throws(AgentRefusal) -> PreparedFile {
        let payload = NativePrimitives.Digest()
        let whole = NativePrimitives.Digest()
        var proof = PayloadProof(PayloadOpener(fileKey: fileKey))
        whole.update(header.span)
        var count = 0
        while true {
            guard let piece = connection.receive() else { throw .malformed }
            if piece.count == 0 { break }
            piece.withBytes {
                payload.update($0)
                whole.update($0)
                proof.update($0)
            }
            count += piece.count
        }
        guard proof.finish() else { throw .otherPayload }
        guard let payload = Hash(payload.finish()), let whole = Hash(whole.finish()) else {
            throw .malformed
        }
        return PreparedFile(
            file: name, header: Hash(sha256: header), payload: payload, payloadBytes: count,
            whole: whole)
    }

    func draft(_ id: Hash, of tip: TipID) throws(AgentRefusal) -> Secret {
        let key = try caseKey(tip, makes: false)
        guard let draft = key.drafts.first(where: { $0.id == id }) else { throw .unknownDraft }
        return AgentAnswer.done { writer in
            writer.array(2)
            writer.text(draft.office.text)
            writer.array(draft.files.count)
            for file in draft.files { file.told.write(to: &writer) }
        }
    }

    func drafts(of tip: TipID) throws(AgentRefusal) -> Secret {
        let drafts = try caseKey(tip, makes: false).drafts
        return AgentAnswer.done { writer in
            writer.array(drafts.count)
            for draft in drafts { writer.bytes(draft.id.bytes) }
        }
    }

    func discard(_ id: Hash, of tip: TipID) throws(AgentRefusal) -> Secret {
        var key = try caseKey(tip, makes: false)
        key.drafts.removeAll { $0.id == id }
        try store(key)
        return AgentAnswer.done()
    }

    /// Gives out the headers of the one draft that the statement names.
    ///
    /// 1. Two different persons of the roster signed it; every signature is good.
    /// 2. The office is in the directory with the key that the statement names, not revoked.
    /// 3. A kept draft was made for this office, and its files are exactly the statement's parts,
    ///    the predicate and the cover sheet; a recall's statement names the last two itself.
    func release(_ bytes: [UInt8]) throws(AgentRefusal) -> Secret {
        let directory = try directory()
        let statement = try Self.verified(bytes, by: directory)
        guard let id = OfficeID(statement.office), let office = directory.office(id),
            !directory.isRevoked(office)
        else { throw .unknownOffice }
        guard office.fingerprint == statement.officeKeyFingerprint else { throw .otherOffice }
        let key = try caseKey(statement.tip, makes: false)
        guard let draft = key.drafts.first(where: { $0.holdsExactly(statement) }) else {
            throw .otherHeaders
        }
        guard draft.office == id, draft.fingerprint == office.fingerprint else {
            throw .otherOffice
        }
        return AgentAnswer.done { writer in
            writer.array(draft.files.count)
            for file in draft.files {
                writer.array(2)
                writer.text(file.told.file)
                writer.bytes(file.header)
            }
        }
    }

    private static func verified(
        _ bytes: [UInt8], by directory: Directory
    ) throws(AgentRefusal) -> ReleaseStatement {
        let living = directory.verifiers.filter { !directory.isRevoked($0.key.fingerprint) }
        do throws(StatementError) {
            let roster = try Roster(living.map { .init(person: $0.person.text, key: $0.key) })
            return try SignedStatement(bytes).verified(by: roster, threshold: 2).release()
        } catch {
            switch error {
            case .tooFewPersons: throw .tooFewPersons
            case .repeatedKey, .repeatedPerson: throw .samePersonTwice
            case .malformedEnvelope, .malformedStatement: throw .malformed
            case .unknownKey, .badSignature, .ambiguousRoster: throw .badSignature
            }
        }
    }
}

extension CaseKey.Draft {
    /// Whether the draft's files are exactly what the statement lists, header by header and payload by
    /// payload, and what every bundle has beside its parts: nobody signed for anything else. A recall
    /// has no parts, and lists those two files themselves.
    fileprivate func holdsExactly(_ statement: ReleaseStatement) -> Bool {
        let kept = files.map(\.told)
        let names = statement.parts.map(\.name) + PreparedName.besideParts
        guard kept.map(\.file).sorted() == names.sorted() else { return false }
        return statement.listed.allSatisfy { part in
            kept.contains {
                $0.file == part.name && $0.header == part.headerDigest
                    && $0.payload == part.payloadDigest
            }
        }
    }
}
