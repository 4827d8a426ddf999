import Dispatch
import Foundation
import Glibc
import Testing

/// An answer as it came over the wire.
struct Answer {
    var status = 0
    var fields: [String: String] = [:]
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }
}

/// Speaks HTTP/1.1 to a port of this machine, with any fields, also ones that no browser sends.
struct Client: Sendable {
    let port: Int

    var host: String { "127.0.0.1:\(port)" }

    /// Asks on a connection of its own; `fields` may replace the host.
    func ask(
        _ method: String, _ path: String, _ fields: [String: String] = [:], body: String? = nil
    ) async throws -> Answer {
        var all = ["Host": host].merging(fields) { $1 }
        all["Connection"] = "close"
        if let body { all["Content-Length"] = "\(body.utf8.count)" }
        let head = all.map { "\($0): \($1)\r\n" }.joined()
        let request = [UInt8]("\(method) \(path) HTTP/1.1\r\n\(head)\r\n\(body ?? "")".utf8)
        let port = port
        let bytes = await withCheckedContinuation { continuation in
            DispatchQueue(label: "client").async {
                continuation.resume(returning: Self.exchange(request, port: port))
            }
        }
        return try Self.answer(bytes)
    }

    private static func exchange(_ request: [UInt8], port: Int) -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return [] }
        _ = unsafe send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return all }
            all += buffer[..<count]
        }
    }

    private static func answer(_ bytes: [UInt8]) throws -> Answer {
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
}
