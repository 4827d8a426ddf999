internal import AsyncHTTPClient
internal import Custody
internal import Glibc
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Tips
internal import Wire

/// Sends signed requests to one door. Follows no redirects, keeps no cookies.
struct Connection: Sendable {
    /// Seconds until a request that moves no file must be answered.
    static let timeoutSeconds: Int64 = 120
    /// Seconds until one piece of a file must have moved.
    static let transferTimeoutSeconds: Int64 = 1800

    let endpoint: PartnerEndpoint
    let signer: PartnerSigner
    private let tls: TLSConfiguration?

    init(_ endpoint: PartnerEndpoint, _ signer: PartnerSigner) throws(PartnerError) {
        self.endpoint = endpoint
        self.signer = signer
        tls = try Self.tls(endpoint.trustedCertificates)
    }

    private static func tls(_ path: String?) throws(PartnerError) -> TLSConfiguration? {
        guard let path else { return nil }
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty
        else { throw .badCertificates(path) }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.trustRoots = .certificates(certificates)
        return configuration
    }

    /// What a request carries.
    enum Content {
        case none
        case bytes([UInt8])
        case file(FileBody, sha256: Hash)

        /// Whether it can be sent a second time: a file is read once.
        var isRepeatable: Bool {
            if case .file = self { return false }
            return true
        }

        var digest: ContentDigest? {
            switch self {
            case .none: nil
            case .bytes(let bytes): ContentDigest(of: bytes)
            case .file(_, let hash): ContentDigest(sha256: hash.bytes)
            }
        }
    }

    /// An answer's head, with its body still to be read, and the request's nonce.
    struct Answer {
        let response: HTTPClientResponse
        let nonce: String

        var status: Int { Int(response.status.code) }
    }

    /// Sends a request and returns a successful answer.
    ///
    /// A connection that was kept may be closed by the door at the very moment it is used again;
    /// then the request is signed anew and sent once more. Every request may be repeated: what it
    /// does is named by digests and numbers.
    /// - Throws: ``PartnerError``; a refusal of the door is ``PartnerError/refused(_:)``.
    func send(
        _ method: String, _ path: PartnerPath, _ content: Content = .none,
        range: ClosedRange<Int>? = nil
    ) async throws(PartnerError) -> Answer {
        do {
            return try await attempt(method, path, content, range: range)
        } catch {
            guard case .unreachable = error, content.isRepeatable else { throw error }
            return try await attempt(method, path, content, range: range)
        }
    }

    private func attempt(
        _ method: String, _ path: PartnerPath, _ content: Content,
        range: ClosedRange<Int>?
    ) async throws(PartnerError) -> Answer {
        let signed = SignedRequest(
            method: method, authority: endpoint.authority, path: path.text,
            contentDigest: content.digest)
        let parameters = SignatureParameters(
            keyID: signer.keyID, created: time(nil), coversContent: content.digest != nil)
        var request = HTTPClientRequest(url: endpoint.origin + path.text)
        request.method = HTTPMethod(rawValue: method)
        request.tlsConfiguration = tls
        for field in try await fields(signed, parameters) {
            request.headers.add(name: field.name.rawName, value: field.value)
        }
        if let range {
            request.headers.add(
                name: "Range", value: "bytes=\(range.lowerBound)-\(range.upperBound)")
        }
        request.attach(content)
        let response = try await execute(request)
        try await refuse(response)
        return Answer(response: response, nonce: parameters.nonce)
    }

    private func fields(
        _ request: SignedRequest, _ parameters: SignatureParameters
    ) async throws(PartnerError) -> HTTPFields {
        do {
            let base = try request.signatureBase(parameters)
            let signature = try await signer.sign(base)
            return RequestSignature.fields(request, parameters, signature: signature)
        } catch {
            throw .notSigned("\(error)")
        }
    }

    private func execute(
        _ request: HTTPClientRequest
    ) async throws(PartnerError) -> HTTPClientResponse {
        let seconds =
            request.headers.contains(name: "Range") || request.method == .PUT
            ? Self.transferTimeoutSeconds : Self.timeoutSeconds
        do {
            return try await Self.client.execute(request, timeout: .seconds(seconds))
        } catch {
            throw .unreachable("\(error)")
        }
    }

    /// Turns an answer that is no success into an error.
    private func refuse(_ response: HTTPClientResponse) async throws(PartnerError) {
        guard response.status.code >= 300 else { return }
        if response.status == .forbidden, let date = response.headers.first(name: "Date"),
            let server = HTTPDate.seconds(date)
        {
            let difference = abs(server - time(nil))
            if difference > SignatureParameters.clockToleranceSeconds {
                throw .clocksDiffer(seconds: difference)
            }
        }
        guard let body = try? await response.body.collect(upTo: 1024),
            let refusal = PartnerRefusal(body: String(buffer: body)),
            refusal.status == Int(response.status.code)
        else { throw .unexpectedAnswer(status: Int(response.status.code)) }
        throw .refused(refusal)
    }

    /// One client for the whole program: it ends with the process. A door that is down is reported
    /// at once: the caller decides whether to try again.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(15)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// The whole body of an answer of at most `limit` bytes.
    func body(_ answer: Answer, limit: Int) async throws(PartnerError) -> [UInt8] {
        do {
            return [UInt8](buffer: try await answer.response.body.collect(upTo: limit))
        } catch {
            throw .unreachable("the answer broke off: \(error)")
        }
    }

    /// A list with its signed head.
    func list<Body: PartnerBody>(
        _ path: PartnerPath, for audience: String, as type: Body.Type
    ) async throws(PartnerError) -> (head: VerifiedHead, list: Body) {
        let answer = try await send("GET", path)
        let bytes = try await body(answer, limit: HeadedAnswer.byteLimit)
        guard let headed = try? HeadedAnswer(decoding: bytes) else { throw .head(.malformed) }
        do throws(HeadFault) {
            let (head, list) = try headed.verified(
                by: endpoint.log, for: audience, answering: answer.nonce)
            guard let decoded = try? Body(decoding: list) else { throw .malformed }
            return (head, decoded)
        } catch {
            throw .head(error)
        }
    }

    /// Sends a body and reads the answer's.
    func post(
        _ path: PartnerPath, _ bytes: [UInt8], limit: Int = 1024
    ) async throws(PartnerError) -> [UInt8] {
        try await body(try await send("POST", path, .bytes(bytes)), limit: limit)
    }
}

extension HTTPClientRequest {
    fileprivate mutating func attach(_ content: Connection.Content) {
        switch content {
        case .none: break
        case .bytes(let bytes):
            headers.add(name: "Content-Type", value: "application/cbor")
            body = .bytes(ByteBuffer(bytes: bytes))
        case .file(let file, _):
            headers.add(name: "Content-Type", value: MediaType.octets)
            body = .stream(file, length: .known(Int64(file.byteCount)))
        }
    }
}
