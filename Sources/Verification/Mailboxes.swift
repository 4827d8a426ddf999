internal import Agencies
internal import Agents
internal import Custody
internal import Forwarding
internal import NativePrimitives
internal import Sealing
package import Tips
internal import Wire

/// Writes every reporter's mailbox slot anew.
///
/// All slots of all known tips change together, with a number that rises each time; the number is
/// written down before the batch leaves, so that none is ever used twice.
package struct Mailboxes {
    private let desk: Desk
    private let link: any DispatchLink

    /// The mailboxes of `desk`.
    package init(_ desk: Desk, over link: any DispatchLink) {
        self.desk = desk
        self.link = link
    }

    /// Makes and hands over the next batch.
    ///
    /// - Returns: its number, how many slots it has, and which cases could not be read.
    package func publish() async throws(DeskError) -> (number: Int, slots: Int, unread: [TipID]) {
        do {
            let lock = try FolderLock(desk.folder)
            let number = try nextNumber()
            var slots: [Hash: [UInt8]] = [:]
            var unread: [TipID] = []
            for tip in try desk.tips() {
                do {
                    let (address, slot) = try slot(try OpenedCase(tip, of: desk), counter: number)
                    slots[address] = slot
                } catch {
                    unread.append(tip)
                }
            }
            let batch = MailboxBatch(number: number, slots: slots).encoded
            let signature = try desk.agent.sign(batch, as: .mailboxBatch)
            try await link.publish(SignedMailboxBatch(batch: batch, signature: signature))
            withExtendedLifetime(lock) {}
            return (number, slots.count, unread)
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    private func nextNumber() throws -> Int {
        var last = 0
        for entry in try desk.deskJournal.entries() where entry.has("mailbox") {
            last = try entry.int("mailbox", in: 1...Int.max)
        }
        var entry = JSONObject()
        entry.add("mailbox", .integer(Int64(last + 1)))
        try desk.deskJournal.append(entry)
        return last + 1
    }

    private func slot(_ opened: OpenedCase, counter: Int) throws -> (Hash, [UInt8]) {
        let address = MailboxAddress(opened.tipKey, with: NativePrimitives.self)
        var questions = try opened.openQuestions()
        let key = try opened.mailboxKey()
        while true {
            let message = opened.message(address, counter: counter, questions: questions)
            let signature = try desk.agent.sign(message.encoded, as: .message)
            let verified = try UnverifiedMessage(decoding: message.encoded, signature: signature)
                .verified(byOneOf: [desk.directory.deskKey.bytes], with: NativePrimitives.self)
            do throws(FormatError) {
                let slot = try MailboxSlot.seal(verified, key: key)
                guard let place = Hash(address.bytes) else { throw FormatError.wrongLength }
                return (place, slot)
            } catch {
                // The newest question waits for the next batch rather than none being seen.
                guard error == .tooLarge, !questions.isEmpty else { throw error }
                questions.removeLast()
            }
        }
    }
}

extension OpenedCase {
    /// Questions that a second person has read and that no answer names yet.
    fileprivate func openQuestions() throws -> [DeskQuestion] {
        let answered = try readable.filter { $0.partClass == .answer }.map { part in
            try file(part.payload).text().withBytes { (text) throws(ContentError) in
                try AnswerPart.decode(text).question
            }
        }
        return readQuestions().filter { !answered.contains($0.id) }.prefix(Limits.questions).map {
            DeskQuestion(id: $0.id, text: $0.text, language: $0.language)
        }
    }

    fileprivate func message(
        _ address: MailboxAddress, counter: Int, questions: [DeskQuestion]
    ) -> DeskMessage {
        let tellsProgress = first.manifest.wishes.contains(.progress)
        let offices = Set(
            record.prepared.filter { record.released.contains($0.digest) }
                .compactMap { try? $0.claim().office })
        let confirmed = Set(
            record.acknowledgements.compactMap {
                try? Acknowledgement.verified($0, by: desk.directory)
            }.filter { $0.answer != .declined }.map(\.office))
        return DeskMessage(
            address: address, counter: counter, date: desk.now.day,
            state: mailboxState(
                passed: tellsProgress ? offices.count : 0,
                confirmed: tellsProgress ? confirmed.count : 0, asks: !questions.isEmpty),
            passed: tellsProgress ? offices.count : 0,
            confirmed: tellsProgress ? confirmed.count : 0, questions: questions)
    }

    /// *Withdrawn* is always told: whoever forced a withdrawal must see that it was done.
    private func mailboxState(passed: Int, confirmed: Int, asks: Bool) -> MailboxState {
        if record.frozen?.hasPrefix("withdrawn") ?? false { return .withdrawn }
        if asks { return .question }
        if confirmed > 0 { return .confirmed }
        return passed > 0 ? .passedOn : .received
    }
}
