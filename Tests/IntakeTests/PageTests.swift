import DurableFiles
import Foundation
import Intake
import NativePrimitives
import Sealing
import Testing
import Tips
import Wire

/// The door serves exactly the page that was made, and nothing that a browser would keep.
@Suite struct PageTests {
    private let door: Door
    private let folder: String

    init() throws {
        door = try Door()
        folder = door.path + "/page"
        for name in ["", "/en", "/a"] { try Durable.createDirectory(folder + name) }
        try write("/index.html", "languages")
        try write("/en/index.html", "<p>hello")
        try write("/en/index.html.br", "brotli")
        try write("/en/index.html.gz", "gzip")
        try write("/a/worker.0123.js", "1")
        try write("/a/secret.txt", "not in the manifest")
        try writeManifest()
        door.settings.page = folder
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + name))
    }

    private func digest(_ text: String) -> String {
        SHA256Digest.of([UInt8](text.utf8).span, with: NativePrimitives.self).hex
    }

    private func writeManifest(format: String = "sallyport-page/2", path: String = "/") throws {
        try write(
            "/manifest.json",
            """
            {"format":"\(format)","root":"r","files":{\
            "/a/worker.0123.js":{"identity":"\(digest("1"))"},\
            "/en/":{"identity":"\(digest("<p>hello"))","br":"\(digest("brotli"))",\
            "gzip":"\(digest("gzip"))"},"\(path)":{"identity":"\(digest("languages"))"}}}
            """)
    }

    @Test func `A file comes in the encoding that the browser takes`() async throws {
        try await door.serve { client in
            let plain = try await client.ask("GET", "/en/")
            #expect(plain.status == 200 && plain.text == "<p>hello")
            for (accepted, encoding) in [("gzip, br", "br"), ("gzip;q=1, deflate", "gzip")] {
                let answer = try await client.ask(
                    "GET", "/en/", ["Accept-Encoding": accepted])
                #expect(answer.fields["content-encoding"] == encoding)
                #expect(answer.text == (encoding == "br" ? "brotli" : "gzip"))
            }
        }
    }

    @Test func `The browser keeps nothing, loads nothing else, and wasm is the worker's`()
        async throws
    {
        try await door.serve { client in
            for path in ["/", "/en/", "/a/worker.0123.js"] {
                let answer = try await client.ask("GET", path)
                let policy = try #require(answer.fields["content-security-policy"])
                #expect(answer.fields["cache-control"] == "no-store")
                #expect(answer.fields["x-content-type-options"] == "nosniff")
                #expect((answer.fields["referrer-policy"] == "no-referrer") == path.hasSuffix("/"))
                #expect(policy.hasPrefix("default-src 'none'"))
                #expect(policy.contains("wasm-unsafe-eval") == path.hasPrefix("/a/worker"))
                #expect(!policy.contains("unsafe-inline") && !policy.contains("http"))
                #expect(answer.fields["set-cookie"] == nil)
            }
        }
    }

    @Test(arguments: [
        "/a/secret.txt", "/xx/", "/en", "/en/index.html", "/a/", "/a/..", "/manifest.json",
    ])
    func `What the manifest does not name is not there`(path: String) async throws {
        try await door.serve { client in
            let answer = try await client.ask("GET", path)
            #expect(answer.status == 404)
        }
    }

    @Test func `A door without a page has none`() async throws {
        door.settings.page = nil
        try await door.serve { client in
            let answer = try await client.ask("GET", "/")
            #expect(answer.status == 404)
        }
    }

    @Test func `An altered file keeps the door shut, and is named`() throws {
        for (ending, right) in [("", "<p>hello"), (".br", "brotli"), (".gz", "gzip")] {
            try write("/en/index.html" + ending, "<p>hallo")
            #expect(throws: PageError.altered("/en/" + ending)) { try PageFiles(path: folder) }
            try write("/en/index.html" + ending, right)
        }
    }

    @Test(arguments: ["/../x", "/mailbox/", "/a/x/y", "en", "/a/.x"])
    func `A path that no page has is refused`(path: String) throws {
        try writeManifest(path: path)
        #expect(throws: (any Error).self) { try PageFiles(path: folder) }
    }

    @Test func `Another manifest is refused`() throws {
        try writeManifest(format: "sallyport-page/3")
        #expect(throws: PageManifestError.unreadable) { try PageFiles(path: folder) }
    }
}
