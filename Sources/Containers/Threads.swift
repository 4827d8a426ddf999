internal import Glibc
internal import Synchronization

/// Threads that work side by side on one task.
package enum Threads {
    /// How many there can usefully be: the processors this process may use, and no more than 4,
    /// since each holds its own buffers.
    package static let useful = min(max(processors(), 1), 4)

    /// `sched_getaffinity`, which the C header shows only to those who define `_GNU_SOURCE`, so it
    /// is looked up by name.
    private static func processors() -> Int {
        typealias Affinity = @convention(c) (Int32, Int, UnsafeMutableRawPointer) -> Int32
        guard let symbol = unsafe dlsym(nil, "sched_getaffinity") else { return 1 }
        let affinity = unsafe unsafeBitCast(symbol, to: Affinity.self)
        var set = [UInt64](repeating: 0, count: 16)
        guard unsafe affinity(0, 128, &set) == 0 else { return 1 }
        return set.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// Runs `body` on `count` threads, this one included, and returns when all have ended. If the
    /// system gives fewer, it runs on fewer.
    package static func run(_ count: Int, _ body: () -> Void) {
        withoutActuallyEscaping(body) { body in
            let task = unsafe Unmanaged.passRetained(Task(body))
            var others: [pthread_t] = []
            for _ in 1..<max(count, 1) {
                var thread = pthread_t()
                let result = unsafe pthread_create(
                    &thread, nil,
                    { task in
                        guard let task = unsafe task else { return nil }
                        unsafe Unmanaged<Task>.fromOpaque(task).takeUnretainedValue().body()
                        return nil
                    }, task.toOpaque())
                if result == 0 { others.append(thread) }
            }
            body()
            for thread in others { pthread_join(thread, nil) }
            unsafe task.release()
        }
    }

    /// What `body` gives for each number below `count`, in their order; the processors share the work.
    package static func map<Value: Sendable>(_ count: Int, _ body: (Int) -> Value) -> [Value] {
        let done = Mutex([Value?](repeating: nil, count: count))
        let next = Atomic(0)
        run(min(useful, count)) {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                let value = body(index)
                done.withLock { $0[index] = value }
            }
        }
        return done.withLock { $0.compactMap { $0 } }
    }

    private final class Task {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }
}

/// A lock of the system's.
@safe
final class Lock {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    init() {
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    func callAsFunction<Result>(_ body: () -> Result) -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Waits for another thread to change something, while the lock is held.
    func wait(_ condition: UnsafeMutablePointer<pthread_cond_t>) {
        unsafe pthread_cond_wait(condition, mutex)
    }
}
