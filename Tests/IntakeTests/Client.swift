import Dispatch
import Foundation
import Glibc
import NativePrimitives
import Testing
import Tips
import Wire

/// An answer as it came over the wire.
struct Answer {
    var status = 0
    var fields: [String: String] = [:]
    var body: [UInt8] = []

    var refusal: Refusal? { Refusal(body: String(decoding: body, as: UTF8.self)) }
    var text: String { String(decoding: body, as: UTF8.self) }
    var offset: Int? { fields["upload-offset"].flatMap { Int($0) } }
}

/// A plain socket that speaks HTTP/1.1, so that tests can also speak it badly.
///
/// Its calls block, so they run on threads of their own, never on those that the door needs.
final class Connection: Sendable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let connected = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0)
    }

    deinit { close(descriptor) }

    /// Sends bytes; false when the other side has closed.
    @discardableResult func send(_ bytes: [UInt8]) async -> Bool {
        await blocking { self.sendNow(bytes) }
    }

    /// Everything until the other side closes; nil when it does not within the time-out.
    func readToEnd() async -> [UInt8]? {
        await blocking { self.readNow() }
    }

    private func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "connection").async { continuation.resume(returning: work()) }
        }
    }

    private func sendNow(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count {
            let rest = Array(bytes[done...])
            let sent = unsafe Glibc.send(descriptor, rest, rest.count, Int32(MSG_NOSIGNAL))
            guard sent > 0 else { return false }
            done += sent
        }
        return true
    }

    private func readNow() -> [UInt8]? {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { return all }
            // A reset after the answer is a close as well.
            if count < 0 { return errno == ECONNRESET ? all : nil }
            all += buffer[..<count]
        }
    }
}

/// Asks a door, one connection for each request.
struct Client: Sendable {
    let port: Int

    static func head(
        _ method: String, _ path: String, _ fields: [String: String], length: Int?
    ) -> [UInt8] {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        if let length { text += "Content-Length: \(length)\r\n" }
        return Array((text + "\r\n").utf8)
    }

    func ask(
        _ method: String, _ path: PublicPath, _ fields: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        try await ask(method, path.text, fields, body: body)
    }

    func ask(
        _ method: String, _ path: String, _ fields: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> Answer {
        let connection = try Connection(port: port)
        await connection.send(Self.head(method, path, fields, length: body?.count))
        if let body { await connection.send(body) }
        let bytes = await connection.readToEnd()
        return try Self.answer(#require(bytes))
    }

    static func answer(_ bytes: [UInt8]) throws -> Answer {
        let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        var answer = Answer()
        answer.status = try #require(Int(lines[0].split(separator: " ")[1]))
        for line in lines.dropFirst() {
            let halves = line.split(separator: ":", maxSplits: 1)
            answer.fields[halves[0].lowercased()] = halves[1].trimmingCharacters(in: .whitespaces)
        }
        answer.body = Array(bytes[end.upperBound...])
        return answer
    }

    /// A solved puzzle for `purpose`, bound to `digest`.
    func puzzle(_ purpose: PuzzlePurpose, _ digest: SHA256Digest) async throws -> [String: String] {
        try Self.solved(await challenge(purpose), digest)
    }

    func challenge(_ purpose: PuzzlePurpose) async throws -> PuzzleChallenge {
        let answer = try await ask("GET", .challenge(purpose))
        return try #require(
            PuzzleChallenge(text: answer.text.trimmingCharacters(in: .newlines)))
    }

    static func solved(
        _ challenge: PuzzleChallenge, _ digest: SHA256Digest
    ) throws -> [String: String] {
        var solver = PuzzleSolver<NativePrimitives>(challenge, envelope: digest)
        let counter = try Self.found(solver.run(attempts: 1 << 24))
        return ["Sallyport-Puzzle": PuzzleField(challenge: challenge, counter: counter).text]
    }

    private static func found(_ counter: UInt64?) throws -> UInt64 { try #require(counter) }

    /// Sends a whole frame with a solved puzzle.
    func send(_ frame: [UInt8], _ digest: SHA256Digest, to path: PublicPath = .tips)
        async throws -> Answer
    {
        let purpose: PuzzlePurpose = path == .tips ? .tip : .supplement
        return try await ask("POST", path, puzzle(purpose, digest), body: frame)
    }
}
