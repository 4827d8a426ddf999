internal import Glibc
internal import NativePrimitives
internal import Sealing

/// A connected or listening Unix stream socket, closed when its owner goes.
struct AgentSocket: ~Copyable {
    /// Most bytes of one message.
    static let messageLimit = 40 * 1024 * 1024
    /// Seconds that a peer may stay silent in the middle of a conversation.
    static let silenceSeconds = 120

    let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Listens at `path` with `mode`; a socket that nobody listens at any more is replaced.
    static func listening(at path: String, mode: UInt32) throws(AgentError) -> AgentSocket {
        if (try? connecting(to: path)) != nil {
            throw .unreachable(path: path, why: "another agent listens there already")
        }
        unsafe unlink(path)
        let socket = try make(path)
        // Nobody can connect before `listen`. The umask, which is the whole process's, is left alone.
        let bound = unsafe withAddress(of: path) { unsafe bind(socket.descriptor, $0, $1) }
        guard bound == 0, unsafe chmod(path, mode) == 0, listen(socket.descriptor, 16) == 0 else {
            throw .unreachable(path: path, why: reason())
        }
        return socket
    }

    /// Connects to the agent at `path`.
    static func connecting(to path: String) throws(AgentError) -> AgentSocket {
        let socket = try make(path)
        let connected = unsafe withAddress(of: path) { unsafe connect(socket.descriptor, $0, $1) }
        guard connected == 0 else { throw .unreachable(path: path, why: reason()) }
        return socket
    }

    /// The next connection; nil when the socket was shut down.
    static func accepting(on listener: Int32) -> AgentSocket? {
        while true {
            let peer = accept(listener, nil, nil)
            if peer >= 0 {
                _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
                let socket = AgentSocket(descriptor: peer)
                socket.setTimeout()
                return socket
            }
            guard errno == EINTR || errno == ECONNABORTED else { return nil }
        }
    }

    /// The user that the peer's process runs as (`SO_PEERCRED`); nil when the system does not say.
    ///
    /// `struct ucred` (process, user, group: three 32-bit numbers) is not imported into Swift.
    var peerUser: UInt32? {
        var credentials: [UInt32] = [0, 0, 0]
        var length = socklen_t(12)
        let done = unsafe credentials.withUnsafeMutableBytes { buffer in
            unsafe getsockopt(
                descriptor, SOL_SOCKET, SO_PEERCRED, buffer.baseAddress, &length)
        }
        guard done == 0, length == 12 else { return nil }
        return credentials[1]
    }

    /// Sends one message: its length in four bytes, then its bytes.
    func send(_ message: borrowing Secret) -> Bool {
        let count = UInt32(message.count)
        let head = (0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * $0)) }
        return write(head.span) && message.withBytes { write($0) }
    }

    /// The next message; nil at the end, after a silence, or when it is too long.
    func receive() -> Secret? {
        guard let head = read(count: 4) else { return nil }
        let count = head.withBytes {
            Int($0[0]) << 24 | Int($0[1]) << 16 | Int($0[2]) << 8 | Int($0[3])
        }
        guard count <= Self.messageLimit else { return nil }
        return read(count: count)
    }

    /// Ends the conversation so that the peer reads the last answer: closing a socket with bytes
    /// unread would take it away again. At most 64 KiB and a second are spent on it.
    func drain() {
        shutdown(descriptor, Int32(SHUT_WR))
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var dropped = [UInt8](repeating: 0, count: 64 * 1024)
        unsafe recv(descriptor, &dropped, dropped.count, 0)
    }

    private func write(_ bytes: Span<UInt8>) -> Bool {
        var done = 0
        while done < bytes.count {
            let sent = unsafe bytes.withUnsafeBytes {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[done...])
                return unsafe Glibc.send(
                    descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { return false }
            done += sent
        }
        return true
    }

    private func read(count: Int) -> Secret? {
        var bytes = Secret(count: count)
        var done = 0
        while done < count {
            let got = bytes.withMutableBytes { buffer in
                unsafe buffer.withUnsafeMutableBytes {
                    let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: $0[done...])
                    return unsafe recv(descriptor, rest.baseAddress, rest.count, 0)
                }
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            done += got
        }
        return bytes
    }

    private func setTimeout() {
        var limit = timeval(tv_sec: Self.silenceSeconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            unsafe setsockopt(
                descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    private static func make(_ path: String) throws(AgentError) -> AgentSocket {
        guard path.utf8.count < 108 else {
            throw .unreachable(path: path, why: "a socket's path has at most 107 bytes")
        }
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw .unreachable(path: path, why: reason()) }
        return AgentSocket(descriptor: descriptor)
    }

    private static func withAddress(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: path.utf8)
        }
        return unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func reason() -> String { unsafe String(cString: strerror(errno)) }
}
