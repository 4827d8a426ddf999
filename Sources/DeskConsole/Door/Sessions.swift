internal import Custody
internal import NativePrimitives
internal import Sealing
internal import Synchronization
internal import Tips

/// Who is let in: one person at one browser, by a code that the terminal showed and that works once.
///
/// The code opens a session of a random path and a random cookie; both are needed. Browsers send a
/// cookie to every port of a machine: since this one belongs to a path that only this browser knows,
/// no other program on the machine is ever sent it.
final class Sessions: Sendable {
    /// A session in which nothing was asked for so long is locked.
    static let idleLimit = Duration.seconds(15 * 60)
    /// Bytes of a code, and of a path.
    private static let nameBytes = 16
    /// Bytes of a cookie, and of a form's token.
    private static let secretBytes = 32

    /// One session.
    struct Session: Equatable, Sendable {
        /// What its addresses begin with.
        let prefix: String
        /// The value of its cookie.
        let cookie: String
        /// What every form of it carries.
        let token: String
        fileprivate var lastUse: ContinuousClock.Instant
    }

    /// What a request of somebody is.
    enum Standing: Equatable {
        /// Of the session.
        case open(Session)
        /// Of the session that was locked because nothing was asked: what it typed is kept.
        case locked(Session)
        /// Of nobody.
        case stranger
    }

    private struct State {
        var code: String?
        var session: Session?
        var locked: Session?
        var kept: Kept?
        var told: Told?
    }

    /// A form that was sent after its session was locked.
    struct Kept: Sendable {
        let path: ConsolePath
        let fields: FormFields
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Nobody is in, and no code is out.
    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) {
        self.now = now
    }

    /// A new code; the one before, and whoever is in, are out.
    func newCode() -> String {
        let code = Self.random(Self.nameBytes)
        state.withLock { state in
            state.locked = state.session ?? state.locked
            state.session = nil
            state.code = code
        }
        return code
    }

    /// Opens a session with the code; nil when it is not the one. It works once.
    func enter(_ code: String) -> Session? {
        let session = Session(
            prefix: Self.random(Self.nameBytes), cookie: Self.random(Self.secretBytes),
            token: Self.random(Self.secretBytes), lastUse: now())
        return state.withLock { state in
            guard let right = state.code, Self.areEqual(code, right) else { return nil }
            state.code = nil
            state.session = session
            state.locked = nil
            return session
        }
    }

    /// Whose request it is; a use of the session, if it is the session's.
    ///
    /// - Returns: also whether the session has just been locked, so that a new code is needed.
    func standing(prefix: String, cookie: String) -> (standing: Standing, hasJustLocked: Bool) {
        let now = now()
        return state.withLock { state in
            var hasJustLocked = false
            if let session = state.session, now - session.lastUse >= Self.idleLimit {
                state.locked = session
                state.session = nil
                hasJustLocked = true
            }
            if let session = state.session, session.isNamed(prefix, cookie) {
                state.session?.lastUse = now
                return (.open(session), hasJustLocked)
            }
            if let locked = state.locked, locked.isNamed(prefix, cookie) {
                return (.locked(locked), hasJustLocked)
            }
            return (.stranger, hasJustLocked)
        }
    }

    /// Keeps what somebody typed before they saw that they were locked out.
    func keep(_ kept: Kept) { state.withLock { $0.kept = kept } }

    /// The path of what was kept, if anything was.
    var keptPath: ConsolePath? { state.withLock { $0.kept?.path } }

    /// What was kept for the path; it is given once.
    func takeKept(_ path: ConsolePath) -> FormFields? {
        state.withLock { state in
            guard let kept = state.kept, kept.path == path else { return nil }
            state.kept = nil
            return kept.fields
        }
    }

    /// Leaves a message for the next page.
    func tell(_ told: Told) { state.withLock { $0.told = told } }

    /// The message for this page; it is given once.
    func takeTold() -> Told? {
        state.withLock { state in
            defer { state.told = nil }
            return state.told
        }
    }

    private static func random(_ count: Int) -> String {
        String(Hash(sha256: NativePrimitives.randomBytes(count: secretBytes)).hex.prefix(2 * count))
    }

    /// In constant time, for texts of one length.
    fileprivate static func areEqual(_ first: String, _ second: String) -> Bool {
        let (first, second) = ([UInt8](first.utf8), [UInt8](second.utf8))
        return first.count == second.count && NativePrimitives.areEqual(first.span, second.span)
    }
}

extension Sessions.Session {
    fileprivate func isNamed(_ prefix: String, _ cookie: String) -> Bool {
        let isPath = Sessions.areEqual(prefix, self.prefix)
        return Sessions.areEqual(cookie, self.cookie) && isPath
    }

    /// Whether a form is one of this session's.
    func issued(_ token: String) -> Bool { Sessions.areEqual(token, self.token) }
}

/// A message above a page.
struct Told: Equatable, Sendable {
    /// What was done, or went wrong.
    let words: String
    /// More of it, line by line.
    var lines: [String] = []
}
