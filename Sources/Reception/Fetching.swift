internal import Agencies
internal import Custody
internal import DurableFiles
package import Forwarding
package import PartnerClient
internal import Tips
internal import Wire

/// Fetches what waits for the office, verifies it, and remembers dispatch's signed count.
package struct Fetching: Sendable {
    /// What became of one bundle of the list.
    package enum Outcome: Sendable {
        /// Fetched now and verified.
        case verified(path: String, VerifiedRelease)
        /// Fetched by an earlier run; not looked at again.
        case present(path: String)
        /// Refused: kept under another name, as evidence for the desk.
        case refused(path: String, ReceptionError)
    }

    private let home: AgencyHome
    private let inspection: Inspection
    private let client: OfficeClient

    /// A fetch through `client`, which must be of the office of `home`.
    package init(_ home: AgencyHome, _ inspection: Inspection, through client: OfficeClient) {
        self.home = home
        self.inspection = inspection
        self.client = client
    }

    /// Fetches into `folder`, going on where an earlier run was cut off.
    ///
    /// 1. The list's signed head must not show less than the newest head kept.
    /// 2. Each bundle that is not there is fetched under its statement's digest and verified; what
    ///    is not the bundle that was listed, or is refused, is renamed to end in `.refused`.
    /// 3. The head is kept.
    ///
    /// - Throws: ``ReceptionError``; bundles that were fetched and verified stay.
    package func run(
        into folder: String, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws(ReceptionError) -> [Outcome] {
        let (head, list) = try await listing()
        try compare(head)
        try filing { () throws(FileError) in try Durable.createDirectory(folder) }
        var outcomes: [Outcome] = []
        for entry in list.entries {
            outcomes.append(try await fetch(entry, into: folder, progress))
        }
        try keep(head)
        return outcomes
    }

    private func listing() async throws(ReceptionError) -> (VerifiedHead, OfficeListing) {
        do throws(PartnerError) {
            let (head, list) = try await client.listing()
            return (head, list)
        } catch {
            throw .partner(error)
        }
    }

    private func fetch(
        _ entry: OfficeListing.Entry, into folder: String,
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(ReceptionError) -> Outcome {
        let path = "\(folder)/\(entry.bundle.hex.prefix(16)).bundle.tar"
        if Durable.exists(path) { return .present(path: path) }
        do throws(PartnerError) {
            try await client.download(entry, to: path, progress: progress)
        } catch {
            throw .partner(error)
        }
        do throws(ReceptionError) {
            let release = try inspection.verify(path).release
            guard release.digest == entry.bundle else { throw .refused(.otherBundle) }
            return .verified(path: path, release)
        } catch {
            // A disk that fails says nothing about the bundle.
            guard case .refused = error else { throw error }
            let refused = path + ".refused"
            try filing { () throws(FileError) in try Durable.move(path, to: refused, .replace) }
            return .refused(path: refused, error)
        }
    }

    private func compare(_ head: VerifiedHead) throws(ReceptionError) {
        guard let line = try home.read("head") else { return }
        guard let earlier = Self.parse(line) else {
            throw .badHome(path: home.path + "/head", problem: "it is damaged")
        }
        do throws(HeadFault) {
            try head.check(after: earlier)
        } catch {
            throw .partner(.head(error))
        }
    }

    private func keep(_ head: VerifiedHead) throws(ReceptionError) {
        let checkpoint = head.checkpoint.checkpoint
        let line =
            "\(head.head.sequence) \(checkpoint.origin) \(checkpoint.size) \(checkpoint.root.hex)\n"
        try home.write(line, to: "head")
    }

    private static func parse(_ line: String) -> (sequence: Int, checkpoint: Checkpoint)? {
        let fields = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4, let sequence = Int(fields[0]), sequence >= 0,
            let origin = NoteKeyName(fields[1]), let size = UInt64(fields[2]),
            let root = Hash(hex: fields[3])
        else { return nil }
        return (sequence, Checkpoint(origin: origin, size: size, root: root))
    }
}
