internal import Agencies
internal import Custody
internal import DurableFiles
internal import Quarantine
internal import Tips
internal import Wire

/// Decisions and orders of a carried folder.
extension Dispatch {
    /// Takes a decision that two persons signed.
    ///
    /// Holding and resuming need no person, over the network the signed request is the desk's word;
    /// a file could be played back to undo the other, so neither is taken from a folder.
    func take(decision bytes: [UInt8], about tip: Hash) async throws -> Bool {
        guard let signed = try? SignedDecision(decoding: bytes),
            let decision = try? Wire.Decision(decoding: signed.decision), decision.tip == tip
        else { throw CarriedRefusal.damaged }
        let done: TipState
        switch decision.verdict {
        case .reject: done = .rejected
        case .erase: done = .erased
        case .hold, .resume:
            throw CarriedRefusal(
                "", "“\(decision.verdict.word)” is taken only over the desk's connection")
        }
        if try await store.read({ try $0.tip(TipID(tip))?.state }) == done { return false }
        do {
            try await decide(signed)
        } catch PartnerRefusal.refused {
            throw CarriedRefusal(
                "", "to \(decision.verdict.word) a tip takes the signatures of two verifiers")
        } catch PartnerRefusal.notFound {
            throw CarriedRefusal("", "it is about a tip that never arrived here")
        }
        return true
    }

    /// Does what the desk's station signed.
    func take(order bytes: [UInt8]) async throws -> Bool {
        let order = try verified(order: bytes)
        guard try await isOpen(order) else { return false }
        switch order {
        case .confirmFrames(let frames): try await confirmFrames(frames)
        case .confirmAnswers(let answers): try await confirmAnswers(answers)
        case .confirmEvents(let leaves): try await confirmEvents(leaves)
        case .rearm(let tip, let frames): try await rearm(tip: tip, frames: frames)
        }
        return true
    }

    private func verified(order bytes: [UInt8]) throws(CarriedRefusal) -> CarriedOrder {
        guard let signed = try? SignedCarriedOrder(decoding: bytes) else { throw .damaged }
        let key = directories.newest.deskKey
        guard !directories.newest.isRevoked(key.fingerprint), let order = signed.verified(by: key)
        else { throw CarriedRefusal("", "the desk's key of the directory did not sign this") }
        return order
    }

    /// The frames that the desk confirms in a folder: whoever put a release beside these orders had
    /// seen them, and releases are taken first. An order that cannot be read confirms nothing.
    func seenFrames(in folder: String) throws(FileError) -> Set<Hash> {
        var seen: Set<Hash> = []
        for name in try Self.names(of: .orders, in: folder) {
            let path = "\(folder)/\(CarriedFile.Kind.orders.folder)/\(name)"
            guard
                let bytes = try? CarriedReading.all(
                    of: path, limit: SignedCarriedOrder.byteLimit),
                let order = try? verified(order: bytes), case .confirmFrames(let frames) = order
            else { continue }
            seen.formUnion(frames)
        }
        return seen
    }

    /// Whether anything is left to be done for an order.
    private func isOpen(_ order: CarriedOrder) async throws -> Bool {
        try await store.read { reading in
            switch order {
            case .confirmFrames(let frames):
                try frames.contains { try reading.envelope($0)?.head.isEmpty == false }
            case .confirmAnswers(let answers):
                try answers.contains { try reading.isWaiting(answer: $0) }
            case .confirmEvents(let leaves):
                try reading.sealedEvents(limit: PartnerLimits.entries)
                    .contains { leaves.contains($0.leaf) }
            case .rearm(let tip, _):
                try reading.plans(of: TipID(tip)).contains(where: \.isHeld)
            }
        }
    }

    /// Lets a tip's plans go on, unless something arrived that the desk had not seen.
    private func rearm(tip: Hash, frames: Int) async throws {
        let tip = TipID(tip)
        try await store.transact(try directories.journal()) { reading in
            guard try reading.load(of: tip).frames <= frames else {
                throw CarriedRefusal(
                    "", "something of this tip arrived after the desk looked: look at it first")
            }
            let held = try reading.plans(of: tip).filter(\.isHeld)
            return Outcome((), effects: held.map { .plan($0.armed) })
        }
        try await advanceOutbox()
    }
}
