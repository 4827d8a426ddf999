package import Agencies
package import Custody
internal import Tips

/// What one office would get of a case as it stands, and why, part by part.
package struct OfficePreview: Sendable {
    /// The office.
    package let office: OfficeID
    /// Its name for people; the identifier when the directory does not know it.
    package let name: String
    /// What kind of organisation it belongs to, in words; "" when the directory does not know it.
    package let kind: String
    /// Why nothing goes to it at all, in words; empty when parts are decided one by one.
    package let barred: [String]
    /// One decision for each part.
    package let decisions: [Decision]
    /// What it was sent of this case before.
    package let sent: [SentBundle]
    /// Whether something of this case was released to it already.
    package var isReleased: Bool { !sent.isEmpty }
    /// Whether something of this case was recalled from it.
    package var isRecalled: Bool { sent.contains(where: \.isRecalled) }

    /// The decision on one part.
    package struct Decision: Sendable {
        /// The part's payload.
        package let payload: Hash
        /// What it is, in words.
        package let title: String
        /// Whether it goes.
        package let goes: Bool
        /// Why, or why not, in words.
        package let words: String
    }

    /// Whether anything would go.
    package var getsSomething: Bool { decisions.contains(where: \.goes) }

    /// The decisions in lines for a terminal.
    var lines: [String] {
        guard barred.isEmpty else {
            return [
                "\(office): nothing goes. "
                    + barred.map { "Withheld: \($0)." }.joined(separator: " ")
            ]
        }
        let recalled =
            isRecalled ? " (it was recalled from there; name the office to send it again)" : ""
        return ["\(office):\(recalled)"] + decisions.map { "  \($0.title): \($0.words)" }
    }
}

extension OpenedCase {
    /// What every office of the directory would get now, and why; nothing is prepared by looking.
    package func preview() throws(DeskError) -> [OfficePreview] {
        try Verification.desk {
            try Routing.decideAll(try routingInput()).map { try preview($0) }
        }
    }

    /// The same in words, part by part, without what the desk leaves out.
    func words(_ routing: OfficeRouting, without left: LeftOut = LeftOut()) throws -> [String] {
        try preview(routing, without: left).lines
    }

    private func preview(
        _ routing: OfficeRouting, without left: LeftOut = LeftOut()
    ) throws -> OfficePreview {
        let sent = try sent(to: routing.office)
        let had = Set(sent.filter { !$0.isRecalled }.flatMap(\.payloads))
        let withheld = withholding(routing.office)
        let known = desk.directory.office(routing.office)
        return OfficePreview(
            office: routing.office, name: known?.name ?? routing.office.text,
            kind: known?.kind.words ?? "",
            barred: routing.barred.map(\.words) + withheld,
            decisions: routing.decisions.map { decision in
                let isLeftOut = decision.isRelease && left.parts.contains(decision.part.id)
                let isThere = decision.isRelease && had.contains(decision.part.id)
                return OfficePreview.Decision(
                    payload: decision.part.id, title: title(decision.part),
                    goes: decision.isRelease && !isLeftOut && !isThere && withheld.isEmpty,
                    words: isThere
                        ? "the office has it" : isLeftOut ? left.words : decision.words)
            }, sent: sent)
    }

    /// Why the desk keeps everything from an office; empty when it does not.
    func withholding(_ office: OfficeID) -> [String] {
        record.rulings.withheld[office.text].map {
            ["the desk withholds it (\($0.person): \(CleanText.line($0.why)))"]
        } ?? []
    }

    private func title(_ part: RoutablePart) -> String {
        let digits = part.id.hex.prefix(8)
        switch part.origin {
        case .original:
            let name = parts.first { $0.payload == part.id }?.name ?? ""
            let shown = name.isEmpty ? "" : " “\(CleanText.line(name))”"
            return "\(part.partClass.name)\(shown) \(digits)"
        case .derivative(let kind, _): return "\(kind.rawValue) \(digits)"
        }
    }
}

extension LeftOut {
    /// For whoever reads why a part does not go.
    var words: String {
        why.isEmpty ? "left out by the desk" : "left out by the desk: \(CleanText.line(why))"
    }
}
