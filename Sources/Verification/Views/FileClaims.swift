internal import Agencies
internal import Custody
internal import Examination
internal import Matching
internal import Sealing
internal import Tips

/// A time or place that a file's metadata tells, with what the tip says beside it: a difference in
/// words, for a person to judge.
package struct FileClaim: Equatable, Sendable {
    /// The field, as exiftool calls it; of a file in an archive, with its name.
    package let field: String
    /// What it says; made safe to show.
    package let value: String
    /// How it differs from what the tip says, one difference a line; empty when there is nothing to
    /// compare it with.
    package let beside: [String]
}

extension OpenedCase {
    /// The times and places in the metadata of a file, and of the files in it, beside the tip's.
    ///
    /// - Throws: ``DeskError``.
    package func fileClaims(ofPart name: String) throws(DeskError) -> [FileClaim] {
        let part = try part(named: name)
        guard let report = record.examined[part.payload]?.report else { return [] }
        return try Verification.desk {
            let tip = try claims()
            return report.withMembers(named: "").flatMap { name, report in
                let metadata = report.metadata
                return metadata.times.map { FileClaim($0, of: name, beside: tip.days(from: $0)) }
                    + metadata.positions.map {
                        FileClaim($0.field, of: name, beside: tip.distances(from: $0.position))
                    }
            }
        }
    }

    /// What the tip's texts say of when and where.
    private func claims() throws -> TipClaims {
        var claims = TipClaims(received: record.received.first?.hour)
        for part in readable where part.partClass != .evidence && drop?.payload != part.payload {
            let text = try file(part.payload).text(payload: part.payload, plaintext: part.plaintext)
            let content = try text.withBytes { (bytes) throws(ContentError) in
                try TipContent.decode(bytes, as: part.partClass)
            }
            claims.add(content)
        }
        return claims
    }
}

/// When and where, as the tip says it.
struct TipClaims {
    /// When the tip came in.
    let received: Hour?
    /// Days or months that the tip names, with what they are of.
    private(set) var times: [(what: String, time: ClaimedTime)] = []
    /// Sites of the gazetteer that the place may be.
    private(set) var sites: [Site] = []

    init(received: Hour?) { self.received = received }

    mutating func add(_ content: TipContent) {
        switch content {
        case .place(let place):
            add("“known as of”", place.asOf)
            for match in Gazetteer.builtIn.matches(in: place.site) {
                guard let site = Gazetteer.builtIn.site(match.site), !sites.contains(site) else {
                    continue
                }
                sites.append(site)
            }
        case .person(let part):
            for person in part.people { add("“missing since”", person.missingSince) }
        default: break
        }
    }

    private mutating func add(_ what: String, _ text: String) {
        guard let time = ClaimedTime(text) else { return }
        times.append(("\(what) \(text)", time))
    }

    /// How far a file's time is from each.
    func days(from field: Metadata.Field) -> [String] {
        guard let day = Day(exif: field.value) else { return [] }
        var lines = times.map { "\($0.time.difference(of: day)) \($0.what)" }
        if let arrival = received.flatMap({ Day($0.day) }) {
            let days = arrival.number - day.number
            lines.append(
                days < -1
                    ? "\(-days) days AFTER the tip came in: a clock was wrong, or the field is"
                    : "\(max(0, days)) day(s) before the tip came in")
        }
        return lines
    }

    /// How far a file's position is from each site, by the nearest of the list's claims about it.
    func distances(from position: Position) -> [String] {
        sites.map { site in
            let name = site.names.first ?? site.id
            let all = site.claims.map { ($0.precision, position.kilometres(to: Position($0))) }
            guard let nearest = all.min(by: { $0.1 < $1.1 }) else {
                return "the list has no position of \(name) (\(site.id))"
            }
            return "\(Self.words(nearest.1)) from \(name) (\(site.id)), "
                + "by the list’s position of \(nearest.0.words)"
        }
    }

    private static func words(_ kilometres: Double) -> String {
        kilometres < 1 ? "less than 1 km" : "\(Int(kilometres.rounded())) km"
    }
}

extension FileClaim {
    fileprivate init(_ field: Metadata.Field, of name: String, beside: [String]) {
        self.init(
            field: name.isEmpty ? field.name : "“\(name)” \(field.name)", value: field.value,
            beside: beside)
    }
}

extension ExaminationReport {
    /// The report and those of the files in it, with their names.
    fileprivate func withMembers(named name: String) -> [(String, ExaminationReport)] {
        [(name, self)] + members.flatMap { $0.withMembers(named: $0.name) }
    }
}

extension Site.Claim.Precision {
    fileprivate var words: String {
        switch self {
        case .site: "the place itself"
        case .town: "its town"
        case .area: "its area"
        }
    }
}
