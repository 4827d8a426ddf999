internal import DurableFiles
internal import Forwarding
internal import Quarantine
internal import Wire

/// What became of the files of a carried folder.
package struct CarriedReport: Sendable {
    /// Files that brought something new.
    package private(set) var taken = 0
    /// Files whose content was here already.
    package private(set) var present = 0
    /// Files that were refused, each whole.
    package private(set) var refused: [CarriedRefusal] = []
    /// What ended the run: a store that failed, or dispatch cannot act at all.
    private(set) var failure: (any Error)?

    /// Notes what became of the file at `path`; nothing more is tried after a failure.
    mutating func note(_ path: String, _ take: () async throws -> Bool) async {
        guard failure == nil else { return }
        do {
            if try await take() { taken += 1 } else { present += 1 }
        } catch {
            guard let why = CarriedRefusal.words(for: error) else {
                failure = error
                return
            }
            refused.append(CarriedRefusal(path, why))
        }
    }
}

/// A file of a carried folder that was refused, and why.
package struct CarriedRefusal: Error, Equatable, CustomStringConvertible {
    /// The file, below the folder.
    package let file: String
    /// The reason in words.
    package let why: String

    init(_ file: String, _ why: String) {
        self.file = file
        self.why = why
    }

    static let damaged = CarriedRefusal("", "damaged, or not what belongs under this name")

    package var description: String { "\(file): \(why)" }

    /// Why a single file was refused; nil for a failure of dispatch itself.
    static func words(for error: any Error) -> String? {
        switch error {
        case let refusal as CarriedRefusal: refusal.why
        case let refusal as BundleRefusal: refusal.description
        case let refusal as TipRefusal:
            "the tip is \(refusal.state.rawValue): it cannot be \(refusal.event.rawValue)"
        case let error as FileError: error.description
        case PartnerRefusal.forbidden: "the desk's key of the directory did not sign it"
        case PartnerRefusal.conflict: "something else has its place already"
        case PartnerRefusal.payloadMissing: "a payload that it needs is not there"
        case PartnerRefusal.refused: "it is about a tip that never arrived here"
        case let refusal as PartnerRefusal: refusal.rawValue
        default: nil
        }
    }
}
