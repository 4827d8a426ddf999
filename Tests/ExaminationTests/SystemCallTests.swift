import Testing

@testable import Examination

/// The system-call filter, from inside.
@Suite(.enabled(if: Machine.hasSandbox && Machine.hasPython)) struct SystemCallTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    /// The error number that a raw system call gives; 0 for none.
    private func error(of call: String) throws -> Int {
        let said = try sandbox.python(
            """
            import ctypes
            libc = ctypes.CDLL(None, use_errno=True)
            print(ctypes.get_errno() if libc.syscall(\(call)) == -1 else 0)
            """)
        return Int(said.split(separator: "\n").first ?? "") ?? -1
    }

    #if arch(x86_64)
        @Test(arguments: [
            ("ptrace", "101, 0, 0, 0, 0"), ("mount", "165, b'a', b'/tmp', b'tmpfs', 0, 0"),
            ("unshare", "272, 0x10000000"), ("setns", "308, 0, 0"), ("bpf", "321, 0, 0, 0"),
            ("keyctl", "250, 0, 0"), ("io_uring_setup", "425, 1, 0"), ("userfaultfd", "323, 0"),
            ("perf_event_open", "298, 0, 0, 0, 0, 0"), ("memfd_create", "319, b'x', 0"),
            ("process_vm_readv", "310, 1, 0, 0, 0, 0, 0"), ("mknod", "133, b'/tmp/x', 0, 0"),
            ("open_by_handle_at", "304, 0, 0, 0"), ("kexec_load", "246, 0, 0, 0, 0"),
            ("clone with a namespace", "56, 0x10000011, 0, 0, 0, 0"),
            ("an x32 call", "0x40000000 + 39"), ("socketpair", "53, 1, 1, 0, 0"),
        ])
        func isNotPermitted(name: String, call: String) throws {
            #expect(try error(of: call) == 1, "\(name)")
        }

        @Test func clone3IsSaidNotToExist() throws {
            #expect(try error(of: "435, 0, 0") == 38)
        }

        @Test func nothingIsTypedIntoATerminal() throws {
            #expect(try error(of: "16, 0, 0x5412, b'x'") == 1)
            #expect(try error(of: "16, 0, ctypes.c_ulong(0xffffffff00005412), b'x'") == 1)
            #expect(try error(of: "16, 0, 0x541C, b'x'") == 1)
            // Another request reaches the kernel, which knows that this is no terminal.
            #expect(try error(of: "16, 0, 0x5401, b'x' * 64") == 25)
        }

        @Test func whatEveryProgramNeedsIsPermitted() throws {
            #expect(try error(of: "39") == 0)
            #expect(try error(of: "56, 0x11, 0, 0, 0, 0") == 0)
        }
    #endif

    @Test func aJumpNeverLeavesTheProgram() {
        for local in [true, false] {
            let list = SystemCallFilter(allowsLocalSockets: local).instructions
            for (index, instruction) in list.enumerated()
            where instruction.code != SystemCallFilter.Code.answer
                && instruction.code != SystemCallFilter.Code.load
            {
                #expect(index + 1 + Int(instruction.ifTrue) < list.count)
                #expect(index + 1 + Int(instruction.ifFalse) < list.count)
            }
            #expect(list.last == .answer(SystemCallFilter.Answer.allow))
            #expect(list.count < 4096)
        }
    }
}
