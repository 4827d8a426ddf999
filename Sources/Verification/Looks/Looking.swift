internal import Custody
internal import Glibc
internal import Tips

/// Who looked at what.
extension OpenedCase {
    /// Writes down that `reader` asked to see the texts of the case, before they are shown.
    ///
    /// - Throws: ``DeskError``: what cannot be written down is not shown.
    package func lookAtTexts(by reader: Reader) throws(DeskError) {
        try look(.text, at: parts.filter { $0.partClass != .evidence }, by: reader)
    }

    /// Writes down that `reader` asked to see one part, before it is shown.
    ///
    /// - Parameters:
    ///   - name: the part, as ``part(named:)`` takes it.
    ///   - others: whoever looked so at it today has seen enough of it for this one to say no more.
    /// - Throws: ``DeskError``: what cannot be written down is not shown.
    package func look(
        _ look: Look, atPart name: String, by reader: Reader, unless others: [Look] = []
    ) throws(DeskError) {
        let part = try part(named: name)
        guard !others.contains(where: { hasLooked($0, at: part.payload, reader) }) else { return }
        try self.look(look, at: [part], by: reader)
    }

    /// One entry for each person, part and day, and one more for each step to seeing more.
    private func look(_ look: Look, at parts: [Part], by reader: Reader) throws(DeskError) {
        let new = parts.map(\.payload).filter { !hasLooked(look, at: $0, reader) }
        guard !new.isEmpty else { return }
        try Verification.desk {
            switch reader {
            case .person(let person):
                try desk.appendBeside(
                    .looked(CaseLook(parts: new, look: look, account: "")), to: tip, by: person)
            case .account(let account):
                try desk.appendBeside(
                    .looked(CaseLook(parts: new, look: look, account: account)), to: tip)
            }
        }
    }

    /// Whether the journal says of this day that `reader` saw at least as much of the part.
    private func hasLooked(_ look: Look, at part: Hash, _ reader: Reader) -> Bool {
        events.contains { event in
            guard case .looked(let past) = event.action, event.hour.day == desk.now.day else {
                return false
            }
            let who: Reader =
                past.account.isEmpty ? .person(event.person) : .account(past.account)
            return who == reader && past.parts.contains(part) && past.look.covers(look)
        }
    }
}

extension Reader {
    /// Whoever runs this program.
    package static func thisAccount() -> Reader {
        let number = geteuid()
        guard let entry = unsafe getpwuid(number), let name = unsafe entry.pointee.pw_name else {
            return .account("\(number)")
        }
        return .account(String(unsafe String(cString: name).prefix(CaseLook.accountLimit)))
    }
}
