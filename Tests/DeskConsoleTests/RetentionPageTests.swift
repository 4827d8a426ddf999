import Foundation
import Testing

@testable import DeskConsole

/// What is due, looked up when somebody asks, and never by only reading the page.
struct RetentionPageTests {
    @Test func nothingIsLookedUpBeforeSomebodyAsks() async throws {
        try await ConsoleWorld().serve { visitor in
            _ = try await visitor.enter()
            for path in ["/retention", "/retention?step=look", "/retention?step=sign&case=ab"] {
                let page = try await visitor.get(path)
                #expect(page.status == 200 && page.text.contains("Nobody has looked since"))
            }
            #expect(visitor.console.retention.items == nil)
            let asked = try await visitor.post("/retention", "step=look")
            #expect(asked.status == 303)
            while visitor.console.work.isRunning { try await Task.sleep(for: .milliseconds(20)) }
            #expect(visitor.console.retention.items == [])
            let page = try await visitor.get("/retention")
            #expect(page.text.contains("Nothing is due."))
        }
    }

    @Test func nothingTickedSignsNothing() async throws {
        try await ConsoleWorld().serve { visitor in
            _ = try await visitor.enter()
            // A case that nobody found due is not signed for either.
            let other = String(repeating: "ab", count: 32)
            for body in ["step=sign&passphrase=ana", "step=sign&passphrase=ana&case=\(other)"] {
                let answer = try await visitor.post("/retention", body)
                #expect(answer.status == 409)
                #expect(answer.text.contains("No case is ticked: nothing was signed."))
            }
        }
    }

    @Test(arguments: ["/retention", "/case/\(String(repeating: "ab", count: 32))/keep"])
    func onlyOurFormsDoAnything(path: String) async throws {
        try await ConsoleWorld().serve { visitor in
            _ = try await visitor.enter()
            visitor.token = String(repeating: "0", count: 64)
            let answer = try await visitor.post(path, "step=look")
            #expect(answer.status == 403 && answer.body.isEmpty)
            #expect(!visitor.console.work.isRunning && visitor.console.retention.items == nil)
        }
    }

    /// Whoever opens a page with words of a reporter's on it is written down.
    @Test func pagesWithoutTheReportersWordsAreFew() throws {
        let pages: [CasePage] = [
            .overview, .labels, .judge, .ask, .consent, .release, .approve, .resume, .destroy,
            .trail,
            .links, .decide, .reject, .keep, .question("q1"), .derive(1), .file(8),
        ]
        #expect(
            pages.filter { !$0.showsTexts } == [.resume, .destroy, .trail, .reject, .keep])
    }
}
