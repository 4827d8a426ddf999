internal import Agencies
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import HTTPTypes
internal import Ledger
package import Hummingbird
package import Logging
internal import NIOCore
internal import Quarantine
package import Serving
internal import Tips
internal import Wire

/// The partners' door: every request is authenticated first, then answered by its path.
package struct PartnerResponder: HTTPResponder {
    package typealias Context = DoorContext
    private let dispatch: Dispatch
    private let authorities: Authorities
    private let logger: Logger

    /// A door to `dispatch`, called by the names of `authorities`.
    package init(_ dispatch: Dispatch, at authorities: Authorities, logger: Logger) {
        self.dispatch = dispatch
        self.authorities = authorities
        self.logger = logger
    }

    package func respond(to request: Request, context: DoorContext) async throws -> Response {
        do {
            let authentic = try await dispatch.authenticate(
                request, at: authorities, port: context.localPort)
            let exchange = Exchange(
                dispatch: dispatch, request: request, context: context, authentic: authentic,
                logger: logger)
            return try await exchange.respond()
        } catch {
            return try refuse(error)
        }
    }

    /// The rule that was broken is noted for the operator, in words that name no tip and no office.
    private func refuse(_ error: any Error) throws -> Response {
        switch error {
        case let refusal as PartnerRefusal: return Response(refusal)
        case is OutboxRefusal, is TipRefusal: return Response(PartnerRefusal.conflict)
        case is BundleRefusal:
            logger.warning("a release was refused")
            return Response(PartnerRefusal.refused)
        case let error as DispatchError:
            logger.error("cannot act", metadata: ["operation": "\(error)"])
            return Response(PartnerRefusal.busy)
        case is StoreFailure, is FileError, is LedgerError: FatalStore.stop(error, logger)
        case let error as BodyError: return Response(error.partnerRefusal)
        default: throw error
        }
    }
}

extension FatalStore {
    /// Ends the process over a failure of the database, of a file, or of the custody log: nothing
    /// after it can be believed.
    ///
    /// - Parameter operation: what was being done, where the error does not say it.
    static func stop(
        _ error: any Error, _ logger: Logger, doing operation: String = "request"
    ) -> Never {
        switch error {
        case let failure as StoreFailure:
            stop(logger, operation: failure.operation, code: failure.code)
        case let error as FileError:
            stop(logger, operation: error.operation, code: error.code)
        case let error as LedgerError: stop(logger, operation: "custody log: \(error)", code: 0)
        default: stop(logger, operation: operation, code: 0)
        }
    }
}

extension BodyError {
    fileprivate var partnerRefusal: PartnerRefusal {
        switch self {
        case .noLength, .brokenOff: .malformed
        case .tooLarge: .tooLarge
        case .tooSlow: .tooSlow
        }
    }
}

extension Response {
    /// The fixed answer of a refusal.
    init(_ refusal: PartnerRefusal) {
        self.init(status: .init(code: refusal.status), text: refusal.body)
    }
}

/// One authenticated request and its answer.
private struct Exchange {
    /// Bytes read and sent at once.
    static let pieceBytes = 256 * 1024

    let dispatch: Dispatch
    let request: Request
    let context: DoorContext
    let authentic: AuthenticRequest
    let logger: Logger

    func respond() async throws -> Response {
        switch (authentic.caller, request.method) {
        case (.desk, .get): try await deskReads()
        case (.desk, .post): try await deskWrites()
        case (.desk, .put), (.desk, .head): try await payload()
        case (.office(let office), .get): try await officeReads(office)
        case (.office(let office), .post): try await officeWrites(office)
        default: throw PartnerRefusal.notFound
        }
    }

    private func deskReads() async throws -> Response {
        let nonce = authentic.nonce
        switch authentic.path {
        case .inbox: return Response(try await dispatch.inbox(nonce: nonce))
        case .events: return Response(try await dispatch.events(nonce: nonce))
        case .bundleStates: return Response(try await dispatch.bundleStates(nonce: nonce))
        case .answers: return Response(try await dispatch.answers(nonce: nonce))
        case .frame(let digest):
            let (dispatch, content) = (dispatch, try await dispatch.frame(digest))
            return try ranged(content, first: {}, last: { try await dispatch.notePulled(digest) })
        default: throw PartnerRefusal.notFound
        }
    }

    private func deskWrites() async throws -> Response {
        switch authentic.path {
        case .frameConfirmations:
            try await dispatch.confirmFrames(try await body(HashList.self).hashes)
        case .eventConfirmations:
            try await dispatch.confirmEvents(try await body(HashList.self).hashes)
        case .answerConfirmations:
            try await dispatch.confirmAnswers(try await body(HashList.self).hashes)
        case .releases:
            let bytes = try await bytes(limit: ReleasePackage.byteLimit)
            guard let package = try? ReleasePackage(decoding: bytes) else {
                throw PartnerRefusal.malformed
            }
            try await dispatch.takeRelease(package)
        case .mailboxes: try await dispatch.takeMailboxes(try await body(SignedMailboxBatch.self))
        case .decisions: try await dispatch.decide(try await body(SignedDecision.self))
        case .rearm(let plan):
            guard try await body(HashList.self).hashes == [plan] else {
                throw PartnerRefusal.malformed
            }
            try await dispatch.rearm(plan: plan)
        case .revocations:
            let report = try await dispatch.revoke(try await body(Revocation.self))
            return Response(octets: report.encoded, contentType: Self.cbor)
        default: throw PartnerRefusal.notFound
        }
        return Response(status: .noContent)
    }

