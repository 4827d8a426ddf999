/// The numbers of the system calls that a worker may not make, for the processor this is built for.
///
/// From Linux's `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`.
enum SystemCalls {
    #if arch(x86_64)
        /// `AUDIT_ARCH_X86_64`.
        static let architecture: UInt32 = 0xC000_003E
        /// Numbers from here on are those of the x32 interface, which nobody needs.
        static let foreignNumbers: UInt32? = 0x4000_0000
        static let ioctl: UInt32 = 16
        static let socket: UInt32 = 41
        static let clone: UInt32 = 56
        static let clone3: UInt32 = 435

        /// What makes namespaces, mounts, modules; looks into other processes; reaches the kernel's
        /// rarely used and often broken parts; changes the machine.
        static let denied: [UInt32] = [
            101, 310, 311, 312, 438, 440, 434, 424,  // ptrace, process_vm_*, kcmp, pidfd_*
            165, 166, 155, 161, 272, 308,  // mount, umount2, pivot_root, chroot, unshare, setns
            428, 429, 430, 431, 432, 433, 442,  // open_tree … mount_setattr
            248, 249, 250, 321, 298, 323, 425, 426, 427,  // keys, bpf, perf, uffd, io_uring
            246, 320, 175, 313, 176,  // kexec, modules
            303, 304, 300, 301, 179, 163, 167, 168,  // file handles, fanotify, quota, swap
            169, 170, 171, 172, 173, 135, 134, 136, 154,  // reboot … modify_ldt
            216, 237, 238, 256, 279, 278, 103, 212, 153,  // memory placement, vmsplice, syslog
            227, 164, 159, 305, 180, 319, 447, 133, 259,  // clocks, memfd, mknod
        ]
        /// Calls that only a program with a socket of its own needs.
        static let socketCalls: [UInt32] = [42, 43, 49, 50, 53, 288, 299, 307]
    #elseif arch(arm64)
        /// `AUDIT_ARCH_AARCH64`.
        static let architecture: UInt32 = 0xC000_00B7
        static let foreignNumbers: UInt32? = nil
        static let ioctl: UInt32 = 29
        static let socket: UInt32 = 198
        static let clone: UInt32 = 220
        static let clone3: UInt32 = 435

        /// The same calls as on the other processor, as far as they exist here.
        static let denied: [UInt32] = [
            117, 270, 271, 272, 438, 440, 434, 424,  // ptrace, process_vm_*, kcmp, pidfd_*
            40, 39, 41, 51, 97, 268,  // mount, umount2, pivot_root, chroot, unshare, setns
            428, 429, 430, 431, 432, 433, 442,  // open_tree … mount_setattr
            217, 218, 219, 280, 241, 282, 425, 426, 427,  // keys, bpf, perf, uffd, io_uring
            104, 294, 105, 273, 106,  // kexec, modules
            264, 265, 262, 263, 60, 89, 224, 225,  // file handles, fanotify, quota, swap
            142, 161, 162, 92,  // reboot, names of the machine, personality
            234, 235, 237, 238, 239, 75, 116, 18, 58,  // memory placement, vmsplice, syslog
            112, 170, 171, 266, 279, 447, 33,  // clocks, memfd, mknodat
        ]
        /// Calls that only a program with a socket of its own needs.
        static let socketCalls: [UInt32] = [203, 202, 200, 201, 199, 242, 243, 269]
    #endif
}
