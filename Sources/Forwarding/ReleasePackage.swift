package import Agencies
package import Custody

/// What the desk gives to dispatch for one office: a bundle without its payloads.
///
/// Dispatch holds the payloads already (or gets them by digest); header and payload together are
/// the part's age file. Encoded as deterministic CBOR, see ``encoded``.
package struct ReleasePackage: Equatable, Sendable {
    /// One part of the bundle.
    package struct Part: Equatable, Sendable {
        /// The age header for the office.
        package let header: [UInt8]
        /// SHA-256 of the payload.
        package let payload: Hash
        /// Bytes of the payload.
        package let payloadBytes: Int

        /// A part.
        package init(header: [UInt8], payload: Hash, payloadBytes: Int) {
            self.header = header
            self.payload = payload
            self.payloadBytes = payloadBytes
        }

        /// SHA-256 of the header.
        package var headerDigest: Hash { Hash(sha256: header) }
    }

    /// Its place in an escalation plan.
    package struct Plan: Equatable, Sendable {
        /// The plan: random, the same for all its bundles.
        package let id: Hash
        /// Place in the plan's order; 0 is offered first.
        package let rank: Int
        /// How many bundles the plan has.
        package let count: Int
        /// The hour at which it is offered if nobody before it answers.
        package let due: Hour

        /// A place.
        package init(id: Hash, rank: Int, count: Int, due: Hour) {
            self.id = id
            self.rank = rank
            self.count = count
            self.due = due
        }
    }

    /// `statement.dsse.json`: the signed statement.
    package let statement: [UInt8]
    /// `predicate.age`: header and payload.
    package let predicate: [UInt8]
    /// `cover.age`: header and payload.
    package let cover: [UInt8]
    /// `SHA256SUMS`.
    package let sums: [UInt8]
    /// The persons' raw Ed25519 signatures over ``sums``, 64 bytes each.
    package let signatures: [PersonID: [UInt8]]
    /// The parts; in the order of their names. None in a recall.
    package let parts: [Part]
    /// Its place in an escalation plan; nil for a release to one office alone.
    package let plan: Plan?

    /// A package of these files; whether they fit together is for ``ReleaseCheck`` to say.
    package init(
        statement: [UInt8], predicate: [UInt8], cover: [UInt8], sums: [UInt8],
        signatures: [PersonID: [UInt8]], parts: [Part], plan: Plan? = nil
    ) {
        self.statement = statement
        self.predicate = predicate
        self.cover = cover
        self.sums = sums
        self.signatures = signatures
        self.parts = parts
        self.plan = plan
    }
}

extension ReleasePackage {
    /// The bundle that dispatch serves: these files, and what the custody log adds.
    ///
    /// - Parameters:
    ///   - event: salt and event of the release, as ``BundleNames/event`` holds them.
    ///   - proof: the tlog-proof, as ``BundleNames/proof`` holds it.
    package func layout(event: [UInt8], proof: [UInt8]) throws(TarError) -> BundleLayout {
        var files: [BundleLayout.File] = [
            .small(name: BundleNames.statement, bytes: statement),
            .small(name: BundleNames.sums, bytes: sums),
        ]
        for (person, signature) in signatures.sorted(by: { $0.key < $1.key }) {
            files.append(.small(name: BundleNames.signature(by: person), bytes: signature))
        }
        files.append(.small(name: BundleNames.event, bytes: event))
        files.append(.small(name: BundleNames.proof, bytes: proof))
        files.append(.small(name: BundleNames.predicate, bytes: predicate))
        files.append(.small(name: BundleNames.cover, bytes: cover))
        for (index, part) in parts.enumerated() {
            files.append(
                .sealed(
                    name: BundleNames.part(index), header: part.header, digest: part.payload,
                    byteCount: part.payloadBytes))
        }
        return try BundleLayout(files)
    }
}
