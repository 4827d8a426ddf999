/// Content of `person`: who is held.
package struct PersonPart: PartContent {
    /// One person who is held.
    package struct Held: Equatable, Sendable {
        /// Names, in every script and spelling known.
        package var names: [String] = []
        /// Numbers of passports and other papers.
        package var papers = ""
        /// Looks, marks, last known clothes.
        package var description = ""
        /// The sex, in the reporter's words.
        package var sex = ""
        /// The age or the year of birth, as the reporter knows it.
        package var age = ""
        /// Since when nobody has heard of the person, in the reporter's words.
        package var missingSince = ""

        /// A person of whom nothing is known.
        package init() {}

        fileprivate init(_ object: JSONObject) throws(JSONError) {
            try object.allowOnly(
                ["names", "papers", "description", "sex", "age", "missingSince"])
            names = try object.stringsOrEmpty("names")
            papers = try object.stringOrEmpty("papers")
            description = try object.stringOrEmpty("description")
            sex = try object.stringOrEmpty("sex")
            age = try object.stringOrEmpty("age")
            missingSince = try object.stringOrEmpty("missingSince")
        }

        fileprivate var object: JSONObject {
            var object = JSONObject()
            object.addUnlessEmpty("names", names)
            object.addUnlessEmpty("papers", papers)
            object.addUnlessEmpty("description", description)
            object.addUnlessEmpty("sex", sex)
            object.addUnlessEmpty("age", age)
            object.addUnlessEmpty("missingSince", missingSince)
            return object
        }
    }

    package static var partClass: PartClass { .person }
    /// Everyone the reporter knows to be held.
    package var people: [Held] = []

    package init() {}

    package init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["people"])
        guard object.has("people") else { return }
        for person in try object.objects("people") { people.append(try Held(person)) }
    }

    package var object: JSONObject {
        var object = JSONObject()
        if !people.isEmpty { object.add("people", .array(people.map { .object($0.object) })) }
        return object
    }
}

/// Content of `place`: where; also targeting data.
package struct PlacePart: PartContent {
    package static var partClass: PartClass { .place }
    /// The compound, town or coordinates.
    package var site = ""
    /// The building.
    package var building = ""
    /// The floor.
    package var floor = ""
    /// The room.
    package var room = ""
    /// When this was so, in the reporter's words or as a date.
    package var asOf = ""

    package init() {}

    package init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["site", "building", "floor", "room", "asOf"])
        site = try object.stringOrEmpty("site")
        building = try object.stringOrEmpty("building")
        floor = try object.stringOrEmpty("floor")
        room = try object.stringOrEmpty("room")
        asOf = try object.stringOrEmpty("asOf")
    }

    package var object: JSONObject {
        var object = JSONObject()
        object.addUnlessEmpty("site", site)
        object.addUnlessEmpty("building", building)
        object.addUnlessEmpty("floor", floor)
        object.addUnlessEmpty("room", room)
        object.addUnlessEmpty("asOf", asOf)
        return object
    }
}

/// Content of `perpetrators`: recruiters, captors, and what they demand.
package struct PerpetratorsPart: PartContent {
    /// A ransom or another demand; texts as the reporter has them.
    package struct Demand: Equatable, Sendable {
        /// How much.
        package var amount = ""
        /// Of which currency.
        package var currency = ""
        /// By when.
        package var deadline = ""

        /// A demand of which nothing is known.
        package init() {}

        fileprivate init(_ object: JSONObject) throws(JSONError) {
            try object.allowOnly(["amount", "currency", "deadline"])
            amount = try object.stringOrEmpty("amount")
            currency = try object.stringOrEmpty("currency")
            deadline = try object.stringOrEmpty("deadline")
        }

        fileprivate var object: JSONObject {
            var object = JSONObject()
            object.addUnlessEmpty("amount", amount)
            object.addUnlessEmpty("currency", currency)
            object.addUnlessEmpty("deadline", deadline)
            return object
        }
    }

    package static var partClass: PartClass { .perpetrators }
    /// Recruiters and captors.
    package var people: [String] = []
    /// Bank accounts, wallets, telephone numbers, handles.
    package var accounts: [String] = []
    /// What they demand.
    package var demand = Demand()

    package init() {}

    package init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["people", "accounts", "demand"])
        people = try object.stringsOrEmpty("people")
        accounts = try object.stringsOrEmpty("accounts")
        if object.has("demand") { demand = try Demand(try object.object("demand")) }
    }

    package var object: JSONObject {
        var object = JSONObject()
        object.addUnlessEmpty("people", people)
        object.addUnlessEmpty("accounts", accounts)
        if demand != Demand() { object.add("demand", .object(demand.object)) }
        return object
    }
}
