internal import Custody
internal import DurableFiles
internal import PartnerClient
internal import Wire

/// The newest head of dispatch's inbox, kept so that a view that goes back is noticed.
struct HeadFile: Sendable {
    private let path: String

    /// The file of `desk`, for its connection and for carried folders alike.
    init(of desk: Desk) {
        path = desk.folder + "/head"
    }

    /// Keeps a head that is not older than the newest seen.
    ///
    /// - Throws: ``HeadFault/wentBack`` in a ``DeskError``.
    func accept(_ head: VerifiedHead) throws {
        if let kept = try kept() {
            do throws(HeadFault) {
                try head.check(after: kept)
            } catch {
                throw DeskError.dispatch(.head(error))
            }
        }
        let text = [UInt8]("\(head.head.sequence)\n".utf8) + head.checkpoint.bytes
        try Durable.write(text.span, to: path, mode: 0o660, .replace)
    }

    /// The newest head that was accepted; nil when there was none yet.
    func kept() throws -> (sequence: Int, checkpoint: Checkpoint)? {
        guard Durable.exists(path) else { return nil }
        let kept = try Durable.read(path, limit: 64 * 1024)
        guard let end = kept.firstIndex(of: 0x0A),
            let sequence = Int(String(decoding: kept[..<end], as: UTF8.self)),
            let checkpoint = try? UnverifiedCheckpoint([UInt8](kept[(end + 1)...]))
        else { throw DeskError.altered("the newest head of dispatch cannot be read") }
        return (sequence, checkpoint.claim)
    }
}
