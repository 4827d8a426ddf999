package import Custody
package import Tips

/// A store failed: the process must end, since nothing after it can be believed.
package struct StoreFailure: Error, Equatable, CustomStringConvertible {
    /// What failed, without any content.
    package let operation: String
    /// The system's or the database's error number.
    package let code: Int32

    /// A failure.
    package init(_ operation: String, code: Int32) {
        self.operation = operation
        self.code = code
    }

    package var description: String { "\(operation) failed with code \(code)" }
}

/// What a transaction sees. Valid only inside it.
package protocol QuarantineReading {
    /// A tip; nil when there is none of that name.
    func tip(_ id: TipID) throws(StoreFailure) -> StoredTip?
    /// A frame; nil when none of that digest was ever taken.
    func envelope(_ digest: Hash) throws(StoreFailure) -> StoredEnvelope?
    /// The frames that the desk has not confirmed, by digest; at most `limit`.
    func waitingEnvelopes(limit: Int) throws(StoreFailure) -> [StoredEnvelope]
    /// The frames of this tip that the desk has not confirmed, by digest.
    func waitingFrames(of tip: TipID) throws(StoreFailure) -> [Hash]
    /// How many frames of this tip were taken, and their bytes that are still here.
    func load(of tip: TipID) throws(StoreFailure) -> (frames: Int, bytes: Int)
    /// How many frames were ever taken.
    func acceptedCount() throws(StoreFailure) -> Int
    /// Bytes of all payloads.
    func storedBytes() throws(StoreFailure) -> Int

    /// A payload; nil when it is not here.
    func payload(_ digest: Hash) throws(StoreFailure) -> StoredPayload?
    /// Every payload.
    func payloads() throws(StoreFailure) -> [StoredPayload]
    /// Payloads that no frame that waits and no open bundle needs, and that were not sent by the
    /// desk in `hour` or later. A bundle is open until it needs no payloads, or expires: at `now`.
    func unneededPayloads(
        stagedBefore hour: Int, now: Int
    ) throws(StoreFailure) -> [StoredPayload]

    /// A bundle; nil when there is none.
    func bundle(_ digest: Hash) throws(StoreFailure) -> StoredBundle?
    /// The encoded release package of a bundle; empty once its tip was erased.
    func package(of bundle: Hash) throws(StoreFailure) -> [UInt8]
    /// The bundles that an office may fetch, unless their plan is held: numbered, open and proven.
    func openBundles(
        office: String, now: Int
    ) throws(StoreFailure) -> [StoredBundle]
    /// The bundles about which something may still happen, by digest; at most `limit`: not stopped,
    /// not closed by their office, not expired.
    func unfinishedBundles(now: Int, limit: Int) throws(StoreFailure) -> [StoredBundle]
    /// Every bundle that was sealed to a key, by digest.
    func bundles(key: Hash) throws(StoreFailure) -> [StoredBundle]
    /// The releases that have no proof of the custody log yet, each with its salt and event.
    func unprovenReleases() throws(StoreFailure) -> [(bundle: Hash, event: [UInt8])]
    /// The bundles of a plan, by rank.
    func bundles(plan: Hash) throws(StoreFailure) -> [StoredBundle]
    /// A plan; nil when there is none.
    func plan(_ id: Hash) throws(StoreFailure) -> StoredPlan?
    /// The plans of a tip, by name.
    func plans(of tip: TipID) throws(StoreFailure) -> [StoredPlan]
    /// The plans with a bundle that waits or is offered, by name: the clock moves no other.
    func openPlans() throws(StoreFailure) -> [StoredPlan]
    /// The highest number of an office's series that was given.
    func highestNumber(office: String) throws(StoreFailure) -> Int

    /// An answer; nil when there is none.
    func answer(_ digest: Hash) throws(StoreFailure) -> StoredAnswer?
    /// The answers that the desk has not confirmed, by digest; at most `limit`, and no more once
    /// they have `bytes` bytes together.
    func waitingAnswers(limit: Int, bytes: Int) throws(StoreFailure) -> [StoredAnswer]
    /// Whether an answer waits for the desk.
    func isWaiting(answer: Hash) throws(StoreFailure) -> Bool
    /// How many answers about a bundle the desk has not confirmed.
    func waitingAnswerCount(about bundle: Hash) throws(StoreFailure) -> Int
    /// Events sealed to the desk, by leaf; at most `limit`.
    func sealedEvents(limit: Int) throws(StoreFailure) -> [(leaf: Hash, sealed: [UInt8])]

    /// Whether a nonce was used.
    func isUsed(nonce: Hash) throws(StoreFailure) -> Bool
    /// The number of the newest mailbox batch and of the newest public one.
    func mailboxNumbers() throws(StoreFailure) -> (newest: Int, published: Int)
    /// The slots of the newest batch.
    func mailboxSlots() throws(StoreFailure) -> [Hash: [UInt8]]
    /// Whether a slot with this SHA-256 was ever in a batch.
    func isUsed(slot: Hash) throws(StoreFailure) -> Bool
    /// The notes of all directories ever adopted, the newest last.
    func directories() throws(StoreFailure) -> [[UInt8]]
}

