import Custody
import Foundation
import Opening
import Sealing
import ReleaseKit
import Testing

/// An office that has nothing of ours opens its bundle with tar, age, openssl and sha256sum.
@Suite final class StockToolTests {
    let folder = NSTemporaryDirectory() + "stock-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Runs a tool in the folder; its output, or nil when it failed. Fails loudly when it is not
    /// installed.
    func run(_ tool: String, _ arguments: String...) throws -> Data? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/" + tool)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try #require(
            FileManager.default.isExecutableFile(atPath: "/usr/bin/" + tool),
            "\(tool) is not installed: apt-get install age openssl tar coreutils")
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? data : nil
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: folder + "/" + name))
    }

    @Test func `stock tools open a bundle of an X25519 office`() throws {
        let world = try SampleWorld()
        let release = try SampleRelease(for: "office-b", in: world)
        try write(release.build(in: world).tar(), to: "bundle.tar")
        let identity = world.officeB.text.withBytes { [UInt8](copying: $0) }
        try write(identity + [0x0A], to: "identity")
        for (person, number) in SampleWorld.persons {
            try write([UInt8](SampleWorld.key(number).publicKey.pem.utf8), to: person + ".pem")
        }
        #expect(try run("tar", "xf", "bundle.tar") != nil)
        #expect(try run("sha256sum", "--strict", "-c", "SHA256SUMS") != nil)
        for person in ["alice", "bob"] {
            #expect(try verify(by: person) != nil)
        }
        #expect(
            try run("age", "-d", "-i", "identity", "parts/00.age")
                == Data(release.parts[0].original))
        let tar = try required(run("age", "-d", "-i", "identity", "parts/01.age"))
        try write([UInt8](tar), to: "evidence.tar")
        #expect(try run("tar", "xOf", "evidence.tar") == Data(release.parts[1].original))
        let cover = try required(run("age", "-d", "-i", "identity", "cover.age"))
        #expect(String(decoding: cover, as: UTF8.self).contains("NON-PUNISHMENT"))
    }

    @Test func `stock tools notice an altered part`() throws {
        let world = try SampleWorld()
        let release = try SampleRelease(for: "office-b", in: world)
        var files = try release.build(in: world).files()
        let index = try required(files.firstIndex { $0.name == "parts/01.age" })
        files[index].bytes[5_000] ^= 1
        try write(SampleBundle.tar(files), to: "bundle.tar")
        try write([UInt8](SampleWorld.key(12).publicKey.pem.utf8), to: "bob.pem")
        #expect(try run("tar", "xf", "bundle.tar") != nil)
        #expect(try run("sha256sum", "--strict", "-c", "SHA256SUMS") == nil)
        #expect(try verify(by: "bob") == nil, "carol's key is not bob's")
    }

    func verify(by person: String) throws -> Data? {
        try run(
            "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", person + ".pem", "-rawin", "-in",
            "SHA256SUMS", "-sigfile", "SHA256SUMS.\(person).sig")
    }
}
