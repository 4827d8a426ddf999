internal import Agencies
internal import NativePrimitives
internal import Sealing
internal import Tips

/// What one upload consists of: every byte of its frame but the original's own.
///
/// Made in the first pass, or taken from a parked state; the same plan always gives the same frame.
struct EvidencePlan: ~Copyable {
    let fileKey: Secret
    let payload: PayloadState
    let head: FrameHead
    let manifest: SealedContainer
    let evidenceHeader: [UInt8]

    init(
        fileKey: consuming Secret, payload: PayloadState, head: FrameHead,
        manifest: SealedContainer, evidenceHeader: [UInt8]
    ) {
        self.fileKey = fileKey
        self.payload = payload
        self.head = head
        self.manifest = manifest
        self.evidenceHeader = evidenceHeader
    }

    /// The plan that was parked, if it is one for an original of `byteCount` bytes.
    init?(_ state: borrowing ParkedState<NativePrimitives>, byteCount: Int) {
        let length = Payload.sealedLength(of: EvidenceTar.totalLength(size: byteCount))
        let manifestDigest = SHA256Digest.of(
            state.manifest.payload.span, with: NativePrimitives.self)
        guard
            state.head.envelope.envelope.parts.contains(where: {
                $0.payloadLength == length && $0.payloadDigest != manifestDigest
            })
        else { return nil }
        self.init(
            fileKey: state.fileKey.duplicate(), payload: PayloadState(nonce: state.payloadNonce),
            head: state.head, manifest: state.manifest, evidenceHeader: state.evidenceHeader)
    }

    /// What is to be parked, once the door has named the upload.
    borrowing func parked(
        token: String
    ) throws(FormatError) -> ParkedState<NativePrimitives> {
        try ParkedState(
            fileKey: fileKey.duplicate(), payloadNonce: payload.nonce, uploadToken: token,
            head: head, manifest: manifest, evidenceHeader: evidenceHeader)
    }
}

/// The first pass over an original: hashes its pieces, and seals them under a fresh key only to
/// learn the digests that the envelope must name. Nothing sealed is kept.
struct EvidenceSurvey: ~Copyable {
    let digests: ChunkDigests
    let fileKey: FileKey<NativePrimitives>
    let payload: PayloadState
    let payloadDigest: SHA256Digest
    let payloadLength: Int
    let plaintextDigest: SHA256Digest

    /// Reads all of `file`.
    ///
    /// - Parameter progress: is told how many bytes have been read.
    static func of(
        _ file: borrowing OriginalFile, progress: (Int) -> Void
    ) throws -> EvidenceSurvey {
        guard let header = EvidenceTar.header(size: file.byteCount) else {
            throw OriginalError.tooLarge
        }
        let key = FileKey<NativePrimitives>()
        var sealing = EvidenceSealing(byteCount: file.byteCount, fileKey: key)
        let state = sealing.state
        var sums = SealingSums()
        try sealing.begin(header, into: &sums.sealed)
        sums.plain.update(header.span)
        var done = 0
        let digests = try file.survey { chunk in
            try sealing.update(chunk, into: &sums.sealed)
            sums.plain.update(chunk)
            sums.take()
            done += chunk.count
            progress(done)
        }
        while try sealing.fill(into: &sums.sealed) { sums.take() }
        sums.addZeros(EvidenceTar.tailLength(size: file.byteCount))
        try sealing.finish(into: &sums.sealed)
        sums.take()
        let (payloadDigest, plaintextDigest) = try sums.finish()
        return EvidenceSurvey(
            digests: digests, fileKey: key, payload: state, payloadDigest: payloadDigest,
            payloadLength: sums.sealedBytes, plaintextDigest: plaintextDigest)
    }

    /// The plan of an upload of the original under the name it had, sealed to `epoch`.
    consuming func plan(
        name: String, at place: SupplementPlace, epoch: DeskEpoch, keys: borrowing TipBuilder.Keys
    ) throws -> EvidencePlan {
        let header = try Header(wrapping: fileKey, to: [epoch.recipient]).encoded
        let part = SealedPart(
            payloadDigest: payloadDigest, payloadLength: payloadLength,
            headerDigest: .of(header.span, with: NativePrimitives.self),
            headerLength: header.count)
        let manifest = Manifest(
            epoch: epoch.number, tipKey: keys.signer.key, sequence: place.sequence,
            firstEnvelope: place.firstEnvelope,
            parts: [
                Manifest.Part(
                    partClass: .evidence, payloadDigest: payloadDigest,
                    plaintextDigest: plaintextDigest, name: name)
            ])
        let sealed = try ManifestSealing.seal(manifest, keys: keys, to: epoch)
        let envelope = try Envelope.shuffling(
            [part, SealedPart(sealed, with: NativePrimitives.self)], kind: .supplement,
            epoch: epoch.number, tipKey: keys.signer.key, with: NativePrimitives.self)
        return EvidencePlan(
            fileKey: fileKey.withBytes { Secret(copying: $0) }, payload: payload,
            head: try envelope.signed(by: keys.signer).head, manifest: sealed,
            evidenceHeader: header)
    }
}

/// Digests of what was sealed and of what went in.
private struct SealingSums {
    var sealed: [UInt8] = []
    var plain = NativePrimitives.Digest()
    private var payload = NativePrimitives.Digest()
    private(set) var sealedBytes = 0

    /// Counts in what has been sealed, and forgets it.
    mutating func take() {
        payload.update(sealed.span)
        sealedBytes += sealed.count
        sealed.removeAll(keepingCapacity: true)
    }

    mutating func addZeros(_ count: Int) {
        let zeros = [UInt8](repeating: 0, count: min(count, 256 * 1024))
        var left = count
        while left > 0 {
            let part = min(left, zeros.count)
            plain.update(zeros.span.extracting(first: part))
            left -= part
        }
    }

    mutating func finish() throws(FormatError) -> (payload: SHA256Digest, plain: SHA256Digest) {
        guard let payload = SHA256Digest(payload.finish()), let plain = SHA256Digest(plain.finish())
        else { throw .wrongLength }
        return (payload, plain)
    }
}
