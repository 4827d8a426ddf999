import Glibc
import Testing

@testable import Examination

/// What a program can do that a stranger's file has taken over: run under the arguments that every
/// worker gets.
@Suite(.enabled(if: Machine.hasSandbox && Machine.hasPython)) struct ContainmentTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    /// Prints `refused` unless the statement ends without an error.
    private func attempt(_ imports: String, _ statement: String) -> String {
        """
        import \(imports)
        try:
            \(statement)
            print("done")
        except Exception as error:
            print("refused", type(error).__name__, getattr(error, "errno", ""))
        """
    }

    @Test(arguments: ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_VSOCK"])
    func socketsAreRefused(family: String) throws {
        let said = try sandbox.python(attempt("socket", "socket.socket(socket.\(family))"))
        #expect(said == "refused PermissionError 1\n")
    }

    @Test(arguments: ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_VSOCK"])
    func withLocalSocketsNoOthersAreMade(family: String) throws {
        let said = try sandbox.python(
            attempt("socket", "socket.socket(socket.\(family))"), localSockets: true)
        #expect(said == "refused PermissionError 1\n")
        let local = try sandbox.python(
            attempt("socket", "socket.socket(socket.AF_UNIX)"), localSockets: true)
        #expect(local == "done\n")
    }

    @Test func thereIsNoNetworkAtAll() throws {
        let said = try sandbox.python("print(open('/proc/net/dev').read())")
        #expect(
            said.split(separator: "\n").dropFirst(2).map { $0.split(separator: ":")[0] }.allSatisfy
            {
                $0.contains("lo")
            })
    }

    @Test func nothingOfTheMachineIsThereButItsTools() throws {
        let said = try sandbox.python(
            """
            import os
            print(*sorted(os.listdir("/")))
            print(*sorted(os.listdir("/usr")))
            print(*sorted(os.listdir("/usr/bin")))
            print(*[p for p in ("/etc/passwd", "/etc/shadow", "/home", "/root", "/var/lib", "/run",
                                "/work", "/sys", "/boot") if os.path.exists(p)])
            print(sorted(os.environ))
            """)
        let lines = said.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "bin dev etc lib lib64 proc tmp usr var")
        #expect(lines[1] == "bin lib lib64 share")
        #expect(lines[2] == "prlimit python3")
        #expect(lines[3] == "")
        #expect(lines[4] == "['HOME', 'LC_ALL', 'PATH', 'PWD', 'TZ', 'VIPS_BLOCK_UNTRUSTED']")
    }

    @Test func nothingCanBeWrittenButTheSmallTemporaryPlace() throws {
        let said = try sandbox.python(
            """
            import os
            written = []
            for folder, folders, files in os.walk("/"):
                if folder.startswith("/proc"):
                    folders.clear()
                    continue
                try:
                    open(os.path.join(folder, "x"), "w").write("x")
                    written.append(folder)
                except OSError:
                    pass
                if folder.count("/") > 3: folders.clear()
            print(written)
            """)
        #expect(said == "['/tmp']\n")
    }

    @Test func theTemporaryPlaceIsFullSoon() throws {
        var limits = WorkerLimits()
        limits.temporaryBytes = 8 << 20
        let said = try sandbox.python(
            """
            import signal
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            total = 0
            try:
                for number in range(100):
                    with open(f"/tmp/{number}", "wb", buffering=0) as file:
                        for _ in range(4): total += file.write(bytes(1 << 20))
            except OSError as error:
                print(error.errno, total <= 8 << 20)
            """, limits: limits)
        #expect(said == "28 True\n")
    }

    @Test func aForkBombStopsAtItsLimitAndHarmsNoOtherWorker() throws {
        var limits = WorkerLimits()
        limits.processes = 20
        limits.seconds = 4
        let bomb = """
            import os, time
            count = 0
            try:
                while True:
                    if os.fork() == 0: time.sleep(60)
                    count += 1
            except OSError as error:
                print(error.errno, count < 20, flush=True)
            time.sleep(60)
            """
        let sandbox = sandbox
        SideBySide.run(2, atOnce: 2) { [limits] number in
            if number == 0 {
                #expect(throws: NotDone.timeLimit) {
                    try sandbox.python(bomb, limits: limits)
                }
            } else {
                usleep(500_000)
                for _ in 0..<5 {
                    #expect((try? sandbox.output("echo works", programs: [])) == "works\n")
                }
            }
        }
        limits.seconds = 60
        let said = try sandbox.python(
            bomb.replacing("time.sleep(60)\n", with: "").replacing(
                "time.sleep(60)", with: "time.sleep(0.2); os._exit(0)"), limits: limits)
        #expect(said.hasPrefix("11 True"))
    }

    @Test func otherProcessesAreNotThere() throws {
        let said = try sandbox.python(
            """
            import os
            print(sorted(int(p) for p in os.listdir("/proc") if p.isdigit()))
            for process in (1, \(getpid())):
                try: os.kill(process, 9); print("killed")
                except OSError as error: print(error.errno)
            """)
        let lines = said.split(separator: "\n")
        // bubblewrap's own, and this one.
        #expect(lines[0].split(separator: ",").count <= 3)
        // The first of its namespace cannot be killed from inside; the desk does not exist.
        #expect(lines.last == "3")
    }

    @Test func itHasNoPrivilegesAndCanGetNone() throws {
        let said = try sandbox.python(
            """
            import os
            wanted = ("Uid", "Gid", "Groups", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs",
                      "Seccomp")
            for line in open("/proc/self/status"):
                name, _, value = line.partition(":")
                if name in wanted: print(name, *value.split())
            """)
        #expect(said.contains("CapPrm 0000000000000000"))
        #expect(said.contains("CapEff 0000000000000000"))
        #expect(said.contains("CapBnd 0000000000000000"))
        #expect(said.contains("CapAmb 0000000000000000"))
        #expect(said.contains("NoNewPrivs 1"))
        #expect(said.contains("Seccomp 2"))
        #expect(!said.contains("Uid 0"))
    }

    @Test func outsideToItIsNotRoot() {
        var limits = WorkerLimits()
        limits.seconds = 5
        let sandbox = sandbox
        let mark = "sleep\u{0}987605"
        SideBySide.run(2, atOnce: 2) { [limits] number in
            if number == 0 {
                _ = try? sandbox.output("sleep 987605; :", programs: ["sleep"], limits: limits)
                return
            }
            var sleepers: [String] = []
            for _ in 0..<100 where sleepers.isEmpty {
                usleep(20_000)
                sleepers = processes(with: mark)
            }
            #expect(!sleepers.isEmpty)
            for process in sleepers {
                let status = String(
                    decoding: beginning(of: "/proc/\(process)/status"), as: UTF8.self)
                let user = status.split(separator: "\n").first { $0.hasPrefix("Uid:") }
                #expect(user?.split(separator: "\t").contains("0") == false)
            }
        }
    }

    @Test func itsInputCannotBeChangedAndNothingElseIsOpen() throws {
        let said = try sandbox.python(
            """
            import os
            folder = os.open("/proc/self/fd", os.O_RDONLY)
            print(sorted(int(f) for f in os.listdir("/proc/self/fd") if int(f) not in (folder, folder + 1)))
            print(open("/proc/self/fd/0", "rb").read())
            for attempt in (lambda: os.write(0, b"x"), lambda: os.ftruncate(0, 0),
                            lambda: os.ftruncate(0, 99)):
                try: attempt(); print("changed")
                except OSError as error: print(error.errno)
            """, input: [UInt8]("evidence".utf8))
        #expect(said == "[0, 1, 2]\nb'evidence'\n1\n1\n1\n")
    }
}
