package import Agencies
internal import Agents
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import NativePrimitives
internal import Sealing
internal import Tips

/// Prepares releases: decides, lets the desk agent make the offices' headers (which it keeps), and
/// writes down what two persons are to sign.
package struct ReleasePreparation {
    /// Hours for which a release is good.
    package static let validityHours = 90 * 24

    private let opened: OpenedCase
    private let desk: Desk
    private let checkpoint: String?

    /// Prepares releases of `opened`.
    ///
    /// - Parameter checkpoint: the newest checkpoint of the custody log that the desk has seen.
    package init(_ opened: OpenedCase, checkpoint: String? = nil) {
        self.opened = opened
        desk = opened.desk
        self.checkpoint = checkpoint
    }

    /// The order in which offices are to be offered the case.
    package struct Order: Equatable, Sendable {
        /// Offices that get it at once; none means every office that may have something.
        package let now: [OfficeID]
        /// Offices that stand by, in this order, after the one of ``now``.
        package let standby: [OfficeID]
        /// Hours between one office and the next.
        package let standbyHours: Int
        /// Parts that go to nobody, as ``OpenedCase`` names them.
        package let without: [String]
        /// Why; must say something when ``without`` names a part.
        package let withoutWhy: String

        /// An order; ``standby`` needs exactly one office in ``now``.
        package init(
            now: [OfficeID] = [], standby: [OfficeID] = [], standbyHours: Int = 72,
            without: [String] = [], withoutWhy: String = ""
        ) {
            self.now = now
            self.standby = standby
            self.standbyHours = standbyHours
            self.without = without
            self.withoutWhy = withoutWhy
        }
    }

    /// Decides and prepares; what was prepared before and not sent is replaced, and its approvals
    /// are void.
    ///
    /// - Returns: the decisions in words, for every office.
    /// - Throws: ``DeskError/frozen(_:)``, ``DeskError/busy``, ``DeskError/notYet(_:)`` and others.
    package func run(_ order: Order = Order()) throws(DeskError) -> [String] {
        try Verification.desk {
            let lock = try FolderLock(desk.caseFolder(opened.tip))
            defer { withExtendedLifetime(lock) {} }
            // Read again under the lock: somebody may have prepared or released in between.
            let current = try OpenedCase(opened.tip, of: desk)
            return try ReleasePreparation(current, checkpoint: checkpoint).prepare(order)
        }
    }

    private func prepare(_ order: Order) throws -> [String] {
        if let why = opened.record.stopped { throw DeskError.frozen(why) }
        guard opened.record.sending.isEmpty else {
            throw DeskError.notYet(
                "A release of this case was begun, and dispatch may have it; it must be sent first",
                .release)
        }
        let drafting = ReleaseDrafting(opened)
        // Whatever a run that was cut off left at the agent.
        try drafting.discard(keeping: opened.record.open)
        let without = LeftOut(
            try order.without.map(opened.payload(named:)),
            why: order.without.isEmpty ? "" : try OpenedCase.reason(order.withoutWhy))
        let all = Routing.decideAll(try opened.routingInput())
        var lines = try all.flatMap { try opened.words($0, without: without) }
        let steps = try steps(order, all, without)
        guard !steps.isEmpty else {
            throw DeskError.notYet(
                (lines + ["No office may have anything of this case as it stands."])
                    .joined(separator: "\n"))
        }
        let releases = try drafting.keep { try steps.map { try prepare($0, drafting) } }
        lines += try releases.map { "prepared \($0.digest.hex) for \(try $0.claim().office)" }
        return lines
    }

    private struct Step {
        let facts: ReleaseFacts
        /// When it is offered if nobody before it declines. It may be offered from now on: an office
        /// that declines sends the case on at once.
        let due: Hour
        let plan: ReleasePackage.Plan?
    }

    private func steps(
        _ order: Order, _ all: [OfficeRouting], _ without: LeftOut
    ) throws -> [Step] {
        let named = order.now + order.standby
        guard Set(named).count == named.count else {
            throw DeskError.badInput("An office is named twice.")
        }
        guard order.standby.isEmpty || order.now.count == 1 else {
            throw DeskError.badInput("Standby offices need exactly one office that goes first.")
        }
        guard order.standby.count < Escalation.stepLimit, (1...8760).contains(order.standbyHours)
        else { throw DeskError.badInput("Too many standby offices, or too many hours.") }
        let offices =
            named.isEmpty ? try all.filter { try isAskedFor($0, without) }.map(\.office) : named
        guard let plan = Hash(NativePrimitives.randomBytes(count: 32)) else { return [] }
        return try offices.enumerated().map { rank, office in
            let (routing, facts) = try opened.facts(for: office, without: without)
            guard let facts else {
                throw DeskError.badInput(
                    try opened.words(routing, without: without).joined(separator: "\n"))
            }
            let isPlanned = !order.standby.isEmpty
            let due = desk.now.adding(hours: isPlanned ? rank * order.standbyHours : 0) ?? desk.now
            return Step(
                facts: facts, due: due,
                plan: isPlanned
                    ? ReleasePackage.Plan(id: plan, rank: rank, count: named.count, due: due) : nil)
        }
    }

    /// Whether an office that nobody named gets something: what it has not got yet. One that was sent
    /// something before, only if it has said so, since it may still stand by; and never one from which
    /// something was recalled.
    private func isAskedFor(_ routing: OfficeRouting, _ without: LeftOut) throws -> Bool {
        let sent = try opened.sent(to: routing.office)
        guard opened.withholding(routing.office).isEmpty, sent.allSatisfy({ !$0.isRecalled }),
            sent.isEmpty || sent.contains(where: \.isAnswered)
        else { return false }
        let had = Set(sent.flatMap(\.payloads))
        return routing.released.contains { !without.parts.contains($0.id) && !had.contains($0.id) }
    }

    /// Makes the headers, the sealed predicate and cover sheet, and the statement.
    private func prepare(
        _ step: Step, _ drafting: ReleaseDrafting
    ) throws -> PreparedRelease {
        let facts = step.facts
        guard let draft = Hash(NativePrimitives.randomBytes(count: 32)),
            let salt = Hash(NativePrimitives.randomBytes(count: 32)),
            let expires = step.due.adding(hours: Self.validityHours)
        else { throw DeskError.altered("no more hours") }
        let names = DraftNames(tip: opened.tip, draft: draft, office: facts.office.id)
        var files: [PreparedFile] = []
        for (index, part) in facts.parts.enumerated() {
            files.append(
                try desk.agent.prepare(
                    names.name(BundleNames.part(index)), opened.file(part.routed.id),
                    classes: part.classes))
        }
        let predicate = facts.predicate(
            tipKey: opened.tipKey, headers: files.map(\.header), salt: salt)
        guard (try? BundlePredicate(decoding: predicate.encoded)) == predicate else {
            throw DeskError.badInput(
                "The texts for \(facts.office.id) are longer than a bundle can hold: shorten the "
                    + "reason, the caveat or the notes, or leave parts out with --without PART.")
        }
        let sequence = try drafting.nextSequence(for: facts.office.id)
        let cover = CoverSheet.text(
            for: predicate, to: facts.office, sequence: sequence, expires: expires,
            addingTo: facts.earlier)
        let sealedPredicate = try drafting.seal(predicate.encoded)
        let sealedCover = try drafting.seal(Array(cover.utf8))
        for (name, sealed) in [
            (BundleNames.predicate, sealedPredicate), (BundleNames.cover, sealedCover),
        ] {
            _ = try desk.agent.prepare(names.name(name), sealed, classes: facts.classes)
        }
        let terms = ReleaseTerms(
            sequence: sequence, notBefore: desk.now, expires: expires, checkpoint: checkpoint)
        let statement = try opened.statement(facts, files: files, predicate: predicate, terms)
        return PreparedRelease(
            draft: draft, statement: statement.statement.encoded, predicate: sealedPredicate,
            cover: sealedCover, plan: step.plan, without: facts.left.parts,
            withoutWhy: facts.left.why)
    }
}
