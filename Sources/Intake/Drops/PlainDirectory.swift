internal import Agencies
package import Composing

/// The directory for who seals without the page.
extension PublicFiles {
    package var terms: DeskTerms? {
        guard let directory, let today,
            let epoch = directory.currentEpoch(on: directory.today(clock: today))
        else { return nil }
        return DeskTerms(
            epoch: epoch.number, recipient: epoch.recipient,
            directoryVersion: directory.version, offices: [])
    }

    /// What `age -R` takes; nil when there is no key for today.
    func recipients(legacy: Bool) -> [UInt8]? {
        today.flatMap { directory?.recipientsFile(legacy: legacy, today: $0) }
    }

    /// The offices in words; nil when there is no directory.
    func offices(in language: String) -> [UInt8]? { directory?.officesText(in: language) }
}
