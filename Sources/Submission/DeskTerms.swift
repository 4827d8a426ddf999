package import Agencies
package import Composing
package import NativePrimitives
package import Tips

extension DeskTerms {
    /// What the reporter's device needs of a verified directory.
    ///
    /// - Throws: ``BuildError/noOpenEpoch`` when there is no desk key to seal to on `today`.
    package init(_ directory: Directory, today: Day) throws(BuildError) {
        guard let epoch = directory.currentEpoch(on: directory.today(clock: today)) else {
            throw .noOpenEpoch
        }
        self.init(
            epoch: epoch.number, recipient: epoch.recipient, directoryVersion: directory.version,
            offices: directory.offices.map {
                Office(id: $0.id.text, isRevoked: directory.isRevoked($0))
            })
    }
}

/// The keys of one tip, over the native primitives.
package typealias NativeKeys = ReceiptKeys<NativePrimitives>
