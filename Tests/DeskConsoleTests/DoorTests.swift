import Testing

@testable import DeskConsole

/// The console's door over real HTTP.
struct DoorTests {
    @Test func theCodeOpensAndEveryAnswerIsGuarded() async throws {
        try await ConsoleWorld().serve { visitor in
            let page = try await visitor.client.ask("GET", "/enter/\(visitor.code)")
            #expect(page.status == 200 && page.text.contains("Open the console"))
            let entered = try await visitor.enter()
            #expect(entered.status == 303)
            let cookie = try #require(entered.fields["set-cookie"])
            #expect(cookie.hasSuffix("; Path=/\(visitor.prefix)/; HttpOnly; SameSite=Strict"))
            let queue = try await visitor.get("/")
            #expect(queue.status == 200 && queue.text.contains("<h1>Queue</h1>"))
            let style = try await visitor.client.ask("GET", "/style.css")
            let denied = try await visitor.client.ask("PUT", "/")
            for answer in [page, entered, queue, style, denied] { expectGuards(answer) }
        }
    }

    private func expectGuards(_ answer: Answer) {
        let fields = answer.fields
        #expect(
            fields["content-security-policy"]
                == "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
        #expect(fields["cache-control"] == "no-store")
        #expect(fields["x-content-type-options"] == "nosniff")
        #expect(fields["referrer-policy"] == "same-origin")
        #expect(fields["cross-origin-opener-policy"] == "same-origin")
        #expect(fields["cross-origin-resource-policy"] == "same-origin")
        #expect(fields["permissions-policy"]?.contains("camera=()") == true)
        #expect(fields["access-control-allow-origin"] == nil)
    }

    @Test func whoHasNoCodeGetsNothing() async throws {
        try await ConsoleWorld().serve { visitor in
            for path in ["/", "/work", "/about", "/case/00", "/health", "/0123/work"] {
                let answer = try await visitor.client.ask("GET", path)
                #expect(answer.status == 403 && answer.text.contains("<h1>Locked</h1>"), "\(path)")
                #expect(!answer.text.contains("ana"))
            }
            let wrong = try await visitor.enter(String(repeating: "0", count: 32))
            #expect(wrong.status == 403 && wrong.body.isEmpty)
            // Looking at the page with the code, any number of times, uses nothing up.
            for _ in 0..<3 { _ = try await visitor.client.ask("GET", "/enter/\(visitor.code)") }
            #expect(try await visitor.enter().status == 303)
            let (prefix, cookie) = (visitor.prefix, visitor.cookie)
            #expect(try await visitor.enter().status == 403)
            visitor.cookie = String(repeating: "0", count: 64)
            #expect(try await visitor.get("/").status == 403)
            visitor.cookie = cookie
            visitor.prefix = String(repeating: "0", count: 32)
            #expect(try await visitor.get("/").status == 403)
            visitor.prefix = prefix
            #expect(try await visitor.get("/").status == 200)
        }
    }

    @Test func anotherNameOfThisMachineIsRefused() async throws {
        try await ConsoleWorld().serve { visitor in
            _ = try await visitor.enter()
            for host in ["evil.example:\(visitor.client.port)", "localhost:\(visitor.client.port)"]
            {
                let answer = try await visitor.get("/", ["Host": host])
                #expect(answer.status == 421 && answer.body.isEmpty)
                let style = try await visitor.client.ask("GET", "/style.css", ["Host": host])
                #expect(style.status == 421 && style.body.isEmpty)
                let posted = try await visitor.post("/work", "step=fetch", ["Host": host])
                #expect(posted.status == 421)
            }
            #expect(!visitor.console.work.isRunning)
        }
    }

    @Test func onlyOurFormsDoSomething() async throws {
        try await ConsoleWorld().serve { visitor in
            _ = try await visitor.enter()
            for more in [
                ["Origin": "http://evil.example"], ["Origin": "null"],
                ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
                ["Cookie": "desk="], ["Origin": "http://127.0.0.1:1"],
            ] {
                let answer = try await visitor.post("/work", "step=fetch", more)
                #expect(answer.status == 403 && answer.body.isEmpty, "\(more)")
            }
            let token = visitor.token
            for wrong in ["", String(repeating: "0", count: 64), visitor.cookie] {
                visitor.token = wrong
                #expect(try await visitor.post("/work", "step=fetch").status == 403)
            }
            visitor.token = token
            let typed = try await visitor.post("/work", "", ["Content-Type": "text/plain"])
            #expect(typed.status == 400)
            for path in ["/work?step=fetch&token=\(token)", "/offices?step=revoke&office=office-a"]
            {
                #expect(try await visitor.get(path).status == 200)
            }
            #expect({ if case .idle = visitor.console.work.standing { true } else { false } }())
            #expect(try await visitor.post("/work", "step=fetch").status == 303)
            #expect({ if case .idle = visitor.console.work.standing { false } else { true } }())
        }
    }

    @Test func lockedIsLocked() async throws {
        try await ConsoleWorld().serve { visitor in
            _ = try await visitor.enter()
            let locked = try await visitor.post("/lock", "")
            #expect(locked.status == 200 && locked.text.contains("<h1>Locked</h1>"))
            #expect(try await visitor.get("/").status == 403)
        }
    }

    @Test func whatWasTypedBeforeItLockedIsKept() async throws {
        try await ConsoleWorld().serve { visitor in
            _ = try await visitor.enter()
            let old = visitor.token
            visitor.console.showNewAddress()
            visitor.token = "x"
            #expect(try await visitor.post("/offices", "office=office-a").status == 403)
            #expect(visitor.console.sessions.keptPath == nil)
            visitor.token = old
            let kept = try await visitor.post(
                "/offices", "office=office-a&step=revoke&passphrase=p")
            #expect(kept.status == 403 && kept.text.contains("nothing is lost"))
            let fields = try #require(visitor.console.sessions.takeKept(.offices))
            #expect(fields.values.map(\.name) == ["office"])
        }
    }

    @Test func aBodyThatIsTooLargeIsRefused() async throws {
        try await ConsoleWorld().serve { visitor in
            _ = try await visitor.enter()
            let answer = try await visitor.client.ask(
                "POST", "/\(visitor.prefix)/work",
                visitor.form.merging(["Content-Length": "\(FormBody.byteLimit + 1)"]) { $1 })
            #expect(answer.status == 400)
        }
    }
}
