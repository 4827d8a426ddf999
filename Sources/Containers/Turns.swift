internal import Glibc

/// Who of several threads may write next, and whether anything has failed.
///
/// Pieces are numbered in the order of the stream. After a failure at one number nothing of a
/// higher number is written, and everything of a lower one still is: what comes out does not depend
/// on how the threads happened to run (Container §9.3).
@safe
final class Turns {
    private let lock = Lock()
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var turn = 0
    private var total = 0
    private var failure: (number: Int, error: ContainerError)?

    init() {
        unsafe changed.initialize(to: pthread_cond_t())
        unsafe pthread_cond_init(changed, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(changed)
        unsafe changed.deallocate()
    }

    /// Why the work as a whole has failed: the error of the lowest number.
    var error: ContainerError? { lock { failure?.error } }

    /// Waits until all lower numbers are done; false when one of them has failed.
    func wait(for number: Int) -> Bool {
        lock {
            while turn != number, !hasFailed(before: number) { unsafe lock.wait(changed) }
            return !hasFailed(before: number)
        }
    }

    /// A piece is done, for which `byteCount` bytes were read: the next number may write.
    func pass(_ byteCount: Int, _ progress: (Int) -> Void) {
        lock {
            turn += 1
            total += byteCount
            progress(total)
            unsafe pthread_cond_broadcast(changed)
        }
    }

    /// The piece of this number has failed.
    func fail(_ number: Int, _ error: ContainerError) {
        lock {
            if failure.map({ $0.number > number }) ?? true { failure = (number, error) }
            unsafe pthread_cond_broadcast(changed)
        }
    }

    private func hasFailed(before number: Int) -> Bool {
        failure.map { $0.number < number } ?? false
    }
}