/// Where dispatch keeps everything but payloads.
///
/// Promises of every implementation, which `StoreContract` tests: a transaction is all or nothing;
/// what a call has answered is on the disk; transactions run one after the other; every effect is
/// written with its entry of the custody log.
package protocol QuarantineStore: Sendable {
    /// Reads, decides, and applies what was decided, in one transaction.
    ///
    /// - Parameters:
    ///   - journal: makes the log entry of each effect.
    ///   - decide: looks at the store and says what to do; pure. What it throws ends the
    ///     transaction without a trace and is thrown on.
    /// - Throws: ``StoreFailure``, or what `decide` throws.
    func transact<Result: Sendable>(
        _ journal: Journal,
        _ decide: @escaping @Sendable (any QuarantineReading) throws -> Outcome<Result>
    ) async throws -> Result

    /// Reads one consistent state.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any QuarantineReading) throws -> Result
    ) async throws -> Result

    /// Rewrites what is stored so that its order on the disk tells nothing of its order of arrival.
    func rewrite() async throws
}

/// Where payloads are kept: one file each, under a random name.
package protocol BlobStore: Sendable {
    /// Begins a blob. Nothing of it is visible before ``BlobWriter/commit()``.
    func begin() throws(StoreFailure) -> any BlobWriter
    /// Reads part of a blob; nil when there is none of that name.
    func read(_ name: BlobName, range: Range<Int>) throws(StoreFailure) -> [UInt8]?
    /// Removes a blob; nothing to remove is no failure.
    func remove(_ name: BlobName) throws(StoreFailure)
    /// The names of all blobs.
    func names() throws(StoreFailure) -> [BlobName]
    /// Copies a blob to a new file under a new name, durably; nil when there is none of that name.
    func copy(_ name: BlobName) throws(StoreFailure) -> BlobName?
}

/// A blob that is being written; dropped without a commit, nothing is left.
package protocol BlobWriter: AnyObject, Sendable {
    /// Adds bytes.
    func write(_ bytes: [UInt8]) throws(StoreFailure)
    /// Makes the blob durable and names it.
    func commit() throws(StoreFailure) -> BlobName
}

/// The directory that intake writes and dispatch empties.
package protocol Spool: Sendable {
    /// The names of the complete files, in no order that means anything.
    func names() throws(StoreFailure) -> [String]
    /// Bytes of a file; nil when it is gone, or nothing that can be read: whoever writes the spool
    /// may be in other hands, and must not be able to stop us.
    func byteCount(of name: String) throws(StoreFailure) -> Int?
    /// Reads up to `count` bytes at `offset`; nil as for ``byteCount(of:)``.
    func read(_ name: String, at offset: Int, count: Int) throws(StoreFailure) -> [UInt8]?
    /// Removes a file, durably.
    func remove(_ name: String) throws(StoreFailure)
    /// Moves a file that cannot be used to where an operator finds it, durably; nothing to move is
    /// no failure.
    func park(_ name: String) throws(StoreFailure)
}

extension QuarantineReading {
    /// The plans of a tip that a hold stops: those with anything of the tip in them that are not held
    /// already. A recall carries nothing of the tip, and whoever forced a frame out of somebody must
    /// not delay it.
    package func plansToHold(of tip: TipID) throws(StoreFailure) -> [StoredPlan] {
        var plans: [StoredPlan] = []
        for plan in try self.plans(of: tip) where !plan.isHeld {
            let isOfParts = try bundles(plan: plan.id).contains { !$0.payloads.isEmpty }
            if isOfParts { plans.append(plan) }
        }
        return plans
    }
}
