import Agencies
import Agents
import DeskKit
import Foundation
import Testing
import Verification

@testable import DeskConsole

/// A desk with real agents, and its console on a real port.
final class ConsoleWorld {
    let agents: DeskWorld
    let folder: String
    private let addresses = AsyncStream.makeStream(of: String.self)

    init() throws {
        agents = try DeskWorld()
        folder = agents.folder + "/desk"
        try DeskSettings(
            root: agents.rootVerifier, agent: agents.folder + "/desk.sock", dispatch: "",
            certificates: ""
        ).create(in: folder)
        _ = try Desk.take(
            directory: try agents.directory(), policy: try DeskWorld.policy().encoded, in: folder)
    }

    /// Serves ana's console while `body` runs.
    func serve(_ body: (Visitor) async throws -> Void) async throws {
        let shown = addresses.continuation
        let console = Console(
            desk: folder, signer: agents.folder + "/ana.sock", carried: agents.folder + "/stick",
            scanner: agents.folder + "/no-scanner"
        ) { shown.yield($0) }
        let running = Task { try await ConsoleServer(console, port: 0).run() }
        var iterator = addresses.stream.makeAsyncIterator()
        let first = try #require(await iterator.next())
        let visitor = try Visitor(first, console)
        let result = await Result { try await body(visitor) }
        running.cancel()
        _ = await running.result
        try result.get()
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

/// A browser without eyes: keeps the cookie and the session's path.
final class Visitor {
    let client: Client
    let console: Console
    private(set) var code: String
    var prefix = ""
    var cookie = ""
    var token = ""

    init(_ address: String, _ console: Console) throws {
        let url = try #require(URL(string: address))
        client = Client(port: try #require(url.port))
        code = url.lastPathComponent
        self.console = console
    }

    var origin: String { "http://\(client.host)" }

    /// What a browser sends along with a form.
    var form: [String: String] {
        [
            "Origin": origin, "Sec-Fetch-Site": "same-origin", "Cookie": "desk=\(cookie)",
            "Content-Type": "application/x-www-form-urlencoded",
        ]
    }

    /// Enters with a code, by default the one that was shown.
    func enter(_ code: String? = nil) async throws -> Answer {
        let answer = try await client.ask(
            "POST", "/enter", form, body: "code=\(code ?? self.code)")
        guard answer.status == 303 else { return answer }
        prefix = String(try #require(answer.fields["location"]).split(separator: "/")[0])
        let field = try #require(answer.fields["set-cookie"])
        cookie = String(field.dropFirst("desk=".count).prefix { $0 != ";" })
        let page = try await get("/")
        let marker = "name=\"token\" value=\""
        let range = try #require(page.text.firstRange(of: marker))
        token = String(page.text[range.upperBound...].prefix(64))
        return answer
    }

    func get(_ path: String, _ more: [String: String] = [:]) async throws -> Answer {
        try await client.ask(
            "GET", "/\(prefix)\(path)",
            ["Cookie": "desk=\(cookie)", "Sec-Fetch-Site": "same-origin"].merging(more) { $1 })
    }

    func post(
        _ path: String, _ body: String, _ more: [String: String] = [:]
    ) async throws -> Answer {
        try await client.ask(
            "POST", "/\(prefix)\(path)", form.merging(more) { $1 }, body: "token=\(token)&\(body)")
    }
}
