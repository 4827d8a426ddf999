package import Sealing

/// The wish to park a sealed state, signed by the tip's key: the door stores it once, for an upload
/// of the same key.
///
///     tip key (32) || signature (64) || state (8,192)
///
/// The signature is over "sallyport.park/1" || address || state.
package struct ParkRequest: Equatable, Sendable {
    /// The key that signed.
    package let tipKey: TipKey
    /// Where to park.
    package let address: ParkedAddress
    /// ``Limits/parkedBytes`` sealed bytes.
    package let state: [UInt8]
    /// 64 bytes.
    package let signature: [UInt8]

    /// Bytes of a request's body.
    package static var byteCount: Int { 32 + 64 + Limits.parkedBytes }

    /// A request signed by the tip's key.
    ///
    /// - Throws: ``FormatError/wrongLength`` unless `state` has ``Limits/parkedBytes``.
    package static func signing<P: Primitives>(
        _ state: [UInt8], address: ParkedAddress, by signer: borrowing TipSigner<P>
    ) throws(FormatError) -> ParkRequest {
        guard state.count == Limits.parkedBytes else { throw .wrongLength }
        let message = message(address, state)
        return ParkRequest(
            tipKey: signer.key, address: address, state: state,
            signature: signer.sign(message.span))
    }

    /// Reads a request for `address` and verifies it.
    ///
    /// - Throws: ``FormatError/wrongLength`` or ``FormatError/badSignature``.
    package static func verifying<P: Primitives>(
        _ body: [UInt8], address: ParkedAddress, with primitives: P.Type
    ) throws(FormatError) -> ParkRequest {
        guard body.count == byteCount, let tipKey = TipKey([UInt8](body[0..<32])) else {
            throw .wrongLength
        }
        let signature = [UInt8](body[32..<96])
        let state = [UInt8](body[96...])
        guard tipKey.verifies(signature, over: message(address, state).span, with: P.self) else {
            throw .badSignature
        }
        return ParkRequest(
            tipKey: tipKey, address: address, state: state, signature: signature)
    }

    /// The request's body.
    package var encoded: [UInt8] { tipKey.bytes + signature + state }

    private init(tipKey: TipKey, address: ParkedAddress, state: [UInt8], signature: [UInt8]) {
        self.tipKey = tipKey
        self.address = address
        self.state = state
        self.signature = signature
    }

    private static func message(_ address: ParkedAddress, _ state: [UInt8]) -> [UInt8] {
        ascii("sallyport.park/1") + address.bytes + state
    }
}
