package import Custody
internal import DurableFiles
package import Examination

extension CaseOverview {
    /// A safe copy of a file, or of a file in an archive.
    package struct Copy: Sendable {
        /// Its place in the part's list, from 1 on.
        package let number: Int
        /// The digest of its payload.
        package let payload: Hash
        /// What kind of file it is.
        package let kind: SafeCopyFacts.Kind
        /// Names of the files that it is in, outermost first, and its own; empty for the evidence
        /// itself. Made safe to show.
        package let names: [String]
        /// What was found in the file that it was made of; nil when that was too much to be listed.
        package let report: ExaminationReport?
        /// What the report says of it; nil when that was too much to be listed.
        package var facts: SafeCopyFacts? { report?.copies.first { $0.kind == kind } }
    }
}

extension OpenedCase {
    /// The safe copies of a part that may be shown; none of one that is never rendered.
    package func copies(ofPart name: String) throws(DeskError) -> [CaseOverview.Copy] {
        let part = try part(named: name)
        guard isShowable(part), let examined = record.examined[part.payload] else { return [] }
        return examined.copies.enumerated().map { index, copy in
            CaseOverview.Copy(
                number: index + 1, payload: copy.payload, kind: copy.kind,
                names: examined.report.names(of: copy.path[...]),
                report: examined.report.member(copy.path[...]))
        }
    }

    /// A safe copy whole and in memory, once it is known to be what was made.
    ///
    /// - Parameters:
    ///   - number: of the copy in the part's list, from 1.
    ///   - limit: most bytes.
    /// - Throws: ``DeskError``: also for a larger one, for a file that is never rendered, and while the
    ///   case is being destroyed.
    package func wholeCopy(
        _ number: Int, ofPart name: String, limit: Int
    ) throws(DeskError) -> (bytes: [UInt8], kind: SafeCopyFacts.Kind) {
        let part = try part(named: name)
        guard isShowable(part) else { throw .badInput("The file is shown to nobody.") }
        let stored = record.examined[part.payload]?.copies ?? []
        guard stored.indices.contains(number - 1) else {
            throw .badInput("There is no copy \(number) of this part.")
        }
        let copy = stored[number - 1]
        var bytes: [UInt8] = []
        // A payload is a little larger than what is in it.
        bytes.reserveCapacity(min(copy.payloadBytes, limit))
        _ = try withCopy(number, ofPart: name) { piece in
            guard bytes.count + piece.count <= limit else {
                throw DeskError.badInput("The copy is larger than what is shown here.")
            }
            bytes += piece
        }
        return (bytes, copy.kind)
    }

    /// Whether anything of a file may be shown to anybody.
    private func isShowable(_ part: Part) -> Bool {
        !record.neverRendered.contains(part.payload) && !Durable.exists(desk.erasingFile(tip))
    }
}

extension ExaminationReport {
    /// The report on the file at this place in archives; nil when it is not listed.
    fileprivate func member(_ path: ArraySlice<Int>) -> ExaminationReport? {
        guard let place = path.first else { return self }
        guard members.indices.contains(place) else { return nil }
        return members[place].member(path.dropFirst())
    }

    fileprivate func names(of path: ArraySlice<Int>) -> [String] {
        guard let place = path.first else { return [] }
        guard members.indices.contains(place) else { return ["file \(place + 1)"] }
        return [members[place].name] + members[place].names(of: path.dropFirst())
    }
}
