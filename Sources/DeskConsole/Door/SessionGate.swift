internal import Synchronization

/// Between a request that keeps the rules and the pages: the session, and the token of each form.
struct SessionGate {
    let console: Console
    let prefix: String
    /// nil when there is no such page.
    let path: ConsolePath?

    /// The page, if the session is open; otherwise that it is locked.
    func answer(
        cookie: String, query: String, _ body: FormBody?
    ) async throws -> ConsoleAnswer {
        let (standing, hasJustLocked) = console.sessions.standing(prefix: prefix, cookie: cookie)
        if hasJustLocked { console.showNewAddress() }
        switch standing {
        case .open(let session): return try await visit(session, query, body)
        case .locked(let session): return try locked(session, body)
        case .stranger:
            guard body == nil else { throw RequestRules.Denial.stranger }
            return .page(Entry.locked, status: 403)
        }
    }

    private func visit(
        _ session: Sessions.Session, _ query: String, _ body: FormBody?
    ) async throws -> ConsoleAnswer {
        guard let path else { throw RequestRules.Denial.notFound }
        guard let fields = body.map({ $0.fields() }) ?? FormFields(query: query) else {
            throw RequestRules.Denial.malformed
        }
        if body != nil {
            guard session.issued(fields["token"]) else { throw RequestRules.Denial.stranger }
        }
        let visit = Visit(
            console: console, session: session, path: path, fields: fields, body: body)
        return await console.threads.run { await visit.answer() }
    }

    /// What was typed while the session locked itself is kept, if it is the session's.
    private func locked(
        _ session: Sessions.Session, _ body: FormBody?
    ) throws -> ConsoleAnswer {
        guard let body else { return .page(Entry.locked, status: 403) }
        guard let path, let fields = body.fields(), session.issued(fields["token"]) else {
            throw RequestRules.Denial.stranger
        }
        console.sessions.keep(.init(path: path, fields: fields.withoutSteps))
        return .page(Entry.lockedWithKept, status: 403)
    }
}

extension FormFields {
    /// The same without what a button did: shown again, nothing of it is done by itself.
    fileprivate var withoutSteps: FormFields {
        FormFields(values.filter { $0.name != "step" && $0.name != "token" })
    }
}
