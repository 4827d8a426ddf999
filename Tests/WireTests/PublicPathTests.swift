import Testing
import Wire

@Suite struct PublicPathTests {
    static let address = [UInt8](repeating: 0xA5, count: 32)

    static let paths: [PublicPath] = [
        .health, .directory, .checkpoint, .tips, .supplements, .uploads, .upload(address),
        .mailbox(address), .parked(address), .challenge(.tip), .challenge(.supplement),
        .challenge(.parked), .challenge(.upload(bytes: 268_435_456)), .tile("0/x001/234.p/17"),
        .tile("entries/000"), .page("/"), .page("/en/"), .page("/zh-Hans/"),
        .page("/a/page.0123456789abcdef.js"), .page("/zh-Hans/sealed/"), .drop(language: "zh-Hans"),
        .offices(language: "ur"), .recipient(legacy: false), .recipient(legacy: true),
    ]

    @Test(arguments: paths) func `A path is read as it is written`(path: PublicPath) {
        #expect(PublicPath(path.text) == path)
    }

    @Test(arguments: [
        "", "//", "/tips/", "/a/", "/a/.", "/a/..", "/a/x/y", "/a/X.js", "/en", "/e/", "/en-/",
        "/zh--Hans/", "/en/index.html", "/e%6E/", "//tips", "/tips?x=1", "/Tips", "/tile/",
        "/tile/../directory",
        "/tile/0/..", "/tile/0//1", "/tile/0/%2e", "/challenge/", "/challenge/tip/",
        "/challenge/upload/0", "/challenge/upload/01", "/challenge/upload/-1",
        "/mailbox/" + String(repeating: "A5", count: 32),
        "/mailbox/" + String(repeating: "a5", count: 31),
        "/uploads/" + String(repeating: "a5", count: 33), "/parked/x", "/en/sealed", "/en/a/",
        "/en//",
        "/en/sealed/x/", "/en/Sealed/", "/en/../", "/drop/", "/drop/en/", "/drop/x",
        "/offices/", "/offices/../x", "/recipient/", "/recipient/x",
    ])
    func `Any other spelling is no path`(text: String) {
        #expect(PublicPath(text) == nil)
    }
}
