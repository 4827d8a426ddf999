package import Agencies
internal import Agents
internal import Custody
internal import DurableFiles
package import Forwarding
internal import NativePrimitives
internal import Sealing
internal import Tips

/// Prepares recalls: a notice for each office that was sent something of the case, which two persons
/// sign as they sign a release.
///
/// It asks; nobody can call back what was fetched. What was not fetched yet, dispatch stops serving.
package struct RecallPreparation {
    private let opened: OpenedCase
    private let desk: Desk
    private let checkpoint: String?

    /// Prepares recalls in `opened`.
    ///
    /// - Parameter checkpoint: the newest checkpoint of the custody log that the desk has seen.
    package init(_ opened: OpenedCase, checkpoint: String? = nil) {
        self.opened = opened
        desk = opened.desk
        self.checkpoint = checkpoint
    }

    /// What is to be recalled.
    package struct Order: Sendable {
        /// The offices; none means every office that has something of the case.
        package let offices: [OfficeID]
        /// Why.
        package let reason: RecallReason
        /// What the desk tells the offices besides; may be empty.
        package let words: String

        /// An order.
        package init(offices: [OfficeID] = [], reason: RecallReason, words: String = "") {
            self.offices = offices
            self.reason = reason
            self.words = words
        }
    }

    /// Prepares; what was prepared before and not sent is replaced, and its approvals are void.
    ///
    /// A case that is frozen, held or rejected can be recalled as any other.
    /// - Returns: what was prepared, in words.
    /// - Throws: ``DeskError/badInput(_:)``, ``DeskError/busy``, ``DeskError/notYet(_:_:)`` while
    ///   dispatch may have a release whose sending was cut off.
    package func run(_ order: Order) throws(DeskError) -> [String] {
        try Verification.desk {
            let lock = try FolderLock(desk.caseFolder(opened.tip))
            defer { withExtendedLifetime(lock) {} }
            // Read again under the lock: somebody may have released in between.
            let current = try OpenedCase(opened.tip, of: desk)
            return try RecallPreparation(current, checkpoint: checkpoint).prepare(order)
        }
    }

    private func prepare(_ order: Order) throws -> [String] {
        guard opened.record.sending.isEmpty else {
            throw DeskError.notYet(
                "A release of this case was begun, and dispatch may have it; it must be sent first",
                .release)
        }
        guard order.words.utf8.count <= RecallNotice.wordsLimit else {
            throw DeskError.badInput(
                "What the offices are told has at most \(RecallNotice.wordsLimit) bytes.")
        }
        let facts = try offices(order).map { try RecallFacts(opened, at: $0) }
        let drafting = ReleaseDrafting(opened)
        try drafting.discard(keeping: opened.record.open)
        let replaced = opened.record.open.count
        let recalls = try drafting.keep { try facts.map { try prepare($0, order, drafting) } }
        return (replaced == 0 ? [] : ["replaced what was prepared and not sent (\(replaced))"])
            + (try recalls.map {
                "prepared the recall \($0.digest.hex) for \(try $0.claim().office)"
            })
    }

    private func offices(_ order: Order) throws -> [OfficeID] {
        guard order.offices.isEmpty else {
            guard Set(order.offices).count == order.offices.count else {
                throw DeskError.badInput("An office is named twice.")
            }
            return order.offices
        }
        let standing = try opened.sentBundles().filter { !$0.isRecalled }.map(\.office)
        guard !standing.isEmpty else {
            throw DeskError.notYet("No office has anything of this case that could be recalled.")
        }
        return Set(standing).sorted()
    }

    private func prepare(
        _ facts: RecallFacts, _ order: Order, _ drafting: ReleaseDrafting
    ) throws -> PreparedRelease {
        guard let draft = Hash(NativePrimitives.randomBytes(count: 32)),
            let salt = Hash(NativePrimitives.randomBytes(count: 32)),
            let expires = desk.now.adding(hours: ReleasePreparation.validityHours)
        else { throw DeskError.altered("no more hours") }
        let notice = RecallNotice(
            office: facts.office.id, reason: order.reason, words: order.words, salt: salt)
        let sequence = try drafting.nextSequence(for: facts.office.id)
        let names = DraftNames(tip: opened.tip, draft: draft, office: facts.office.id)
        let predicate = try drafting.seal(notice.encoded)
        let cover = try drafting.seal(Array(facts.cover(notice, sequence).utf8))
        let terms = ReleaseTerms(
            sequence: sequence, notBefore: desk.now, expires: expires, checkpoint: checkpoint)
        let statement = try opened.statement(
            facts,
            predicate: try desk.agent.prepare(
                names.name(BundleNames.predicate), predicate, classes: []),
            cover: try desk.agent.prepare(names.name(BundleNames.cover), cover, classes: []),
            commitment: notice.commitment, terms)
        return PreparedRelease(
            draft: draft, statement: statement.statement.encoded, predicate: predicate,
            cover: cover, plan: nil)
    }
}
