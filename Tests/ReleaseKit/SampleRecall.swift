package import Agencies
package import Custody
package import Forwarding
import NativePrimitives
import Opening
import Sealing
import Tips

/// A recall for office A of what ``SampleRelease`` gives it, which a test can bend before it is built.
package struct SampleRecall: Sendable {
    package var bundles: [ReleaseStatement.Earlier]
    package var office = "office-a"
    package var noticeOffice = "office-a"
    package var reason = RecallReason.mistaken
    package var words = "We mixed up two names."
    package var tip: UInt8 = 20
    package var sequence: UInt64 = 9
    package var notBefore = "2026-11-20T00"
    package var expires = "2026-12-20T00"
    package var directory: Directory
    /// Another salt than the one the statement commits to.
    package var otherSalt = false
    /// What is sealed that the statement does not name.
    package var otherFile = OtherFile.none
    /// Its place in a plan, which a recall cannot have.
    package var plan: ReleasePackage.Plan?

    /// One of the two files is sealed anew, or has another payload under the same header.
    package enum OtherFile: Sendable { case none, predicate, cover, coverPayload }

    /// A recall of `bundles` in `world`.
    package init(of bundles: [ReleaseStatement.Earlier], in world: SampleWorld) throws {
        self.bundles = bundles
        directory = try world.directory(world.directoryNote())
    }

    /// Builds and signs everything.
    package func build(in world: SampleWorld) throws -> SampleBundle {
        let recipient = world.officeA.recipient
        let known = try required(directory.office(required(OfficeID(office))))
        func notice(_ salt: UInt8) throws -> RecallNotice {
            RecallNotice(
                office: try required(OfficeID(noticeOffice)), reason: reason, words: words,
                salt: Hash(sha256: [salt]))
        }
        let plaintext = try notice(otherSalt ? 2 : 1).encoded
        let sheet = CoverSheet.text(
            for: try notice(1), of: bundles, to: known, sequence: sequence)
        func seal(_ plaintext: [UInt8]) throws -> SealedContainer {
            try SealedContainer.sealing(
                plaintext.span, to: [recipient], with: NativePrimitives.self)
        }
        let files = [try seal(plaintext), try seal([UInt8](sheet.utf8))]
        let statement = try statement(files, recipient.fingerprint, notice(1).commitment)
        var going = files
        switch otherFile {
        case .none: break
        case .predicate: going[0] = try seal(plaintext)
        case .cover: going[1] = try seal([UInt8](sheet.utf8))
        case .coverPayload:
            going[1] = SealedContainer(header: files[1].header, payload: files[0].payload)
        }
        let draft = try ReleaseDraft(
            statement: statement, predicate: going[0].header + going[0].payload,
            cover: going[1].header + going[1].payload, parts: [])
        var signed = draft.unsigned
        var sums: [PersonID: [UInt8]] = [:]
        for name in ["alice", "bob"] {
            let key = try SampleWorld.key(try required(SampleWorld.persons[name]))
            signed.sign(with: key)
            sums[try required(PersonID(name))] = key.sign(draft.sums)
        }
        let event = SaltedLeaf(
            CustodyEvent(
                kind: .released, tip: statement.tip, object: signed.digest, office: office,
                hour: try required(Hour(notBefore))))
        return SampleBundle(
            package: draft.package(signed: signed, sumsSignatures: sums, plan: plan),
            payloads: [],
            event: event.encoded,
            proof: try SampleLog(world: world).proof(of: event.commitment), predicate: plaintext)
    }

    private func statement(
        _ files: [SealedContainer], _ fingerprint: Hash, _ commitment: Hash
    ) throws -> ReleaseStatement {
        let parts = zip(
            [ReleaseStatement.Recall.predicateName, ReleaseStatement.Recall.coverName], files
        ).map { name, file in
            ReleaseStatement.Part(
                name: name, payloadDigest: Hash(sha256: file.payload),
                headerDigest: Hash(sha256: file.header))
        }
        return try ReleaseStatement(
            tip: TipID(SampleWorld.reporter(tip).key, with: NativePrimitives.self), office: office,
            officeKeyFingerprint: fingerprint, parts: [], sequence: sequence,
            notBefore: required(Hour(notBefore)), expires: required(Hour(expires)),
            directoryVersion: UInt64(directory.version), directoryDigest: directory.digest,
            policyDigest: directory.policyDigest, sealedPredicateDigest: commitment,
            notice: .recall(.init(bundles: bundles, predicate: parts[0], cover: parts[1])))
    }
}
