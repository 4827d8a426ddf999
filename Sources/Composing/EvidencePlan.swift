package import Sealing
package import Tips

/// What one upload consists of: every byte of its frame but the original's own.
///
/// Made in the first pass, or taken from a parked state; the same plan always gives the same frame.
package struct EvidencePlan<P: Primitives>: ~Copyable {
    let fileKey: SecretBytes<P>
    let payload: PayloadState
    /// The frame's beginning.
    package let head: FrameHead
    let manifest: SealedContainer
    let evidenceHeader: [UInt8]

    init(
        fileKey: consuming SecretBytes<P>, payload: PayloadState, head: FrameHead,
        manifest: SealedContainer, evidenceHeader: [UInt8]
    ) {
        self.fileKey = fileKey
        self.payload = payload
        self.head = head
        self.manifest = manifest
        self.evidenceHeader = evidenceHeader
    }

    /// The plan that was parked, if it is one for an original of `byteCount` bytes.
    package init?(_ state: borrowing ParkedState<P>, byteCount: ByteCount) {
        let length = Payload.sealedLength(of: EvidenceTar.totalLength(size: byteCount))
        let manifestDigest = SHA256Digest.of(state.manifest.payload.span, with: P.self)
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
    ///
    /// - Throws: `FormatError`.
    package borrowing func parked(token: FormatText) throws(FormatError) -> ParkedState<P> {
        try ParkedState(
            fileKey: fileKey.duplicate(), payloadNonce: payload.nonce, uploadToken: token,
            head: head, manifest: manifest, evidenceHeader: evidenceHeader)
    }
}
