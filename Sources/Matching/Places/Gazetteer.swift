package import Tips

/// The known places, and how they are found in what people write.
///
/// A find is a candidate for a person to confirm: several places have the same name, captives know
/// nicknames, and names move with the people who run a place.
package struct Gazetteer: Sendable {
    /// One place that a text may mean, and where in the text.
    package struct Match: Equatable, Sendable {
        /// How the name in the text relates to one in the list.
        package enum Closeness: Sendable {
            /// The same but for spaces, case, marks and forms of characters.
            case same
            /// A letter or two are different.
            case similar
        }

        /// The site's identifier.
        package let site: String
        /// The name in the list.
        package let alias: String
        /// The words of the text that name it, as they were typed; in a script without spaces, the
        /// whole run in which the name stands.
        package let typed: String
        /// Which words of the text these are, counted from 0.
        package let words: Range<Int>
        /// How near the name is.
        package let closeness: Closeness
    }

    /// The list's number, written down beside an identifier.
    package let version: Int
    /// Every site, in the order of the file.
    package let sites: [Site]
    let index: AliasIndex

    /// Reads a gazetteer's file.
    ///
    /// - Throws: ``JSONError``, also for a repeated identifier or more than the limits allow.
    package init(_ file: [UInt8]) throws(JSONError) {
        let object = try JSON.parse(file.span, limit: GazetteerLimits.fileBytes).asObject()
        try object.allowOnly(["version", "sites"])
        version = try object.int("version", in: 1...Int(Int32.max))
        let entries = try object.objects("sites")
        guard entries.count <= GazetteerLimits.sites else { throw .badValue("sites") }
        var sites: [Site] = []
        for entry in entries { sites.append(try Site(entry)) }
        guard Set(sites.map(\.id)).count == sites.count else { throw .badValue("id") }
        self.sites = sites
        index = AliasIndex(sites)
    }

    /// The list that this program was built with.
    package static let builtIn: Gazetteer = {
        do throws(JSONError) {
            return try Gazetteer(PackageResources.gazetteer_json)
        } catch {
            preconditionFailure("the gazetteer that was built in is malformed: \(error)")
        }
    }()

    /// The site of this identifier.
    package func site(_ id: String) -> Site? { sites.first { $0.id == id } }

    /// Every place that `text` may mean, in the order of the text: where names overlap, the longest
    /// only; where places share a name, each of them.
    ///
    /// Burmese typed in Zawgyi is read too.
    package func matches(in text: String) -> [Match] {
        let words = Words(Zawgyi.reading(text).unicode)
        return index.finds(in: words).flatMap { find in
            let list = words.list[find.words]
            let typed =
                list.first.flatMap { first in
                    list.last.map { first.typed.base[first.typed.startIndex..<$0.typed.endIndex] }
                } ?? ""
            return find.entries.map {
                Match(
                    site: sites[$0.site].id, alias: $0.alias, typed: String(typed),
                    words: find.words, closeness: find.closeness)
            }
        }
    }
}
