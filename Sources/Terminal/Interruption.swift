internal import Dispatch
internal import DurableFiles
internal import Glibc

/// A signal ends this program, but first what it has not finished writing goes.
package struct Interruption {
    /// The exit code is this and the signal's number, as a shell tells it.
    private static let signalled: Int32 = 128

    private let sources: [any DispatchSourceSignal]

    /// From here on, as long as it is kept.
    package init() {
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            // Else the signal would end the program before anybody is told.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Unfinished.removeAll()
                _exit(Self.signalled + number)
            }
            source.resume()
            return source
        }
    }
}