    private func payload() async throws -> Response {
        guard case .payload(let digest) = authentic.path else { throw PartnerRefusal.notFound }
        if request.method == .head {
            guard try await dispatch.holdsPayload(digest) else { throw PartnerRefusal.notFound }
            return Response(status: .noContent)
        }
        guard authentic.content?.sha256 == digest.bytes else { throw PartnerRefusal.malformed }
        let receiver = try PayloadReceiver(dispatch.blobs)
        let limits = BodyLimits(
            maxBytes: Limits.payloadBytes, deadline: .seconds(24 * 3600),
            leastBytesPerSecond: PartnerLimits.leastBytesPerSecond,
            grace: .seconds(PartnerLimits.graceSeconds))
        try await request.readBody(within: limits, context) { chunk in
            try await receiver.take([UInt8](buffer: chunk))
        }
        try await dispatch.stage(receiver, expecting: digest)
        return Response(status: .noContent)
    }

    private func officeReads(_ office: Office) async throws -> Response {
        switch authentic.path {
        case .officeBundles:
            return Response(try await dispatch.listing(for: office, nonce: authentic.nonce))
        case .officeBundle(let digest):
            let (dispatch, content) = (dispatch, try await dispatch.bundle(digest, for: office))
            return try ranged(
                content, first: { try await dispatch.noteServed(digest) },
                last: { try await dispatch.noteFetched(digest) })
        default: throw PartnerRefusal.notFound
        }
    }

    private func officeWrites(_ office: Office) async throws -> Response {
        guard case .officeAcknowledgements = authentic.path else { throw PartnerRefusal.notFound }
        let signed = try await bytes(limit: PartnerLimits.acknowledgementBytes)
        try await dispatch.acknowledge(signed, by: office)
        return Response(status: .noContent)
    }

    private static let cbor = "application/cbor"

    /// The whole body, which must have the digest that was signed.
    private func bytes(limit: Int) async throws -> [UInt8] {
        let limits = BodyLimits(
            maxBytes: limit, deadline: .seconds(600),
            leastBytesPerSecond: PartnerLimits.leastBytesPerSecond,
            grace: .seconds(PartnerLimits.graceSeconds))
        guard let expected = authentic.content else { throw PartnerRefusal.malformed }
        let bytes = try await request.readBody(within: limits, context)
        guard ContentDigest(of: bytes) == expected else { throw PartnerRefusal.forbidden }
        return bytes
    }

    private func body<Body: PartnerBody>(_ type: Body.Type) async throws -> Body {
        let bytes = try await bytes(limit: Body.byteLimit)
        guard let body = try? Body(decoding: bytes) else { throw PartnerRefusal.malformed }
        return body
    }

    /// Serves a range. What has to be logged is logged before the byte leaves: `first` before any,
    /// `last` before the last of the whole content.
    private func ranged(
        _ content: RangedContent, first: @escaping @Sendable () async throws -> Void,
        last: @escaping @Sendable () async throws -> Void
    ) throws -> Response {
        let field = request.headers[.range]
        let parsed = field.map { ByteRange.parse($0, byteCount: content.byteCount) }
        guard let range = parsed ?? 0..<content.byteCount else { throw PartnerRefusal.notFound }
        let slices = content.slices(range, limit: Self.pieceBytes)
        let isEnd = range.upperBound == content.byteCount
        let (dispatch, logger) = (dispatch, logger)
        let body = ResponseBody(contentLength: range.count) { writer in
            do {
                try await first()
                for (index, slice) in slices.enumerated() {
                    if isEnd, index == slices.count - 1 { try await last() }
                    try await writer.write(ByteBuffer(bytes: try await dispatch.read(slice)))
                }
                try await writer.finish(nil)
            } catch let failure as StoreFailure {
                FatalStore.stop(failure, logger)
            }
        }
        var headers: HTTPFields = [.contentType: MediaType.octets, .cacheControl: "no-store"]
        headers[.acceptRanges] = "bytes"
        guard field != nil else { return Response(status: .ok, headers: headers, body: body) }
        headers[.contentRange] =
            "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(content.byteCount)"
        return Response(status: .partialContent, headers: headers, body: body)
    }
}

extension Dispatch {
    fileprivate func read(_ slice: BundleLayout.Slice) async throws -> [UInt8] {
        switch slice {
        case .bytes(let bytes): bytes
        case .payload(let digest, let range): try await readPayload(digest, range)
        }
    }
}

extension Response {
    fileprivate init(_ answer: HeadedAnswer) {
        self.init(octets: answer.encoded, contentType: "application/cbor")
    }
}
