package import Agencies
package import Custody
package import Forwarding
import NativePrimitives
import Opening
package import Sealing
package import Tips

/// A release for one office, every part of which a test can bend before it is built.
package struct SampleRelease: Sendable {
    /// One part: its class, what it contains, its plaintext and its original.
    package struct Part: Sendable {
        package var partClass: PartClass
        package var labels: Set<PartClass>
        package var plaintext: [UInt8]
        package var original: [UInt8]
        package var origin: BundlePredicate.Origin = .original

        /// A JSON part.
        package static func json(_ partClass: PartClass, _ text: String) -> Part {
            let bytes = [UInt8](text.utf8)
            let padding = Padding.paddedLength(bytes.count) - bytes.count
            let plaintext = bytes + [UInt8](repeating: 0x20, count: padding)
            return Part(
                partClass: partClass, labels: [], plaintext: plaintext, original: plaintext)
        }

        /// An evidence part.
        package static func evidence(_ original: [UInt8]) throws -> Part {
            let header = try required(EvidenceTar.header(size: original.count))
            let tail = EvidenceTar.tailLength(size: original.count)
            return Part(
                partClass: .evidence, labels: [],
                plaintext: header + original + [UInt8](repeating: 0, count: tail),
                original: original)
        }
    }

    package var office = "office-a"
    package var recipient: Recipient
    package var parts: [Part]
    package var consented: Set<PartClass> = [.report, .place, .evidence]
    package var consentOffice = "office-a"
    package var consentSigner: UInt8 = 20
    /// Another proof of consent than the signature.
    package var consentProof: (@Sendable (ConsentLeaf) throws -> ConsentProof)?
    package var consentTip: UInt8 = 20
    package var tip: UInt8 = 20
    package var signers = ["alice", "bob"]
    package var sequence: UInt64 = 1
    package var notBefore = "2026-11-20T00"
    package var expires = "2026-12-20T00"
    package var directory: Directory
    package var policy: Hash
    package var eventObject: Hash?
    package var plan: ReleasePackage.Plan?
    /// Bundles that it adds to.
    package var adds: [ReleaseStatement.Earlier] = []

    /// A report and a piece of evidence for office A of `world`.
    package init(for office: String = "office-a", in world: SampleWorld) throws {
        self.office = office
        consentOffice = office
        recipient = office == "office-a" ? world.officeA.recipient : world.officeB.recipient
        directory = try world.directory(world.directoryNote())
        policy = directory.policyDigest
        parts = [
            .json(.report, #"{"narrative":"我的儿子被卖到缅甸","language":"zh"}"#),
            try .evidence([UInt8]((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })),
        ]
    }

    /// Builds and signs everything.
    package func build(in world: SampleWorld) throws -> SampleBundle {
        let sealed = try parts.map {
            try SealedContainer.sealing(
                $0.plaintext.span, to: [recipient], with: NativePrimitives.self)
        }
        let predicate = try predicate(sealed)
        let predicateFile = try seal(predicate.encoded)
        let cover = CoverSheet.text(
            for: predicate, to: try required(directory.office(predicate.office)),
            sequence: sequence, expires: try required(Hour(expires)), addingTo: adds)
        let draft = try ReleaseDraft(
            statement: statement(sealed, predicate), predicate: predicateFile,
            cover: try seal([UInt8](cover.utf8)),
            parts: sealed.map {
                let part = ReleasePackage.Part(
                    header: $0.header, payload: Hash(sha256: $0.payload),
                    payloadBytes: $0.payload.count)
                return ReleaseDraft.Part(part, file: Hash(sha256: $0.header + $0.payload))
            })
        var signed = draft.unsigned
        var sums: [PersonID: [UInt8]] = [:]
        for name in signers {
            let key = try SampleWorld.key(try required(SampleWorld.persons[name]))
            signed.sign(with: key)
            sums[try required(PersonID(name))] = key.sign(draft.sums)
        }
        let package = draft.package(signed: signed, sumsSignatures: sums, plan: plan)
        let log = SampleLog(world: world)
        let event = SaltedLeaf(
            CustodyEvent(
                kind: .released, tip: draft.statement.tip, object: eventObject ?? signed.digest,
                office: office, hour: try required(Hour(notBefore))))
        return SampleBundle(
            package: package, payloads: sealed.map(\.payload), event: event.encoded,
            proof: try log.proof(of: event.commitment), predicate: predicate.encoded)
    }

    private func seal(_ plaintext: [UInt8]) throws -> [UInt8] {
        let sealed = try SealedContainer.sealing(
            plaintext.span, to: [recipient], with: NativePrimitives.self)
        return sealed.header + sealed.payload
    }

    private func statement(
        _ sealed: [SealedContainer], _ predicate: BundlePredicate
    ) throws -> ReleaseStatement {
        try ReleaseStatement(
            tip: TipID(SampleWorld.reporter(tip).key, with: NativePrimitives.self), office: office,
            officeKeyFingerprint: recipient.fingerprint,
            parts: sealed.enumerated().map { index, part in
                .init(
                    name: ReleaseStatement.partName(index),
                    payloadDigest: Hash(sha256: part.payload),
                    headerDigest: Hash(sha256: part.header))
            }, sequence: sequence, notBefore: required(Hour(notBefore)),
            expires: required(Hour(expires)), directoryVersion: UInt64(directory.version),
            directoryDigest: directory.digest, policyDigest: policy,
            sealedPredicateDigest: predicate.commitment,
            notice: adds.isEmpty ? nil : .supplement(to: adds))
    }

    private func predicate(_ sealed: [SealedContainer]) throws -> BundlePredicate {
        let leaf = try ConsentLeaf(
            tipKey: SampleWorld.reporter(consentTip).key, office: consentOffice, classes: consented,
            directoryVersion: 7)
        return BundlePredicate(
            tipKey: try SampleWorld.reporter().key, office: try required(OfficeID(office)),
            verdict: "Held against his will; act.",
            assessment: Assessment(source: .b, information: .probablyTrue, reason: "Two accounts."),
            handling: Handling(
                sharing: .amberStrict, actions: .red, caveat: "", civiliansHeldHere: true),
            parts: zip(parts, sealed).map { part, sealed in
                .init(
                    partClass: part.partClass, labels: part.labels, origin: part.origin,
                    givenName: "家书.txt", header: Hash(sha256: sealed.header),
                    payload: Hash(sha256: sealed.payload), plaintext: Hash(sha256: part.plaintext),
                    original: Hash(sha256: part.original))
            },
            consent: try consentProof?(leaf)
                ?? .signed(
                    leaf: leaf.encoded,
                    signature: try SampleWorld.reporter(consentSigner).sign(leaf.encoded.span)),
            salt: Hash(sha256: [1]))
    }
}

/// A log of three entries, the middle one of which is proved.
struct SampleLog {
    let world: SampleWorld

    func proof(of commitment: Hash) throws -> [UInt8] {
        let leaves = [Hash(sha256: [1]), commitment, Hash(sha256: [2])].map {
            TreeHash.leaf($0.bytes)
        }
        let root = TreeHash.node(TreeHash.node(leaves[0], leaves[1]), leaves[2])
        let log = try world.log()
        let checkpoint = Checkpoint(origin: log.verifier.name, size: 3, root: root)
        return UnverifiedLogProof(
            index: 1, inclusion: InclusionProof(hashes: [leaves[0], leaves[2]]),
            checkpoint: try UnverifiedCheckpoint(log.sign(checkpoint))
        ).bytes
    }
}

/// A built bundle, as files that a test can alter.
package struct SampleBundle: Sendable {
    /// What the desk gives to dispatch.
    package let package: ReleasePackage
    /// The payloads, in the order of the parts.
    package let payloads: [[UInt8]]
    /// `custody/release.event`.
    package let event: [UInt8]
    /// `custody/release.tlog-proof`.
    package let proof: [UInt8]
    /// What `predicate.age` holds.
    package let predicate: [UInt8]

    /// The bundle's layout.
    package func layout() throws -> BundleLayout {
        try package.layout(event: event, proof: proof)
    }

    /// The tar, put together from the layout as dispatch does.
    package func tar() throws -> [UInt8] {
        let layout = try layout()
        return try layout.slices(0..<layout.byteCount).flatMap { slice in
            switch slice {
            case .bytes(let bytes): bytes
            case .payload(let digest, let range):
                [UInt8](
                    try required(payloads.first { Hash(sha256: $0) == digest })[range])
            }
        }
    }

    /// The files by name, as they stand in the tar.
    package func files() throws -> [(name: String, bytes: [UInt8])] {
        let reader = try TarReader(MemoryBytes(tar()), memberLimit: BundleLimits.members)
        return try reader.names.map { ($0, try required(reader.bytes(of: $0, limit: .max))) }
    }

    /// A tar of these files.
    package static func tar(_ files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        try files.reduce(into: [UInt8]()) { tar, file in
            tar += try TarHeader.encode(name: file.name, byteCount: file.bytes.count) + file.bytes
            tar += [UInt8](
                repeating: 0, count: TarHeader.filled(file.bytes.count) - file.bytes.count)
        } + [UInt8](repeating: 0, count: 2 * TarHeader.blockBytes)
    }
}
