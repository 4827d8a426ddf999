internal import Glibc
internal import NativePrimitives

/// What an agent answers; one request is answered at a time.
protocol AgentService {
    /// Answers one request. Further messages of a long one are read from `connection`.
    func answer(
        _ request: borrowing Secret, from connection: borrowing AgentSocket
    ) throws(AgentRefusal) -> Secret
}

/// Serves one agent at one socket, to the users of a list only.
package final class AgentServer: Sendable {
    private let service: any AgentService & Sendable
    private let path: String
    private let users: Set<UInt32>
    private let listener: Int32

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - users: the users whose processes are served. If that is only the agent's own, the socket
    ///     has mode 0600, otherwise 0660: then its group decides who can reach it at all.
    init(
        _ service: any AgentService & Sendable, at path: String, users: Set<UInt32>
    ) throws(AgentError) {
        self.service = service
        self.path = path
        self.users = users
        let socket = try AgentSocket.listening(
            at: path, mode: users.isSubset(of: [getuid()]) ? 0o600 : 0o660)
        listener = dup(socket.descriptor)
    }

    deinit {
        close(listener)
    }

    /// Serves until ``stop()``.
    package func run() {
        while true {
            let peer = AgentSocket.accepting(on: listener)
            guard let peer else { return }
            serve(peer)
        }
    }

    /// Ends ``run()`` after the request that is being answered.
    package func stop() {
        // The name first: once the listener is shut down, the process may be gone.
        unsafe unlink(path)
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve(_ peer: borrowing AgentSocket) {
        guard let user = peer.peerUser, users.contains(user) else {
            _ = peer.send(AgentAnswer.refusal(.forbidden))
            return peer.drain()
        }
        while let request = peer.receive() {
            guard peer.send(answer(request, from: peer)) else { return }
        }
    }

    private func answer(
        _ request: borrowing Secret, from peer: borrowing AgentSocket
    ) -> Secret {
        do throws(AgentRefusal) {
            return try service.answer(request, from: peer)
        } catch {
            return AgentAnswer.refusal(error)
        }
    }
}
