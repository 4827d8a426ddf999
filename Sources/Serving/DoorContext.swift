package import Hummingbird
internal import Logging
internal import NIOCore
internal import Synchronization

/// What a door knows while it answers one request. It has no address of the client.
package struct DoorContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Whether the request's body has been read to its end.
    package let bodyState = BodyState()
    let channel: any Channel

    /// The port of this machine that the request came to.
    package var localPort: Int? { channel.localAddress?.port }

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// Whether a request's body has been read to its end; a connection whose body was not is closed.
package final class BodyState: Sendable {
    private let finished = Atomic<Bool>(false)

    init() {}

    /// Whether the last byte has been read.
    package var isFinished: Bool { finished.load(ordering: .relaxed) }

    func finish() { finished.store(true, ordering: .relaxed) }
}
