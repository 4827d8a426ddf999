internal import Tips

/// A place where people are said to be held, or the town around it, with every name it goes by.
///
/// For the desk only: the page carries the names and nothing else. Who is said to own a place is not
/// here at all. That a name is listed proves nothing about the place.
package struct Site: Equatable, Sendable {
    /// What is known of a place's position, and from where. Sources contradict each other, so each
    /// stands by itself.
    package struct Claim: Equatable, Sendable {
        /// How near a position may be.
        package enum Precision: String, Sendable {
            /// The compound itself.
            case site
            /// The town in or beside which it lies.
            case town
            /// A township, a district or another wide area.
            case area
        }

        /// Millionths of a degree north.
        package let latitude: Int
        /// Millionths of a degree east.
        package let longitude: Int
        /// What the position is of.
        package let precision: Precision
        /// Where it was read.
        package let source: String
    }

    /// How well it is attested that people are held there.
    package enum Certainty: String, Sendable {
        /// Named by sanctions, a regulator, a raid or an official statement.
        case official = "A"
        /// Named by an identified investigation of news or an NGO.
        case investigated = "B"
        /// Little, at second hand, or only the area.
        case thin = "C"
    }

    /// The identifier, the same as in the page's list.
    package let id: String
    /// The names, in every script, the best known first: the same as in the page's list.
    package let names: [String]
    /// Short names that other places have too: each of them is a candidate.
    package let sharedNames: [String]
    /// What it is, in words.
    package let kind: String
    /// ISO 3166-1 alpha-2.
    package let country: String
    /// Where it lies, in words, the nearest first.
    package let area: String
    /// How well it is attested.
    package let certainty: Certainty
    /// The month or year of the newest report that was read.
    package let asOf: String
    /// Claims about its position; often none.
    package let claims: [Claim]
    /// What whoever uses the entry must know; often "".
    package let note: String
}

extension Site {
    init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly([
            "id", "names", "shared", "kind", "country", "area", "certainty", "asOf", "claims",
            "note",
        ])
        id = try object.text("id", atMost: GazetteerLimits.idBytes)
        names = try object.names("names")
        guard !names.isEmpty else { throw .badValue("names") }
        sharedNames = object.has("shared") ? try object.names("shared") : []
        kind = try object.text("kind", atMost: GazetteerLimits.textBytes)
        country = try object.text("country", atMost: 2)
        area = try object.text("area", atMost: GazetteerLimits.textBytes)
        guard let certainty = Certainty(rawValue: try object.string("certainty")) else {
            throw .badValue("certainty")
        }
        self.certainty = certainty
        asOf = try object.text("asOf", atMost: 10)
        var claims: [Claim] = []
        if object.has("claims") {
            for claim in try object.objects("claims") { claims.append(try Claim(claim)) }
        }
        guard claims.count <= GazetteerLimits.claims else { throw .badValue("claims") }
        self.claims = claims
        note = object.has("note") ? try object.text("note", atMost: GazetteerLimits.textBytes) : ""
    }
}

extension Site.Claim {
    fileprivate init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["latitude", "longitude", "precision", "source"])
        latitude = try object.int("latitude", in: -90_000_000...90_000_000)
        longitude = try object.int("longitude", in: -180_000_000...180_000_000)
        guard let precision = Precision(rawValue: try object.string("precision")) else {
            throw .badValue("precision")
        }
        self.precision = precision
        source = try object.text("source", atMost: GazetteerLimits.textBytes)
    }
}

extension JSONObject {
    /// The text under `key`: not empty, and at most `limit` bytes of UTF-8.
    func text(_ key: String, atMost limit: Int) throws(JSONError) -> String {
        let text = try string(key)
        guard !text.isEmpty, text.utf8.count <= limit else { throw .badValue(key) }
        return text
    }

    fileprivate func names(_ key: String) throws(JSONError) -> [String] {
        let names = try strings(key)
        guard names.count <= GazetteerLimits.names,
            names.allSatisfy({ !$0.isEmpty && $0.utf8.count <= GazetteerLimits.nameBytes })
        else { throw .badValue(key) }
        return names
    }
}

/// Limits of a gazetteer's file.
enum GazetteerLimits {
    /// Most bytes of the whole file.
    static let fileBytes = 1024 * 1024
    /// Most sites.
    static let sites = 4096
    /// Most names of one site.
    static let names = 64
    /// Most bytes of one name.
    static let nameBytes = 256
    /// Most bytes of an identifier.
    static let idBytes = 16
    /// Most bytes of any other text.
    static let textBytes = 512
    /// Most claims about one position.
    static let claims = 16
}
