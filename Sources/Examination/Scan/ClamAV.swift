internal import Glibc

/// ClamAV's daemon behind a Unix socket: a file's bytes go there in chunks (`zINSTREAM`).
///
/// The daemon parses what strangers send. It runs as a user of its own without a network, and its
/// `TemporaryDirectory` must be in memory (`Deploy/config/clamd.conf`): it writes the stream there.
package struct ClamAV: Sendable {
    /// Most days since the signatures were made; older ones are no scan.
    package static let databaseDays = 14
    /// Most seconds that a scan may take.
    package static let scanSeconds = 180
    /// Bytes of one chunk of the stream.
    static let chunkBytes = 256 * 1024
    /// Most bytes of an answer.
    static let answerBytes = 1024

    /// Where the daemon listens; nil when there is none.
    package let socketPath: String?

    /// A scanner at this path.
    package init(socketPath: String?) { self.socketPath = socketPath }

    /// Asks the daemon about a file.
    ///
    /// - Parameter unixTime: now, in seconds since 1970, to tell how old the signatures are.
    package func scan(_ file: MemoryFile, unixTime: Int) -> ScanAnswer {
        do throws(ScanFailure) {
            let version = try ask("zVERSION\u{0}")
            guard let engine = ScanEngine(version) else {
                throw ScanFailure(version.hasPrefix("ClamAV ") ? .unknownDatabase : .scannerError)
            }
            let age = unixTime / 86_400 - engine.databaseDayNumber
            guard age <= Self.databaseDays else {
                return ScanAnswer(.couldNotScan(.oldDatabase), engine: engine)
            }
            do throws(ScanFailure) {
                let outcome = Self.outcome(of: try stream(file))
                return ScanAnswer(outcome, engine: engine)
            } catch {
                return ScanAnswer(.couldNotScan(error.obstacle), engine: engine)
            }
        } catch {
            return ScanAnswer(.couldNotScan(error.obstacle))
        }
    }

    /// What an answer to `zINSTREAM` says. A name of the scanner's own limits is no finding.
    package static func outcome(of answer: String) -> ScanAnswer.Outcome {
        if answer == "stream: OK" { return .clean }
        if answer.hasPrefix("INSTREAM size limit exceeded.") { return .couldNotScan(.tooLarge) }
        let (start, end) = ("stream: ", " FOUND")
        guard answer.hasPrefix(start), answer.hasSuffix(end),
            answer.utf8.count > start.utf8.count + end.utf8.count
        else { return .couldNotScan(.scannerError) }
        let name = answer.dropFirst(start.count).dropLast(end.count)
        if name.hasPrefix("Heuristics.Limits.") { return .couldNotScan(.scannerLimit) }
        if name.hasPrefix("Heuristics.Encrypted.") { return .couldNotScan(.encrypted) }
        return .found(ReportText.shown(name.utf8))
    }

    private func ask(_ command: String) throws(ScanFailure) -> String {
        let connection = try ScanConnection(socketPath)
        guard connection.send([UInt8](command.utf8)) else { throw ScanFailure(.unreachable) }
        return try connection.answer()
    }

    /// Sends the whole file; the daemon may answer before its end, and then reads no more.
    private func stream(_ file: MemoryFile) throws(ScanFailure) -> String {
        let connection = try ScanConnection(socketPath)
        var isOpen = connection.send([UInt8]("zINSTREAM\u{0}".utf8))
        var offset = 0
        while isOpen, offset < file.byteCount, !connection.hasAnswer {
            guard let chunk = try? file.read(at: offset, count: Self.chunkBytes) else {
                throw ScanFailure(.scannerError)
            }
            isOpen = connection.send(Self.length(chunk.count) + chunk)
            offset += chunk.count
        }
        if isOpen, !connection.hasAnswer { _ = connection.send(Self.length(0)) }
        return try connection.answer()
    }

    private static func length(_ count: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
    }
}

/// Why there is no answer.
struct ScanFailure: Error, Equatable {
    let obstacle: ScanAnswer.Obstacle
    init(_ obstacle: ScanAnswer.Obstacle) { self.obstacle = obstacle }
}

/// One conversation with the daemon, bounded in time.
struct ScanConnection: ~Copyable {
    private let descriptor: Int32
    private let end: ContinuousClock.Instant

    /// - Throws: ``ScanFailure``.
    init(_ path: String?) throws(ScanFailure) {
        guard let path, !path.isEmpty else { throw ScanFailure(.notConfigured) }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw ScanFailure(.unreachable) }
        guard Self.connect(descriptor, path) else {
            close(descriptor)
            throw ScanFailure(.unreachable)
        }
        self.descriptor = descriptor
        end = .now + .seconds(ClamAV.scanSeconds)
    }

    deinit { close(descriptor) }

    private static func connect(_ descriptor: Int32, _ path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = [UInt8](path.utf8)
        let isShort = unsafe withUnsafeMutableBytes(of: &address.sun_path) { buffer in
            guard bytes.count < buffer.count else { return false }
            unsafe buffer.copyBytes(from: bytes)
            return true
        }
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            unsafe setsockopt(
                descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        guard isShort else { return false }
        return unsafe withUnsafeBytes(of: &address) {
            let length = socklen_t(MemoryLayout<sockaddr_un>.size)
            let pointer = unsafe $0.assumingMemoryBound(to: sockaddr.self).baseAddress
            return unsafe Glibc.connect(descriptor, pointer, length) == 0
        }
    }

    /// Whether the daemon has said something, or hung up.
    var hasAnswer: Bool {
        var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&waited, 1, 0) > 0
    }

    /// Sends all bytes; false when the daemon takes no more.
    func send(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count {
            let position = done
            let sent = unsafe bytes.withUnsafeBytes {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[position...])
                return unsafe Glibc.send(
                    descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if sent > 0 {
                done += sent
            } else if !Self.isPatient(errno) || hasAnswer || ContinuousClock.now >= end {
                return false
            }
        }
        return true
    }

    /// The answer: everything to its zero byte.
    ///
    /// - Throws: ``ScanFailure``.
    func answer() throws(ScanFailure) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: ClamAV.answerBytes)
        while bytes.last != 0 {
            let got = unsafe recv(descriptor, &piece, piece.count, 0)
            if got > 0 {
                bytes += piece[..<got]
                guard bytes.count <= ClamAV.answerBytes else { throw ScanFailure(.scannerError) }
            } else {
                guard got < 0, Self.isPatient(errno) else { throw ScanFailure(.scannerError) }
                guard ContinuousClock.now < end else { throw ScanFailure(.timeLimit) }
            }
        }
        guard let text = String(validating: bytes.dropLast(), as: UTF8.self) else {
            throw ScanFailure(.scannerError)
        }
        return text
    }

    /// Whether it is only that nothing came for a second.
    private static func isPatient(_ code: Int32) -> Bool { code == EINTR || code == EAGAIN }
}
