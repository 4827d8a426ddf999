/// Who may sign statements: keys, and the persons they belong to. It comes from the directory.
package struct Roster: Hashable, Sendable {
    /// A key and its owner.
    package struct Member: Hashable, Sendable {
        /// The handle of the person.
        package let person: String
        /// One of that person's keys.
        package let key: VerifyingKey

        /// `key` belongs to `person`.
        package init(person: String, key: VerifyingKey) {
            self.person = person
            self.key = key
        }
    }

    /// Every key, each once.
    package let members: [Member]

    /// A roster.
    ///
    /// - Throws: ``StatementError/ambiguousRoster`` when a key is listed twice: it would let one
    ///   person count as two.
    package init(_ members: [Member]) throws(StatementError) {
        guard Set(members.map(\.key)).count == members.count else { throw .ambiguousRoster }
        self.members = members
    }

    /// The member whose key has this ID.
    package func member(keyID: String) -> Member? {
        members.first { $0.key.keyID == keyID }
    }
}
