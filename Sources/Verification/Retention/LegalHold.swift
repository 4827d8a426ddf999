/// Keeping a case though it would be due.
extension OpenedCase {
    /// Why the case is kept from retention; nil when it is not.
    package var legalHold: String? { record.legalHold }

    /// Why the case is due to be destroyed under the desk's rules; nil when it is not.
    ///
    /// - Throws: ``DeskError/altered(_:)`` when a text is not what was sent.
    package func retentionGrounds() throws(DeskError) -> RetentionGrounds? {
        try Verification.desk { try retentionGrounds(desk.settings.retention) }
    }

    /// Keeps the case from retention until it is lifted; a newer reason replaces an older one.
    package func holdLegally(why: String, by person: String) throws(DeskError) {
        try change(.legalHold(why: try Self.reason(why)), by: person)
    }

    /// Lets retention look at the case again.
    package func liftLegalHold(why: String, by person: String) throws(DeskError) {
        let reason = try Self.reason(why)
        guard record.legalHold != nil else {
            throw .badInput("There is no legal hold on this case.")
        }
        try change(.legalHoldLifted(why: reason), by: person)
    }
}
