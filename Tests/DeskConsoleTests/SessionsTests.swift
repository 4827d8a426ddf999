import Custody
import Synchronization
import Testing
import Tips

@testable import DeskConsole

/// Who is let in, and how long.
struct SessionsTests {
    /// A clock that a test moves.
    private final class Clock: Sendable {
        private let passed = Mutex(ContinuousClock.now)
        var now: ContinuousClock.Instant { passed.withLock { $0 } }
        func advance(_ by: Duration) { passed.withLock { $0 += by } }
    }

    private let clock = Clock()
    private let sessions: Sessions

    init() {
        let clock = clock
        sessions = Sessions { clock.now }
    }

    private func standing(_ session: Sessions.Session) -> Sessions.Standing {
        sessions.standing(prefix: session.prefix, cookie: session.cookie).standing
    }

    private func isOpen(_ session: Sessions.Session) -> Bool {
        if case .open = standing(session) { true } else { false }
    }

    @Test func aCodeWorksOnce() throws {
        let code = sessions.newCode()
        #expect(sessions.enter(code + "0") == nil)
        #expect(sessions.enter("") == nil)
        let session = try #require(sessions.enter(code))
        #expect(sessions.enter(code) == nil)
        #expect(isOpen(session))
    }

    @Test func nobodyEntersWithoutACode() {
        #expect(sessions.enter("") == nil)
        #expect(sessions.standing(prefix: "", cookie: "").standing == .stranger)
    }

    @Test func pathAndCookieAreBothNeeded() throws {
        let session = try #require(sessions.enter(sessions.newCode()))
        let other = String(repeating: "0", count: session.cookie.utf8.count)
        for (prefix, cookie) in [
            (session.prefix, other), (session.prefix, ""), ("", session.cookie),
            (other, session.cookie), (session.cookie, session.prefix),
            (session.prefix, session.cookie + "0"), (session.prefix, session.token),
        ] {
            #expect(sessions.standing(prefix: prefix, cookie: cookie).standing == .stranger)
        }
        #expect(session.issued(session.token) && !session.issued("") && !session.issued(other))
    }

    @Test func itLocksWhenNothingIsAsked() throws {
        let session = try #require(sessions.enter(sessions.newCode()))
        clock.advance(Sessions.idleLimit - .seconds(1))
        #expect(isOpen(session))
        clock.advance(Sessions.idleLimit - .seconds(1))
        #expect(isOpen(session))
        clock.advance(Sessions.idleLimit)
        let (standing, hasJustLocked) = sessions.standing(
            prefix: session.prefix, cookie: session.cookie)
        guard case .locked = standing else { throw Missing() }
        #expect(hasJustLocked)
        #expect(!sessions.standing(prefix: "", cookie: "").hasJustLocked)
    }

    @Test func aNewCodeLocksWhoeverIsIn() throws {
        let session = try #require(sessions.enter(sessions.newCode()))
        let code = sessions.newCode()
        #expect(!isOpen(session))
        _ = try #require(sessions.enter(code))
        #expect(standing(session) == .stranger)
    }

    @Test func whatIsKeptIsGivenOnceAndForItsPageAlone() {
        sessions.keep(.init(path: .work, fields: FormFields([("a", "1")])))
        #expect(sessions.takeKept(.queue) == nil)
        #expect(sessions.takeKept(.work)?["a"] == "1")
        #expect(sessions.takeKept(.work) == nil)
    }

    private struct Missing: Error {}
}

/// The names of pages.
struct ConsolePathTests {
    @Test func everyPathReadsWhatItWrites() throws {
        let tip = try #require(TipID(Hash(sha256: [1]).bytes))
        let pages: [CasePage] = [
            .overview, .labels, .judge, .ask, .consent, .release, .approve, .resume, .destroy,
            .trail, .question("q12"), .derive(3), .derivative(Hash(sha256: [2])), .links,
            .link(tip), .decide, .reject, .keep, .file(8),
        ]
        let paths: [ConsolePath] =
            [.queue, .work, .offices, .retention, .about, .lock]
            + pages.map { ConsolePath.open(tip, $0) }
        for path in paths { #expect(ConsolePath(path.text) == path) }
    }

    @Test(arguments: [
        "", "//", "/work/", "/case", "/case/", "/case/abc", "/../", "/case/../about",
        "/WORK", "/%2e%2e/", "/work?x", "/lock/", "/retention/", "/retention/1",
    ])
    func nothingElseIsAPath(_ text: String) {
        #expect(ConsolePath(text) == nil)
    }

    @Test(arguments: [
        "/x", "/derive/0", "/derive/01", "/derive/-1", "/derive/", "/question/a-b", "/labels/1",
        "/derivative/ab", "/link/ab", "/link", "//", "/question/q1/more", "/question/Q1",
        "/keep/1", "/Keep",
    ])
    func noOtherPageOfACaseIs(_ rest: String) throws {
        let tip = try #require(TipID(Hash(sha256: [1]).bytes))
        #expect(ConsolePath("/case/\(tip.hex)" + rest) == nil)
    }
}
