internal import Agents
internal import DurableFiles
internal import Opening
internal import Sealing
internal import Tips

/// A table is only a copy: what is damaged goes, and is made anew from the cases.
extension SealedTable {
    /// The newest row of each tip; none when a file of the table is damaged, and then all of it goes.
    func soundRows() throws -> [TipID: Row] {
        do {
            return try rows()
        } catch  where Self.isDamage(error) {
            try removeFiles()
            return [:]
        }
    }

    /// Removes every file.
    func removeFiles() throws {
        for file in try files() { try Durable.remove(file) }
    }

    /// Whether `error` says that a file is not what was written. That nobody answers, or that the
    /// disk fails, is something else.
    static func isDamage(_ error: any Error) -> Bool {
        switch error {
        case is FormatError, is HeaderError, is OpeningError: true
        case AgentError.refused(.notForThisDesk), AgentError.refused(.notThisCase): true
        default: false
        }
    }
}
