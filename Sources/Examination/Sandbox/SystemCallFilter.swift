/// A seccomp program in classic BPF: what a worker may ask of the kernel.
///
/// Anything on the list of ``SystemCalls`` is answered with an error; a call by another processor's
/// table kills. A deny list: the tools are large and their calls change with each release, and the
/// namespaces and limits of ``Sandbox`` hold without it.
struct SystemCallFilter: Equatable {
    /// Whether sockets that do not leave the sandbox (`AF_UNIX`) may be made; LibreOffice needs one.
    let allowsLocalSockets: Bool

    /// The program as the kernel reads it: `struct sock_filter` after `struct sock_filter`.
    var program: [UInt8] { instructions.flatMap(\.encoded) }

    /// The instructions, in order.
    var instructions: [Instruction] {
        var list: [Instruction] = [
            .load(Offset.architecture),
            .init(Code.jumpIfEqual, SystemCalls.architecture, ifTrue: 1),
            .answer(Answer.kill),
            .load(Offset.number),
        ]
        if let foreign = SystemCalls.foreignNumbers {
            list += [.init(Code.jumpIfAtLeast, foreign, ifFalse: 1), .answer(Answer.notPermitted)]
        }
        let sockets = allowsLocalSockets ? [] : SystemCalls.socketCalls
        for number in SystemCalls.denied + sockets {
            list += Self.rule(number, Answer.notPermitted)
        }
        // glibc then falls back to clone, whose flags are in a register and can be looked at.
        list += Self.rule(SystemCalls.clone3, Answer.noSuchCall)
        list += Self.rule(SystemCalls.clone, argument: 0, hasAnyOf: Self.namespaceFlags)
        list += Self.rule(SystemCalls.ioctl, argument: 1, isOneOf: Self.terminalInjections)
        list += socketRule
        list.append(.answer(Answer.allow))
        return list
    }

    private var socketRule: [Instruction] {
        let local: UInt32 = 1
        guard allowsLocalSockets else { return Self.rule(SystemCalls.socket, Answer.notPermitted) }
        return [
            .init(Code.jumpIfEqual, SystemCalls.socket, ifFalse: 4),
            .load(Offset.argument(0)),
            .init(Code.jumpIfEqual, local, ifTrue: 1),
            .answer(Answer.notPermitted),
            .load(Offset.number),
        ]
    }

    /// Mount, cgroup, UTS, IPC, user, PID and network namespaces: every `CLONE_NEW*` that `clone` has.
    private static let namespaceFlags: UInt32 = 0x7E02_0000
    /// `TIOCSTI` and `TIOCLINUX`, which type into a terminal. Compared without the upper half of the
    /// argument, which the kernel ignores (CVE-2019-10063).
    private static let terminalInjections: [UInt32] = [0x5412, 0x541C]

    private static func rule(_ number: UInt32, _ answer: UInt32) -> [Instruction] {
        [.init(Code.jumpIfEqual, number, ifFalse: 1), .answer(answer)]
    }

    private static func rule(
        _ number: UInt32, argument: UInt32, hasAnyOf bits: UInt32
    ) -> [Instruction] {
        [
            .init(Code.jumpIfEqual, number, ifFalse: 4),
            .load(Offset.argument(argument)),
            .init(Code.jumpIfAnyBit, bits, ifFalse: 1),
            .answer(Answer.notPermitted),
            .load(Offset.number),
        ]
    }

    private static func rule(
        _ number: UInt32, argument: UInt32, isOneOf values: [UInt32]
    ) -> [Instruction] {
        let comparisons = values.flatMap { rule($0, Answer.notPermitted) }
        return [
            .init(Code.jumpIfEqual, number, ifFalse: UInt8(comparisons.count + 2)),
            .load(Offset.argument(argument)),
        ] + comparisons + [.load(Offset.number)]
    }
}

extension SystemCallFilter {
    /// One instruction: `struct sock_filter` of `linux/filter.h`.
    struct Instruction: Equatable {
        let code: UInt16
        let ifTrue: UInt8
        let ifFalse: UInt8
        let value: UInt32

        init(_ code: UInt16, _ value: UInt32, ifTrue: UInt8 = 0, ifFalse: UInt8 = 0) {
            (self.code, self.value) = (code, value)
            (self.ifTrue, self.ifFalse) = (ifTrue, ifFalse)
        }

        static func load(_ offset: UInt32) -> Instruction { Instruction(Code.load, offset) }
        static func answer(_ answer: UInt32) -> Instruction { Instruction(Code.answer, answer) }

        /// Eight bytes, little-endian as both processors are.
        var encoded: [UInt8] {
            [
                UInt8(truncatingIfNeeded: code), UInt8(truncatingIfNeeded: code >> 8), ifTrue,
                ifFalse,
            ]
                + (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
    }

    /// Codes of classic BPF that are used here.
    enum Code {
        static let load: UInt16 = 0x20
        static let jumpIfEqual: UInt16 = 0x15
        static let jumpIfAtLeast: UInt16 = 0x35
        static let jumpIfAnyBit: UInt16 = 0x45
        static let answer: UInt16 = 0x06
    }

    /// What the kernel does with a call (`linux/seccomp.h`).
    enum Answer {
        static let allow: UInt32 = 0x7FFF_0000
        static let kill: UInt32 = 0x8000_0000
        /// `EPERM`.
        static let notPermitted: UInt32 = 0x0005_0001
        /// `ENOSYS`.
        static let noSuchCall: UInt32 = 0x0005_0026
    }

    /// Where the kernel's `struct seccomp_data` has what; of an argument, its lower half.
    enum Offset {
        static let number: UInt32 = 0
        static let architecture: UInt32 = 4
        static func argument(_ index: UInt32) -> UInt32 { 16 + 8 * index }
    }
}
