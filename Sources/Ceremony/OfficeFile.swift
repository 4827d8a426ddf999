internal import Agencies
internal import Sealing
internal import Tips

/// `Keys/agencies/<office>.toml`: one office and what it is cleared for.
struct OfficeFile {
    let office: Office
    let clearances: Set<PartClass>

    private static let keys: Set<String> = [
        "name", "country", "kind", "military_linked", "recipient", "signing_key", "contact",
        "clearances", "description",
    ]

    init(_ path: String, name: String) throws(CeremonyError) {
        guard let id = OfficeID(name) else {
            throw .keys(
                path: path, place: "",
                problem: "the file's name must be an office id: lower-case letters, digits, hyphens"
            )
        }
        let table = try StrictTable(file: path, keys: Self.keys)
        let kinds = OfficeKind.allCases.map(\.rawValue).joined(separator: ", ")
        office = Office(
            id: id, name: try table.string("name"), country: try table.string("country"),
            kind: try table.read("kind", expected: "one of \(kinds)") { OfficeKind(rawValue: $0) },
            isMilitaryLinked: try table.flag("military_linked"),
            recipient: try table.recipient("recipient"),
            signingKey: try table.signingKey("signing_key"),
            contact: try table.string("contact"),
            descriptions: try Self.descriptions(table.table("description")))
        clearances = try Self.clearances(table)
        let exposed = clearances.filter(\.needsPostQuantum).sorted().map(\.name)
        guard office.recipient.isPostQuantum || exposed.isEmpty else {
            throw table.fault(
                "clearances",
                "\(exposed.joined(separator: " and ")) may go to post-quantum recipients only, "
                    + "and this office's is X25519")
        }
    }

    private static func descriptions(
        _ table: StrictTable
    ) throws(CeremonyError) -> [String: String] {
        var descriptions: [String: String] = [:]
        for language in table.keys { descriptions[language] = try table.string(language) }
        return descriptions
    }

    private static func clearances(_ table: StrictTable) throws(CeremonyError) -> Set<PartClass> {
        var clearances: Set<PartClass> = []
        for name in try table.strings("clearances") {
            guard let part = PartClass(name: name), PartClass.releasable.contains(part) else {
                let known = PartClass.releasable.map(\.name).joined(separator: ", ")
                throw table.fault("clearances", "“\(name)” is not one of \(known)")
            }
            guard clearances.insert(part).inserted else {
                throw table.fault("clearances", "“\(name)” is there twice")
            }
        }
        return clearances
    }
}
