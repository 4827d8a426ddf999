internal import Agencies
internal import Agents
internal import Synchronization
internal import Verification

/// The console of one verifier at one desk: what every page of it needs.
package final class Console: Sendable {
    /// The desk's folder.
    let folder: String
    /// The folder that is carried between dispatch and the desk; nil when they are connected.
    let carried: String?
    /// The verifier's signing agent, which alone holds their key.
    let signer: SigningAgentClient
    /// Where that agent listens, for messages.
    let signerPath: String
    /// Where the malware scanner listens.
    let scanner: String
    /// Who is let in.
    let sessions: Sessions
    /// Where blocking work runs.
    let threads = DeskThreads()
    /// What is done in the background.
    let work: Work
    /// Room for safe copies, in memory.
    let copies = CopyRoom()
    /// The queue, in memory.
    let queue = QueueKeeper()
    /// What is due to be destroyed, as it was looked up last.
    let retention = RetentionKeeper()
    private let show: @Sendable (String) -> Void
    private let port = Mutex(0)

    /// A console at the desk in `folder`, for whoever is behind the signing agent at `signer`.
    ///
    /// - Parameters:
    ///   - scanner: ClamAV's socket.
    ///   - show: shows a line at the terminal.
    package init(
        desk folder: String, signer: String, carried: String? = nil, scanner: String,
        show: @escaping @Sendable (String) -> Void
    ) {
        self.folder = folder
        self.carried = carried
        self.signer = SigningAgentClient(signer)
        signerPath = signer
        self.scanner = scanner
        sessions = Sessions()
        work = Work(threads)
        self.show = show
    }

    /// Opens the desk anew: by today's directory, clock and agent.
    ///
    /// - Throws: ``DeskError``.
    func desk() throws(DeskError) -> Desk {
        let work = work
        return try Desk.open(folder) { what, done, total in
            work.tell("\(what): \(done >> 20) of \(total >> 20) MiB")
        }
    }

    /// The way to dispatch.
    ///
    /// - Throws: ``DeskError``.
    func link(_ desk: Desk) throws(DeskError) -> any DispatchLink {
        if let carried { return CarriedFolder(carried, of: desk) }
        return try ConnectedDispatch(desk)
    }

    /// Shows a new address at the terminal; whoever is in is out.
    package func showNewAddress() {
        let port = port.withLock { $0 }
        guard port > 0 else { return }
        show(
            "http://\(RequestRules.host(port: port))\(ConsolePath.entryText)/\(sessions.newCode())")
    }

    /// The console is served on this port now.
    func isServed(on port: Int) {
        self.port.withLock { $0 = port }
        showNewAddress()
    }
}
