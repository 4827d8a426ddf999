import Testing

@testable import DeskConsole

/// Which requests are ours.
struct RequestRulesTests {
    private static let port = 8100
    private static let form = RequestRules.Asked(
        method: "POST", host: "127.0.0.1:8100", origin: "http://127.0.0.1:8100",
        site: "same-origin", contentType: "application/x-www-form-urlencoded")

    private func denial(_ asked: RequestRules.Asked) -> RequestRules.Denial? {
        do throws(RequestRules.Denial) {
            try RequestRules.check(asked, port: Self.port)
            return nil
        } catch {
            return error
        }
    }

    @Test func oursAreAnswered() {
        #expect(denial(Self.form) == nil)
        var asked = Self.form
        asked.site = nil
        #expect(denial(asked) == nil)
        #expect(denial(.init(host: "127.0.0.1:8100", site: "none")) == nil)
        #expect(denial(.init(host: "127.0.0.1:8100", site: "same-origin")) == nil)
        #expect(denial(.init(host: "127.0.0.1:8100")) == nil)
    }

    @Test(arguments: [
        nil, "", "localhost:8100", "127.0.0.1", "127.0.0.1:8101", "evil.example:8100",
        "127.0.0.1:8100.evil.example", "127.0.0.1:08100", "[::1]:8100", "127.0.0.2:8100",
    ])
    func anotherNameIsNotUs(_ host: String?) {
        var asked = Self.form
        asked.host = host
        #expect(denial(asked) == .otherHost)
        #expect(denial(.init(host: host)) == .otherHost)
    }

    @Test(arguments: [
        nil, "", "null", "http://127.0.0.1:8101", "https://127.0.0.1:8100", "http://localhost:8100",
        "http://evil.example", "http://127.0.0.1:8100.evil.example", "http://127.0.0.1:8100/",
    ])
    func aFormOfAnotherOriginIsRefused(_ origin: String?) {
        var asked = Self.form
        asked.origin = origin
        #expect(denial(asked) == .stranger)
    }

    @Test(arguments: ["cross-site", "same-site", "none", ""])
    func aFormFromAnotherSiteIsRefused(_ site: String) {
        var asked = Self.form
        asked.site = site
        #expect(denial(asked) == .stranger)
    }

    @Test(arguments: ["cross-site", "same-site", ""])
    func whatAnotherSiteShowsIsRefused(_ site: String) {
        #expect(denial(.init(host: "127.0.0.1:8100", site: site)) == .stranger)
    }

    @Test func onlyReadingAndFormsAreKnown() {
        for method in ["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get"] {
            #expect(denial(.init(method: method, host: "127.0.0.1:8100")) == .method)
        }
        for type in [nil, "text/plain", "multipart/form-data", "application/json"] {
            var asked = Self.form
            asked.contentType = type
            #expect(denial(asked) == .malformed)
        }
    }
}
