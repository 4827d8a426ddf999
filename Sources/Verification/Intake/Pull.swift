package import Custody
internal import DurableFiles
internal import Sealing
package import Tips
internal import Wire

/// Fetches what waits at dispatch, takes it into the cases, and only then confirms it.
package struct Pull {
    private let desk: Desk
    private let link: any DispatchLink

    /// A pull over `link`.
    package init(_ desk: Desk, over link: any DispatchLink) {
        self.desk = desk
        self.link = link
    }

    /// What became of the frames.
    package struct Report: Equatable, Sendable {
        /// Cases that are new, or got something new.
        package internal(set) var changed: [TipID] = []
        /// Frames that broke a rule: their envelope's digest, and the rule.
        package internal(set) var refused: [Refused] = []
        /// Files of a carried folder that were damaged on the way; dispatch keeps its copy.
        package internal(set) var damaged: [DeskError] = []
        /// Frames that this desk cannot take now: not confirmed, so that nothing is lost.
        package internal(set) var left: [Refused] = []
        /// Supplements whose tip has not come yet.
        package internal(set) var waiting = 0
        /// All that was listed at dispatch when this pull began.
        package internal(set) var listed: Set<Hash> = []
        /// Whether the time ran out before everything that was listed had its turn.
        package internal(set) var isCut = false

        /// A frame that was not taken.
        package struct Refused: Equatable, Sendable {
            /// The digest of its envelope.
            package let envelope: Hash
            /// Why, in words.
            package let why: String
        }
    }

    /// Pulls everything, tips first. One frame that cannot be taken does not keep back the others:
    /// anybody can send one.
    ///
    /// - Parameters:
    ///   - known: what was listed before and may wait: what is not in it goes first, so that a tip
    ///     that has just come does not wait behind a flood.
    ///   - patience: how long; what had no turn by then waits for the next pull. nil for all.
    ///   - tell: is told what is being done.
    /// - Throws: ``DeskError``; what was taken in by then stays, and the next pull goes on.
    package func run(
        after known: Set<Hash> = [], within patience: Duration? = nil,
        tell: (String) -> Void = { _ in }
    ) async throws(DeskError) -> Report {
        do {
            try desk.sweep()
            var report = Report()
            let end = patience.map { ContinuousClock.now + $0 }
            let entries = try await link.frames()
            report.listed = Set(entries.map(\.envelope))
            let tips = entries.filter(Self.isSmallTip)
            let ordered =
                tips.filter { !known.contains($0.envelope) }
                + tips.filter { known.contains($0.envelope) }
            var rest = try await take(Self.batches(of: ordered), until: end, &report, tell)
            guard !report.isCut else { return report }
            rest += entries.filter { !Self.isSmallTip($0) }
            for entry in rest.sorted(by: { $0.kind < $1.kind }) {
                guard isInTime(end, &report) else { return report }
                tell("frame \(entry.envelope.hex.prefix(12)), \(entry.byteCount) bytes")
                do {
                    try await take(entry, &report)
                } catch {
                    try note(DeskError(wrapping: error), entry, in: &report)
                }
            }
            return report
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    private func isInTime(_ end: ContinuousClock.Instant?, _ report: inout Report) -> Bool {
        guard let end, ContinuousClock.now >= end else { return true }
        report.isCut = true
        return false
    }

    private static func isSmallTip(_ entry: DeskInbox.Entry) -> Bool {
        entry.kind == Envelope.Kind.tip.rawValue
            && (1...Limits.tipFrameBytes).contains(entry.byteCount)
    }

    private static func batches(of entries: [DeskInbox.Entry]) -> [ArraySlice<DeskInbox.Entry>] {
        stride(from: 0, to: entries.count, by: TipIntake.frameLimit).map {
            entries[$0..<min($0 + TipIntake.frameLimit, entries.count)]
        }
    }

    private typealias Fetched = [(entry: DeskInbox.Entry, frame: [UInt8])]

    /// Tips that are opened and not stored yet.
    private struct OpenedBatch {
        let fetched: Fetched
        let begun: TipIntake.Begun
    }

    /// Takes tips together: one batch is opened while the one before it is being stored. Whatever
    /// befalls a batch, those before it are stored.
    ///
    /// - Returns: those that have to be taken one by one.
    private func take(
        _ batches: [ArraySlice<DeskInbox.Entry>], until end: ContinuousClock.Instant?,
        _ report: inout Report, _ tell: (String) -> Void
    ) async throws -> [DeskInbox.Entry] {
        let intake = TipIntake(desk: desk)
        var rest: [DeskInbox.Entry] = []
        var last: OpenedBatch?
        for batch in batches {
            guard isInTime(end, &report) else { break }
            tell("\(batch.count) tip(s)")
            let fetched: Fetched
            do {
                fetched = try await fetch(batch, &report)
            } catch {
                rest += try await store(last, &report)
                throw error
            }
            let frames = fetched.map(\.frame)
            async let begun = intake.begin(frames)
            rest += try await store(last, &report)
            last = OpenedBatch(fetched: fetched, begun: try await begun)
        }
        return rest + (try await store(last, &report))
    }

    /// Stores what was opened, and has it confirmed.
    ///
    /// - Returns: those that have to be taken one by one.
    private func store(
        _ batch: OpenedBatch?, _ report: inout Report
    ) async throws -> [DeskInbox.Entry] {
        guard let batch else { return [] }
        let outcomes = try TipIntake(desk: desk).finish(batch.begun)
        var rest: [DeskInbox.Entry] = []
        var done: [Hash] = []
        for ((entry, frame), outcome) in zip(batch.fetched, outcomes) {
            switch outcome {
            case .received(let new):
                report.changed.append(new.tip)
                done.append(entry.envelope)
            case .refused(let why):
                report.refused.append(.init(envelope: entry.envelope, why: why))
                try record(entry.envelope, why)
                try Durable.write(
                    frame.span, to: refusedPath(entry.envelope), mode: 0o660, .replace)
                done.append(entry.envelope)
            case .left(let error): try note(error, entry, in: &report)
            case .notPlain: rest.append(entry)
            }
        }
        try await link.confirm(frames: done)
        return rest
    }

    private func fetch(
        _ entries: ArraySlice<DeskInbox.Entry>, _ report: inout Report
    ) async throws -> Fetched {
        var fetched: Fetched = []
        for entry in entries {
            do {
                fetched.append((entry, try await link.frame(entry)))
            } catch {
                try note(DeskError(wrapping: error), entry, in: &report)
            }
        }
        return fetched
    }

    private func refusedPath(_ envelope: Hash) -> String {
        "\(desk.folder)/refused/\(envelope.hex).frame"
    }

    private func take(_ entry: DeskInbox.Entry, _ report: inout Report) async throws {
        let path = "\(desk.folder)/inbox/\(entry.envelope.hex).frame"
        if !Durable.exists(path) { try await link.fetch(entry, to: path) }
        switch try FrameIntake(desk: desk).take(path) {
        case .received(let tip, let isNew):
            if isNew { report.changed.append(tip) }
            try await link.confirm(frames: [entry.envelope])
            try Durable.remove(path)
        case .refused(let why):
            report.refused.append(.init(envelope: entry.envelope, why: why))
            try record(entry.envelope, why)
            try Durable.move(path, to: refusedPath(entry.envelope), .replace)
            try await link.confirm(frames: [entry.envelope])
        case .waitsForTip: report.waiting += 1
        }
    }

    private func note(
        _ error: DeskError, _ entry: DeskInbox.Entry, in report: inout Report
    ) throws(DeskError) {
        if error.concernsEverything { throw error }
        if case .carried = error {
            report.damaged.append(error)
        } else {
            report.left.append(.init(envelope: entry.envelope, why: error.message))
        }
    }

    private func record(_ envelope: Hash, _ why: String) throws {
        try desk.deskJournal.append(
            CaseEvent(hour: desk.now, person: "", action: .refused(envelope: envelope, why: why))
                .json)
    }
}

extension Desk {
    /// What concerns no single case; sealed to a key of its own that the agent holds like a case's.
    var deskJournal: SealedJournal {
        SealedJournal(folder: folder + "/journal", tip: Self.ownName, agent: agent)
    }

    /// No tip has this name: a tip's is the hash of another label.
    private static var ownName: TipID {
        guard let name = TipID(Hash(sha256: ascii("sallyport.desk/1")).bytes) else {
            preconditionFailure("a hash has 32 bytes")
        }
        return name
    }
}
