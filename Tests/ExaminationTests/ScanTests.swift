import Glibc
import Synchronization
import Testing

@testable import Examination

/// The scanner's answers, and a scanner that misbehaves.
@Suite struct ScanTests {
    @Test func onlyOneAnswerIsClean() {
        func outcome(_ answer: String) -> ScanAnswer.Outcome { ClamAV.outcome(of: answer) }
        #expect(outcome("stream: OK") == .clean)
        #expect(outcome("stream: Win.Test.EICAR_HDB-1 FOUND") == .found("Win.Test.EICAR_HDB-1"))
        #expect(
            outcome("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND")
                == .couldNotScan(.scannerLimit))
        #expect(
            outcome("stream: Heuristics.Encrypted.Zip FOUND") == .couldNotScan(.encrypted))
        #expect(outcome("INSTREAM size limit exceeded. ERROR") == .couldNotScan(.tooLarge))
        for answer in [
            "", "stream: ", "stream:  FOUND", "stream: FOUND", "stream: OK ", "OK",
            "stream: Can't allocate memory ERROR",
        ] { #expect(outcome(answer) == .couldNotScan(.scannerError), "\(answer)") }
        #expect(outcome("stream: OK\nstream: x FOUND") != .clean)
        #expect(outcome("stream: a\u{202E}b FOUND") == .found("a⟨U+202E⟩b"))
    }

    @Test func theAgeOfSignaturesIsRead() throws {
        let engine = try #require(ScanEngine("ClamAV 1.4.6/27445/Tue Nov  4 08:31:02 2026"))
        #expect(engine.version == "1.4.6")
        #expect(engine.database == 27_445)
        #expect(engine.databaseDay == "2026-11-04")
        #expect(engine.databaseDayNumber == 1_793_750_400 / 86_400)
        for (answer, day) in [
            ("ClamAV 1.0.0/1/Thu Jan  1 00:00:00 1970", 0),
            ("ClamAV 1.0.0/1/Thu Feb 29 00:00:00 2024", 19_782),
            ("ClamAV 1.0.0/1/Fri Mar  1 00:00:00 2024", 19_783),
        ] { #expect(ScanEngine(answer)?.databaseDayNumber == day) }
        for answer in [
            "", "ClamAV 1.4.6", "ClamAV 1.4.6/27445", "ClamAV 1.4.6/27445/", "Clam/1/Tue Nov 4",
            "ClamAV 1.4.6/x/Tue Nov  4 08:31:02 2026", "ClamAV 1.4.6/1/Tue Nov 32 08:31:02 2026",
            "ClamAV 1.4.6/1/Tue Foo  4 08:31:02 2026", "ClamAV \u{1B}/1/Tue Nov  4 08:31:02 2026",
        ] { #expect(ScanEngine(answer) == nil, "\(answer)") }
    }

    private let file = try? MemoryFile([UInt8](repeating: 7, count: 1 << 20), limit: 1 << 20)
    private static let version = "ClamAV 1.4.6/27445/Tue Nov  4 08:31:02 2026\u{0}"
    /// The day after these signatures were made.
    private static let now = 1_793_750_400 + 86_400

    private func scan(_ answers: [String], now: Int = now, readsAll: Bool = true) throws
        -> ScanAnswer
    {
        let scanner = try FakeScanner(answers: answers, readsAll: readsAll)
        let answer = ClamAV(socketPath: scanner.path).scan(try #require(file), unixTime: now)
        withExtendedLifetime(scanner) {}
        return answer
    }

    @Test func aWholeConversation() throws {
        let answer = try scan([Self.version, "stream: OK\u{0}"])
        #expect(answer.outcome == .clean)
        #expect(answer.engine?.databaseDay == "2026-11-04")
    }

    @Test func anEarlyAnswerAndAClosedSocketAreHeard() throws {
        let answer = try scan(
            [Self.version, "INSTREAM size limit exceeded. ERROR\u{0}"], readsAll: false)
        #expect(answer.outcome == .couldNotScan(.tooLarge))
    }

    @Test func oldSignaturesAreNoScan() throws {
        let later = Self.now + ClamAV.databaseDays * 86_400
        let answer = try scan([Self.version, "stream: OK\u{0}"], now: later)
        #expect(answer.outcome == .couldNotScan(.oldDatabase))
        #expect(answer.engine?.databaseDay == "2026-11-04")
    }

    @Test func signaturesWithoutADateAreNoScan() throws {
        let answer = try scan(["ClamAV 1.4.6\u{0}", "stream: OK\u{0}"])
        #expect(answer.outcome == .couldNotScan(.unknownDatabase))
    }

    @Test func whateverElseIsSaidIsNotClean() throws {
        for said in ["stream: OK", "", String(repeating: "x", count: 5000), "\u{0}"] {
            let answer = try scan([Self.version, said])
            #expect(answer.outcome == .couldNotScan(.scannerError))
        }
        #expect(try scan(["rubbish\u{0}"]).outcome == .couldNotScan(.scannerError))
    }

    @Test func withoutAScannerNothingIsClean() throws {
        let file = try #require(file)
        #expect(
            ClamAV(socketPath: nil).scan(file, unixTime: 0).outcome
                == .couldNotScan(.notConfigured))
        for path in ["/nonexistent", "/tmp", String(repeating: "x", count: 200)] {
            #expect(
                ClamAV(socketPath: path).scan(file, unixTime: 0).outcome
                    == .couldNotScan(.unreachable))
        }
    }
}

/// A daemon that says what it is told to, one answer for each connection, and then hangs up.
private final class FakeScanner: Sendable {
    let path: String
    /// A descriptor of its own: the thread's may be closed, and its number be another socket's by now.
    private let listener: Int32

    init(answers: [String], readsAll: Bool) throws {
        let path = "/tmp/scan-test-\(getpid())-\(UInt32.random(in: 0..<(.max)))"
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: [UInt8](path.utf8))
        }
        let bound = unsafe withUnsafeBytes(of: &address) {
            unsafe bind(
                listener, $0.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(MemoryLayout<sockaddr_un>.size))
        }
        #expect(bound == 0 && listen(listener, 4) == 0)
        (self.path, self.listener) = (path, dup(listener))
        Thread.detach {
            defer { close(listener) }
            for answer in answers {
                let peer = accept(listener, nil, nil)
                guard peer >= 0 else { return }
                Self.readRequest(peer, all: readsAll || answer.hasPrefix("ClamAV"))
                let bytes = [UInt8](answer.utf8)
                unsafe send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                close(peer)
            }
        }
    }

    /// A command to its zero byte; of a stream, everything to the empty chunk if `all`.
    private static func readRequest(_ peer: Int32, all: Bool) {
        func take(_ count: Int) -> [UInt8]? {
            var bytes: [UInt8] = []
            while bytes.count < count {
                var piece = [UInt8](repeating: 0, count: count - bytes.count)
                let got = unsafe recv(peer, &piece, piece.count, 0)
                guard got > 0 else { return nil }
                bytes += piece[..<got]
            }
            return bytes
        }
        var command: [UInt8] = []
        while command.last != 0, let byte = take(1) { command += byte }
        guard all, command.elementsEqual("zINSTREAM\u{0}".utf8) else { return }
        while let length = take(4)?.reduce(0, { $0 << 8 | Int($1) }), length > 0 {
            _ = take(length)
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        unsafe unlink(path)
    }
}

/// A thread of its own for a closure.
private enum Thread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    static func detach(_ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let body = unsafe Unmanaged.passRetained(Body(run))
        unsafe pthread_create(
            &thread, nil,
            { body in
                guard let body = unsafe body else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        pthread_detach(thread)
    }
}
