internal import AsyncHTTPClient
package import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
package import Wire

/// What the door answered.
package struct DoorAnswer: Equatable, Sendable {
    /// The HTTP status.
    package let status: Int
    /// The header fields.
    package let fields: HTTPFields
    /// The body.
    package let body: [UInt8]
}

/// Sends requests to the public door: no cookies, no redirects, no name of this program.
package struct DoorConnection: Sendable {
    /// Seconds until a request must be answered, its body included: the door's own deadlines are
    /// shorter, and a mebibyte over a bad line may take long.
    static let timeoutSeconds: Int64 = 900

    private let address: DoorAddress
    private let tls: TLSConfiguration?

    /// A connection to the door at `address`; nothing is sent yet.
    ///
    /// - Parameter certificates: a PEM file of the certificates to trust instead of the system's.
    /// - Throws: ``SubmissionError/badCertificates(_:)``.
    package init(_ address: DoorAddress, certificates: String?) throws(SubmissionError) {
        self.address = address
        tls = try Self.tls(certificates)
    }

    private static func tls(_ path: String?) throws(SubmissionError) -> TLSConfiguration? {
        guard let path else { return nil }
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty
        else { throw .badCertificates(path) }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.trustRoots = .certificates(certificates)
        return configuration
    }

    /// Sends one request and reads the whole answer, of at most `limit` bytes.
    ///
    /// - Throws: ``SubmissionError/unreachable(_:)``.
    package func send(
        _ method: HTTPRequest.Method, _ path: PublicPath, fields: HTTPFields = [:],
        body: [UInt8]? = nil, limit: Int = 4096
    ) async throws(SubmissionError) -> DoorAnswer {
        var request = HTTPClientRequest(url: address.origin + path.text)
        request.tlsConfiguration = tls
        request.method = NIOHTTP1.HTTPMethod(rawValue: method.rawValue)
        for field in fields {
            request.headers.add(name: field.name.rawName, value: field.value)
        }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let response = try await Self.client.execute(
                request, timeout: .seconds(Self.timeoutSeconds))
            let buffer = try await response.body.collect(upTo: limit)
            return DoorAnswer(
                status: Int(response.status.code), fields: Self.fields(of: response),
                body: [UInt8](buffer: buffer))
        } catch {
            throw .unreachable("\(error)")
        }
    }

    private static func fields(of response: HTTPClientResponse) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in response.headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        return fields
    }

    /// One client for the whole program: it ends with the process.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(15), read: .seconds(60)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
}
