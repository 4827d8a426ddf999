package import Custody

/// One person who may sign releases: the roster counts persons, not keys.
package struct Verifier: Equatable, Sendable {
    /// The person's handle; file names and messages use it.
    package var person: PersonID
    /// The person's name or agreed pseudonym, at most ``PlainText/nameLimit`` bytes.
    package var name: String
    /// The person's one signing key.
    package var key: VerifyingKey

    /// A person as the root's holder vouches for them; ``DirectoryContents`` checks it.
    package init(person: PersonID, name: String, key: VerifyingKey) {
        self.person = person
        self.name = name
        self.key = key
    }
}
