package import Agencies
package import Custody

/// `cover.age` of a recall, for people who open it with stock tools.
extension CoverSheet {
    /// The text, in UTF-8.
    ///
    /// - Parameter bundles: what is recalled.
    package static func text(
        for notice: RecallNotice, of bundles: [ReleaseStatement.Earlier], to office: Office,
        sequence: UInt64
    ) -> String {
        text([
            [
                "SALLYPORT RECALL, NUMBER \(sequence) FOR THIS OFFICE",
                "For: \(office.name) (\(office.id), \(office.country)), \(office.kind.words)",
                "The desk recalls \(numbers(of: bundles)).",
            ],
            ["WHY", notice.reason.words] + (notice.words.isEmpty ? [] : [notice.words]),
            [
                "WHAT WE ASK OF YOU",
                "Do not act on what you were sent in \(numbers(of: bundles)), and stop what you have "
                    + "begun because of it, unless that itself would put somebody in danger.",
                "Delete it and every copy, and ask the same of everybody whom you gave it to. If your "
                    + "law does not let you delete it, lock it away and use it for nothing.",
                "Tell the desk what you did: sallyport-agency ack --state acted, or --state "
                    + "needs-more with your question.",
                "Whoever reported, and whoever is held, must not learn of this from you.",
            ],
            ["NON-PUNISHMENT", Handling.nonPunishment], signing,
        ])
    }
}
