package import Sealing
package import Tips

/// The first pass over an original (DESIGN §4, *Resuming*): hashes its pieces, and seals them under a
/// fresh key only to learn the digests that the envelope must name. Nothing sealed is kept.
package struct EvidenceSurvey<P: Primitives>: ~Copyable {
    private let byteCount: ByteCount
    private let header: [UInt8]
    private let fileKey = FileKey<P>()
    private var sealing: EvidenceSealing<P>?
    private var digests = ChunkDigests()
    private var sums = SealingSums<P>()

    /// A pass over an original of `byteCount` bytes.
    ///
    /// - Throws: ``EvidenceError/empty`` and ``EvidenceError/tooLarge``.
    package init(byteCount: ByteCount) throws(EvidenceError) {
        guard byteCount > 0 else { throw .empty }
        guard let header = EvidenceTar.header(size: byteCount) else { throw .tooLarge }
        self.byteCount = byteCount
        self.header = header
    }

    /// Takes the next piece of the original: ``Limits/chunkBytes`` long, unless it is the last.
    ///
    /// - Throws: ``EvidenceError/changed`` for more bytes than were announced.
    package mutating func add(_ chunk: Span<UInt8>) throws(EvidenceError) {
        do throws(FormatError) {
            try digests.add(chunk, with: P.self)
        } catch {
            throw .changed
        }
        guard digests.byteCount <= UInt64(byteCount) else { throw .changed }
        var sealing = sealing.take() ?? EvidenceSealing(byteCount: byteCount, fileKey: fileKey)
        do throws(SealingError) {
            let header = header
            if digests.digests.count == 1 { try sums.add(header.span, to: &sealing) }
            try sums.add(chunk, to: &sealing)
        } catch {
            throw .sealing(error)
        }
        self.sealing = consume sealing
    }

    /// Ends the pass.
    ///
    /// - Throws: ``EvidenceError/changed`` when fewer bytes came than were announced.
    package consuming func finish() throws(EvidenceError) -> SurveyedEvidence<P> {
        guard digests.byteCount == UInt64(byteCount), let sealing = sealing.take() else {
            throw .changed
        }
        let state = sealing.state
        do throws(SealingError) {
            try sums.finish(sealing, tailLength: EvidenceTar.tailLength(size: byteCount))
        } catch {
            throw .sealing(error)
        }
        guard let payloadDigest = SHA256Digest(sums.payload.finish()),
            let plaintextDigest = SHA256Digest(sums.plain.finish())
        else { throw .format(.wrongLength) }
        let (digests, length) = (digests, sums.sealedBytes)
        return SurveyedEvidence(
            digests: digests, fileKey: fileKey, payload: state, payloadDigest: payloadDigest,
            payloadLength: length, plaintextDigest: plaintextDigest)
    }
}

/// Digests of what was sealed and of what went in.
private struct SealingSums<P: Primitives> {
    var payload = P.Digest()
    var plain = P.Digest()
    private(set) var sealedBytes: ByteCount = 0
    private var sealed: [UInt8] = []

    /// Seals a piece and counts it in.
    mutating func add(
        _ piece: Span<UInt8>, to sealing: inout EvidenceSealing<P>
    ) throws(SealingError) {
        plain.update(piece)
        try sealing.update(piece, into: &sealed)
        take()
    }

    /// Seals the zeros and the last chunk.
    mutating func finish(
        _ sealing: consuming EvidenceSealing<P>, tailLength: ByteCount
    ) throws(SealingError) {
        while try sealing.fill(into: &sealed) { take() }
        try sealing.finish(into: &sealed)
        take()
        let zeros = [UInt8](repeating: 0, count: Int(min(tailLength, 256 * 1024)))
        var left = tailLength
        while left > 0 {
            let part = Int(min(left, ByteCount(zeros.count)))
            plain.update(zeros.span.extracting(first: part))
            left -= ByteCount(part)
        }
    }

    /// Counts in what has been sealed, and forgets it.
    private mutating func take() {
        let bytes = sealed
        payload.update(bytes.span)
        sealedBytes += ByteCount(bytes.count)
        sealed = []
    }
}

/// Why an original cannot be sealed as evidence.
package enum EvidenceError: Error, Equatable {
    /// Nothing is in it: nearly always a copy that failed.
    case empty
    /// More than ``Limits/evidenceBytes``.
    case tooLarge
    /// Its bytes are not those of the first pass; its key has been abandoned.
    case changed
    /// A value that the formats refuse.
    case format(FormatError)
    /// The manifest could not be sealed.
    case build(BuildError)
    /// Sealing failed.
    case sealing(SealingError)
}

/// What the first pass learnt of an original.
package struct SurveyedEvidence<P: Primitives>: ~Copyable {
    /// The digests of its pieces.
    package let digests: ChunkDigests
    let fileKey: FileKey<P>
    let payload: PayloadState
    let payloadDigest: SHA256Digest
    let payloadLength: ByteCount
    let plaintextDigest: SHA256Digest

    /// The plan of an upload of the original under the name it had, sealed to the desk.
    ///
    /// - Throws: ``EvidenceError``.
    package consuming func plan(
        name: FormatText, at place: SupplementPlace, terms: DeskTerms,
        keys: borrowing ReceiptKeys<P>
    ) throws(EvidenceError) -> EvidencePlan<P> {
        let header = try evidenceHeader(to: terms.recipient)
        let manifest = try manifest(name: name, at: place, terms: terms, keys: keys)
        let part = SealedPart(
            payloadDigest: payloadDigest, payloadLength: payloadLength,
            headerDigest: .of(header.span, with: P.self), headerLength: header.count)
        do throws(FormatError) {
            let envelope = try Envelope.shuffling(
                [part, SealedPart(manifest, with: P.self)], kind: .supplement,
                epoch: terms.epoch, tipKey: keys.signer.key, with: P.self)
            return EvidencePlan(
                fileKey: fileKey.withBytes { SecretBytes(copying: $0) }, payload: payload,
                head: try envelope.signed(by: keys.signer).head, manifest: manifest,
                evidenceHeader: header)
        } catch {
            throw .format(error)
        }
    }

    private borrowing func evidenceHeader(
        to recipient: Recipient
    ) throws(EvidenceError) -> [UInt8] {
        do throws(SealingError) {
            return try Header(wrapping: fileKey, to: [recipient]).encoded
        } catch {
            throw .sealing(error)
        }
    }

    private borrowing func manifest(
        name: FormatText, at place: SupplementPlace, terms: DeskTerms,
        keys: borrowing ReceiptKeys<P>
    ) throws(EvidenceError) -> SealedContainer {
        let manifest = Manifest(
            epoch: terms.epoch, tipKey: keys.signer.key, sequence: place.sequence,
            firstEnvelope: place.firstEnvelope,
            parts: [
                Manifest.Part(
                    partClass: .evidence, payloadDigest: payloadDigest,
                    plaintextDigest: plaintextDigest, name: name)
            ])
        do throws(BuildError) {
            return try ManifestSealing.seal(manifest, keys: keys, to: terms.recipient)
        } catch {
            throw .build(error)
        }
    }
}
