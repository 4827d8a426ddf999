internal import Glibc
internal import Synchronization

/// Several files examined at the same time, each on a thread of its own.
package enum SideBySide {
    /// Calls `body` with each number below `count`, at most `atOnce` at a time, and returns when all
    /// have ended. A file that takes long holds its own place only.
    package static func run(
        _ count: Int, atOnce: Int = ExaminationLimits.atOnce, _ body: @Sendable (Int) -> Void
    ) {
        withoutActuallyEscaping(body) { body in
            let work = unsafe Unmanaged.passRetained(Work(count: count, body: body))
            var threads: [pthread_t] = []
            for _ in 1..<max(1, min(count, atOnce)) {
                var thread = pthread_t()
                let started = unsafe pthread_create(
                    &thread, nil,
                    { work in
                        guard let work = unsafe work else { return nil }
                        unsafe Unmanaged<Work>.fromOpaque(work).takeUnretainedValue().take()
                        return nil
                    }, work.toOpaque())
                if started == 0 { threads.append(thread) }
            }
            unsafe work.takeUnretainedValue().take()
            for thread in threads { pthread_join(thread, nil) }
            unsafe work.release()
        }
    }

    private final class Work {
        private let next = Atomic(0)
        private let count: Int
        private let body: @Sendable (Int) -> Void

        init(count: Int, body: @escaping @Sendable (Int) -> Void) {
            self.count = count
            self.body = body
        }

        /// Does what nobody has begun, until nothing is left.
        func take() {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                body(index)
            }
        }
    }
}
