package import Hummingbird
internal import HTTPTypes
internal import NIOCore

extension Response {
    /// How long a closed connection stays half open, so that the answer is read before a reset.
    static var linger: Duration { .milliseconds(500) }

    /// The same response, after which the connection is closed whatever the client still sends.
    ///
    /// Hummingbird would read the rest of the body first, for as long as it drips. So: write, end
    /// our half of the connection, give the client a moment to read the answer, and leave by an
    /// error, on which Hummingbird closes the channel.
    package func closing(_ context: DoorContext) -> Response {
        let body = self.body
        let channel = context.channel
        var response = Response(
            status: status, headers: headers,
            body: ResponseBody(contentLength: body.contentLength) { writer in
                try await body.write(writer)
                try? await channel.close(mode: .output).get()
                try? await Task.sleep(for: Response.linger)
                throw ConnectionClosed()
            })
        response.headers[.connection] = "close"
        return response
    }
}

/// Not a failure: how a handler makes Hummingbird close a connection.
struct ConnectionClosed: Error {}
