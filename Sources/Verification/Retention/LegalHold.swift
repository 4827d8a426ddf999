/// Keeping a case though it would be due.
extension OpenedCase {
    /// Most bytes of a reason.
    private static let reasonLimit = 1024

    /// Keeps the case from retention until it is lifted; a newer reason replaces an older one.
    package func holdLegally(why: String, by person: String) throws(DeskError) {
        try Self.checkReason(why)
        try change(.legalHold(why: why), by: person)
    }

    /// Lets retention look at the case again.
    package func liftLegalHold(why: String, by person: String) throws(DeskError) {
        try Self.checkReason(why)
        guard record.legalHold != nil else {
            throw .badInput("There is no legal hold on this case.")
        }
        try change(.legalHoldLifted(why: why), by: person)
    }

    private static func checkReason(_ why: String) throws(DeskError) {
        guard !why.isEmpty, why.utf8.count <= reasonLimit else {
            throw .badInput("Say why, in at most \(reasonLimit) bytes.")
        }
    }
}
