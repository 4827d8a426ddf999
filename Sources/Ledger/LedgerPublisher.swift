/// Where everybody reads the log: files below one prefix (C2SP tlog-tiles).
///
/// What a call has answered is durable. Any error thrown is a failure of storage, and the process
/// must end.
package protocol LedgerPublisher: Sendable {
    /// The signed checkpoint that is public now; nil when none ever was.
    func checkpoint() async throws -> [UInt8]?

    /// Makes a tile public under its `path`, such as `tile/0/000.p/17`.
    ///
    /// A path's content never changes; publishing it again after a crash changes nothing.
    func publish(tile path: String, content: [UInt8]) async throws

    /// Replaces the public checkpoint, at once and as a whole.
    func publish(checkpoint: [UInt8]) async throws
}
