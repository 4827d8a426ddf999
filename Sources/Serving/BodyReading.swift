package import Hummingbird
package import NIOCore
internal import HTTPTypes
internal import Synchronization

extension Request {
    /// Whether the request says that it has a body.
    package var declaresBody: Bool {
        if headers[.transferEncoding] != nil { return true }
        guard let length = headers[.contentLength] else { return false }
        return length != "0"
    }

    /// The whole body, within `limits`.
    ///
    /// - Throws: ``BodyError``; the connection must then be closed (``GuardedResponder`` does).
    package func readBody(
        within limits: BodyLimits, _ context: DoorContext
    ) async throws -> [UInt8] {
        let collected = Mutex<[UInt8]>([])
        try await readBody(within: limits, context) { chunk in
            collected.withLock { $0.append(contentsOf: chunk.readableBytesView) }
        }
        return collected.withLock { $0 }
    }

    /// The body as far as it came within `limits`, and why it ended early, if it did.
    ///
    /// For appends to an upload, where every byte that came over a bad line counts.
    /// - Throws: ``BodyError`` when nothing of the body can be used.
    package func readBodyKeepingPart(
        within limits: BodyLimits, _ context: DoorContext
    ) async throws -> (bytes: [UInt8], failure: BodyError?) {
        let collected = Mutex<[UInt8]>([])
        do {
            try await readBody(within: limits, context) { chunk in
                collected.withLock { $0.append(contentsOf: chunk.readableBytesView) }
            }
            return (collected.withLock { $0 }, nil)
        } catch let error as BodyError where error == .tooSlow || error == .brokenOff {
            return (collected.withLock { $0 }, error)
        } catch let error as BodyError {
            throw error
        } catch {
            // The connection itself failed: reset, or ended in the middle of the body.
            return (collected.withLock { $0 }, .brokenOff)
        }
    }

    /// Hands the body to `body` piece by piece, within `limits`.
    ///
    /// Hummingbird has no deadline for a body: a second task watches the clock and cancels the
    /// reading. A body must state its length, since an inbound stream that ends by cancellation or
    /// by a vanished peer looks like one that is complete.
    /// - Throws: ``BodyError``, or what `body` throws.
    package func readBody(
        within limits: BodyLimits, _ context: DoorContext,
        _ body: @escaping @Sendable (ByteBuffer) async throws -> Void
    ) async throws {
        let length = try declaredLength(within: limits)
        let meter = Meter()
        let stream = self.body
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                for try await chunk in stream {
                    guard meter.add(chunk.readableBytes) <= length else { throw BodyError.tooLarge }
                    try await body(chunk)
                }
                guard meter.count == length else { throw BodyError.brokenOff }
            }
            group.addTask { try await meter.watch(limits) }
            try await group.next()
        }
        context.bodyState.finish()
    }

    private func declaredLength(within limits: BodyLimits) throws(BodyError) -> Int {
        guard headers[.transferEncoding] == nil, let text = headers[.contentLength],
            let length = Int(text), length >= 0
        else { throw .noLength }
        guard length <= limits.maxBytes else { throw .tooLarge }
        return length
    }
}

/// Counts what has arrived, for the task that watches the clock.
private final class Meter: Sendable {
    private let received = Atomic<Int>(0)

    var count: Int { received.load(ordering: .relaxed) }

    func add(_ bytes: Int) -> Int {
        received.wrappingAdd(bytes, ordering: .relaxed).newValue
    }

    /// Throws ``BodyError/tooSlow`` when the sender is; ends otherwise only by cancellation.
    func watch(_ limits: BodyLimits) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        var pace = BodyPace(limits)
        while true {
            try await Task.sleep(for: .milliseconds(250))
            if pace.isTooSlow(received: count, after: clock.now - start) {
                throw BodyError.tooSlow
            }
        }
    }
}
