import Logging
import Serving
import Synchronization
import Testing

@Suite struct QuietLogTests {
    private final class Lines: Sendable {
        private let text = Mutex("")
        var all: String { text.withLock { $0 } }
        func add(_ line: String) { text.withLock { $0 += line } }
    }

    private func logger(_ lines: Lines, isForLibraries: Bool = false) -> Logger {
        Logger(label: "x") { _ in
            QuietLogHandler(
                program: "door", isForLibraries: isForLibraries, sink: { lines.add($0) })
        }
    }

    @Test func `Only counts reach a line`() {
        let lines = Lines()
        logger(lines).info(
            "hourly counts",
            metadata: ["accepted": "3", "address": "192.0.2.7", "path": "/mailbox/aa"])
        #expect(lines.all.contains("event=\"hourly counts\" accepted=3\n"))
        #expect(!lines.all.contains("192.0.2.7") && !lines.all.contains("mailbox"))
        #expect(!lines.all.contains(":"))
    }

    @Test func `What a library says is not repeated`() {
        let lines = Lines()
        let logger = logger(lines, isForLibraries: true)
        logger.info("connection from 192.0.2.7")
        #expect(lines.all.isEmpty)
        logger.error("failed for 192.0.2.7", metadata: ["code": "192.0.2.7"])
        #expect(!lines.all.isEmpty && !lines.all.contains("192.0.2.7"))
    }

    @Test func `A line stays one line`() {
        let lines = Lines()
        logger(lines).info("a\nb \"c\"")
        #expect(lines.all.split(separator: "\n").count == 1)
        #expect(lines.all.contains(#"event="a b \"c\"""#))
    }
}
