/// A signed statement was refused.
package enum StatementError: Error, Hashable {
    /// The bytes are not a DSSE envelope as this program writes it.
    case malformedEnvelope
    /// The payload is not an in-toto statement, or not of the kind that is needed.
    case malformedStatement
    /// A key that is not on the roster signed; its ID.
    case unknownKey(String)
    /// A signature is not over these bytes; the ID of its key.
    case badSignature(String)
    /// One key signed twice; its ID.
    case repeatedKey(String)
    /// One person signed with two keys.
    case repeatedPerson(String)
    /// Fewer persons signed than are needed.
    case tooFewPersons(signed: Int, needed: Int)
    /// The roster gives one key to two persons.
    case ambiguousRoster
}
