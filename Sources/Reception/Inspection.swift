package import Agencies
internal import Custody
internal import DurableFiles
package import Forwarding
internal import Tips

/// Verifies bundles for the office of an agency folder, and remembers their numbers.
package struct Inspection: Sendable {
    private let home: AgencyHome
    private let check: ReleaseCheck

    /// An inspection by the newest directory of `shelf`.
    ///
    /// - Parameter earlier: further directories that releases may have been made under.
    package init(
        _ home: AgencyHome, _ shelf: DirectoryShelf, earlier: [Directory] = []
    ) throws(ReceptionError) {
        self.home = home
        let directory = try shelf.newest()
        guard directory.office(home.office) != nil else { throw .unknownOffice(home.office) }
        check = ReleaseCheck(
            directory: directory, earlier: try shelf.earlier() + earlier,
            now: shelf.now(by: directory), purpose: .using)
    }

    /// The directory that is used.
    package var directory: Directory { check.directory }

    /// Checks everything of the bundle at `path` that needs no identity.
    ///
    /// 1. ``Forwarding/BundleVerifier``, for this office.
    /// 2. No other release with this number was seen before; the number is remembered.
    /// 3. No recall that was seen before names it; what a recall names is remembered.
    ///
    /// - Throws: ``ReceptionError/refused(_:)`` and others.
    package func verify(
        _ path: String, progress: (Int) -> Void = { _ in }
    ) throws(ReceptionError) -> VerifiedBundle<FileBytes> {
        let file = try FileBytes(path)
        let bundle = try refusing { () throws(BundleRefusal) in
            try BundleVerifier(file, check: check).verified(for: home.office, progress: progress)
        }
        try remember(bundle.release)
        try checkRecalls(of: bundle.release)
        return bundle
    }

    private func checkRecalls(of release: VerifiedRelease) throws(ReceptionError) {
        for bundle in release.statement.notice?.recall?.bundles ?? [] {
            try home.write(
                "\(release.statement.sequence)\n", to: Self.recalled(bundle.release))
        }
        guard let number = try home.read(Self.recalled(release.digest)) else { return }
        throw .refused(.recalled(by: number))
    }

    private static func recalled(_ release: Hash) -> String { "recalled/\(release.hex)" }

    private func remember(_ release: VerifiedRelease) throws(ReceptionError) {
        let name = "seen/\(release.statement.sequence)"
        guard let seen = try home.read(name) else {
            return try home.write(release.digest.hex + "\n", to: name)
        }
        guard seen == release.digest.hex else {
            throw .refused(.replayed(sequence: release.statement.sequence))
        }
    }
}
