/// The descriptors that a worker's first process gets; everything above is closed.
enum SpawnedDescriptor {
    static let input: Int32 = 0
    static let output: Int32 = 1
    static let errors: Int32 = 2
    /// bubblewrap reads the system-call filter here, and closes it.
    static let filter: Int32 = 3
    /// A memory file that a worker of ours reads beside its input, if it has one.
    static let lent: Int32 = 4
    /// Our own descriptors are moved to here and above before any is given another number.
    static let firstFree: Int32 = 10
}
