internal import Synchronization

/// Bounds how much of safe copies is in memory at a time.
///
/// A copy is opened whole before a byte of it is sent, since only then it is known to be what was made.
final class CopyRoom: Sendable {
    /// Most bytes of one copy that is shown here; larger ones can be written to a file by command.
    static let copyBytes = 128 << 20
    /// Copies in memory at a time: what is shown, and what comes next.
    static let places = 2
    /// How long a request waits for a place.
    private static let patience = Duration.seconds(20)
    private static let step = Duration.milliseconds(10)

    private let taken = Mutex(0)

    /// All places are free.
    init() {}

    /// A place for one copy, free again when nobody holds it.
    final class Place: Sendable {
        private let room: CopyRoom

        fileprivate init(in room: CopyRoom) { self.room = room }

        deinit { room.taken.withLock { $0 -= 1 } }
    }

    /// A place, once one is free; nil when none becomes free in time.
    func place() async -> Place? {
        let clock = ContinuousClock()
        let end = clock.now + Self.patience
        while clock.now < end {
            if let place = takePlace() { return place }
            do { try await Task.sleep(for: Self.step) } catch { return nil }
        }
        return nil
    }

    /// A place, if one is free now.
    func takePlace() -> Place? {
        let isFree = taken.withLock { taken in
            guard taken < Self.places else { return false }
            taken += 1
            return true
        }
        return isFree ? Place(in: self) : nil
    }
}
