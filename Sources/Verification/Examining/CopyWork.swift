internal import Agencies
internal import Custody
internal import DurableFiles
internal import Examination
package import Tips

/// What people do with what workers found.
extension OpenedCase {
    /// Says that a file may show the sexual abuse of a minor: nobody renders it any more, nothing of it
    /// goes anywhere, and the case is frozen until somebody has handed it to the body in charge.
    package func markNeverRendered(part name: String, by person: String) throws(DeskError) {
        let part = try part(named: name)
        guard part.partClass == .evidence else {
            throw .badInput("Only evidence can be marked so.")
        }
        try change(.neverRendered(part: part.payload), by: person)
        try change(
            .frozen(why: "a file may show the sexual abuse of a minor: for the body in charge"),
            by: person)
    }

    /// Lets a safe copy go where its original cannot: a part of its own, linked to the original.
    ///
    /// - Parameter number: of the copy in the part's list, from 1.
    package func offerCopy(
        _ number: Int, ofPart name: String, note: String, contains classes: Set<PartClass>,
        by person: String
    ) throws(DeskError) {
        let part = try part(named: name)
        let copy = try copy(number, of: part)
        let derivative = Derivative(
            payload: copy.payload, plaintext: copy.plaintext, payloadBytes: copy.payloadBytes,
            kind: .safeCopy, original: part.payload, partClass: .evidence, note: note,
            labels: classes.union([.evidence]).sorted())
        try change(.derived(derivative), by: person)
    }

    /// Lends the bytes of a safe copy, piece by piece; they are known to be whole when this returns.
    ///
    /// - Returns: what kind of file it is.
    package func withCopy(
        _ number: Int, ofPart name: String, _ each: ([UInt8]) throws -> Void
    ) throws(DeskError) -> String {
        let copy = try copy(number, of: try part(named: name))
        return try Verification.desk {
            let digests = try file(copy.payload).open(as: .evidence, each: each)
            guard digests.payload == copy.payload, digests.plaintext == copy.plaintext else {
                throw DeskError.altered("a safe copy is not what was made")
            }
            return copy.kind.rawValue
        }
    }

    /// Writes a safe copy to a new file, because somebody asked for it.
    ///
    /// - Returns: what kind of file it is.
    package func exportCopy(
        _ number: Int, ofPart name: String, to path: String
    ) throws(DeskError) -> String {
        try Verification.desk {
            var output = try NewFile(at: path)
            let kind = try withCopy(number, ofPart: name) { try output.write($0.span) }
            try output.commit()
            return kind
        }
    }

    private func copy(_ number: Int, of part: Part) throws(DeskError) -> Examined.Copy {
        guard !record.neverRendered.contains(part.payload) else {
            throw .badInput("The file may show the sexual abuse of a minor: it is never rendered.")
        }
        let copies = record.examined[part.payload]?.copies ?? []
        guard copies.indices.contains(number - 1) else {
            throw .badInput("There is no copy \(number) of this part: see show.")
        }
        return copies[number - 1]
    }
}
