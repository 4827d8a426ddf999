import Foundation
import Serving
import Testing

@Suite struct SettingsFileTests {
    private func file(
        _ text: String, environment: [String: String] = [:]
    ) async throws -> SettingsFile {
        let path = NSTemporaryDirectory() + "settings-\(UInt64.random(in: 0 ... .max)).yaml"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await SettingsFile(path: path, prefix: "DOOR", environment: environment)
    }

    private func server(
        _ text: String, environment: [String: String] = [:]
    ) async throws -> ServerSettings {
        let file = try await file(text, environment: environment)
        let settings = try ServerSettings(file, defaultPort: 8000)
        try file.finish()
        return settings
    }

    @Test func `Settings come from the file, and variables win`() async throws {
        let text = "# a comment\nlisten:\n  host: 127.0.0.2\n  port: 81\n"
        let settings = try await server(text, environment: ["DOOR_LISTEN_PORT": "82", "PATH": "/"])
        #expect(settings.host == "127.0.0.2")
        #expect(settings.port == 82)
        #expect(settings.maxConnections == 512)
    }

    @Test func `A setting that does not exist is an error`() async throws {
        await #expect(throws: SettingsError.unknown(["listen_prot (DOOR_LISTEN_PROT)"])) {
            _ = try await server("listen:\n  prot: 81\n")
        }
        await #expect(throws: SettingsError.unknown(["x (DOOR_X)"])) {
            _ = try await server("listen:\n  port: 81\n", environment: ["DOOR_X": "1"])
        }
    }

    @Test(arguments: ["many", "-1", "65536", "1.5", "\"\""])
    func `A value of another kind is an error`(value: String) async throws {
        await #expect(
            throws: SettingsError.invalid("listen.port", "needs a whole number from 0 to 65535")
        ) { _ = try await server("listen:\n  port: \(value)\n") }
    }

    @Test(arguments: ["0.0.0.0", "::", "192.0.2.1", "localhost", "127.0.0", "128.0.0.1"])
    func `Only loopback is bound without TLS`(host: String) async throws {
        await #expect(throws: SettingsError.self) {
            _ = try await server("listen:\n  host: \"\(host)\"\n")
        }
        let tls = "tls:\n  certificate: a.pem\n  key: b.pem\n"
        #expect(try await server("listen:\n  host: \"\(host)\"\n" + tls).tls != nil)
    }

    @Test(arguments: ["- a\n", "listen: {port: 81}\n  x\n", "listen:\n   port: 1\n", "Listen: 1\n"])
    func `Other YAML is an error`(text: String) async throws {
        await #expect(throws: SettingsError.self) { _ = try await server(text) }
    }
}
