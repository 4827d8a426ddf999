import Glibc
import Testing

@testable import Examination

/// Limits on a worker: each ends it, says which, and leaves nothing running.
@Suite(.enabled(if: Machine.hasSandbox && Machine.hasPython)) struct LimitTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    /// The system ends the namespace's processes a moment after their first.
    private func isGone(_ mark: String) -> Bool {
        for _ in 0..<100 {
            if processes(with: mark).isEmpty { return true }
            usleep(20_000)
        }
        return false
    }

    @Test func aSleeperIsKilledAtItsTime() throws {
        var limits = WorkerLimits()
        limits.seconds = 1
        let began = ContinuousClock.now
        #expect(throws: NotDone.timeLimit) {
            try sandbox.output("sleep 987601 & sleep 987601", programs: ["sleep"], limits: limits)
        }
        #expect(ContinuousClock.now - began < .seconds(10))
        #expect(isGone("987601"))
    }

    @Test func theCallersTimeIsALimitToo() throws {
        var reader = Ignored()
        let worker = Worker(programs: ["sleep"], command: ["sleep", "987602"])
        #expect(throws: NotDone.timeLimit) {
            try sandbox.run(
                worker, on: MemoryFile([], limit: 0), until: .now + .seconds(1), into: &reader)
        }
    }

    @Test func whoClosesItsOutputAndHidesIsFoundAndKilled() throws {
        let hiding = """
            import os, sys, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    for number in (0, 1, 2): os.close(number)
                    os.execv("/usr/bin/sleep", ["sleep", "987603"])
                os._exit(0)
            time.sleep(0.3)
            """
        let worker = Worker(
            programs: ["python3", "sleep"], command: ["python3", "-I", "-c", hiding])
        var reader = Ignored()
        let end = try sandbox.run(
            worker, on: MemoryFile([], limit: 0), until: .now + .seconds(20), into: &reader)
        #expect(end.code == 0)
        #expect(isGone("987603"))
    }

    @Test func whoClosesItsOutputAndGoesOnIsKilledAtItsTime() throws {
        var limits = WorkerLimits()
        limits.seconds = 1
        #expect(throws: NotDone.timeLimit) {
            try sandbox.output(
                "exec sleep 987604 >&- 2>&-", programs: ["sleep"], limits: limits)
        }
        #expect(isGone("987604"))
    }

    @Test func processorTimeIsLimited() throws {
        var limits = WorkerLimits()
        limits.cpuSeconds = 1
        let failed = #expect(throws: Sandbox.Failed.self) {
            try sandbox.python("while True: pass", limits: limits)
        }
        #expect(failed.map { NotDone($0.end) } == .timeLimit)
    }

    @Test func oneProcessGetsNoMoreAddressSpace() throws {
        let said = try sandbox.python(
            """
            try: bytearray(3 << 30); print("got it")
            except MemoryError: print("refused")
            """)
        #expect(said == "refused\n")
    }

    @Test func manyProcessesTogetherGetNoMoreMemory() throws {
        var limits = WorkerLimits()
        limits.residentBytes = 256 << 20
        #expect(throws: NotDone.memoryLimit) {
            try sandbox.python(
                """
                import os, time
                for _ in range(8):
                    if os.fork() == 0:
                        held = bytearray(os.urandom(1 << 20)) * 60
                        time.sleep(30)
                time.sleep(30)
                """, limits: limits)
        }
    }

    @Test func outputIsLimited() throws {
        var limits = WorkerLimits()
        limits.outputBytes = 1 << 20
        #expect(throws: NotDone.outputLimit) {
            try sandbox.output(
                "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", programs: [],
                limits: limits)
        }
    }

    @Test func errorsAreKeptInPartOnly() throws {
        let failed = #expect(throws: Sandbox.Failed.self) {
            try sandbox.python("import sys; sys.stderr.write('e' * 10_000_000); sys.exit(3)")
        }
        #expect(failed?.end.errors.count == Sandbox.errorBytes)
        #expect(failed?.end.code == 3)
    }

    @Test func aToolThatIsNotThereIsNamedSo() throws {
        #expect(throws: NotDone.toolMissing) {
            try sandbox.output("", programs: ["no-such-tool"])
        }
    }
}
