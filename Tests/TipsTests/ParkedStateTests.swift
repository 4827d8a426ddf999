import NativePrimitives
import Sealing
import Testing

@testable import Tips

@Suite struct ParkedStateTests {
    /// A supplement of one manifest part and one evidence part.
    private func state(token: String = "upload-1") throws -> ParkedState<P> {
        let manifest = try sealed([UInt8](repeating: 0, count: 1024))
        let evidence = try sealed([UInt8](repeating: 1, count: 2048))
        let frame = try Frame.make(
            kind: .supplement, epoch: 5, parts: [manifest, evidence], signedBy: signer(7))
        return try ParkedState(
            fileKey: secret([UInt8](repeating: 8, count: 16)),
            payloadNonce: [UInt8](evidence.payload[0..<16]), uploadToken: token,
            head: frame.envelope.head, manifest: manifest, evidenceHeader: evidence.header)
    }

    private func chunks() throws -> ChunkDigests {
        var chunks = ChunkDigests()
        try chunks.add([UInt8](repeating: 0x61, count: Limits.chunkBytes).span, with: P.self)
        try chunks.add([0x62].span, with: P.self)
        return chunks
    }

    /// Root and address were computed with Python's hashlib and hmac.
    @Test("root and address are the format's")
    func golden() throws {
        let root = try chunks().root(with: P.self)
        #expect(
            root.hex == "1af3e8e019f036f8c9f2a28f429050a7184b9c65fc4365443ecdd427fb2dddbe")
        let resume = hex("1a1083f8e1d861f7511d6b97c54e1428d8d1b681754f2b1e56e7c74f777f4431")
        let keys = ParkedKeys<P>(resumeSecret: secret(resume), root: root)
        #expect(
            keys.address.hex == "a900a0708b610505274f765d4c76fa5970b8f6e0c2bad083312d50723d3db9f3")
    }

    @Test("a state comes back as it was parked")
    func roundTrip() throws {
        let keys = ParkedKeys<P>(resumeSecret: secret(filled(1)), root: digest(2))
        let parked = try state()
        let box = try parked.sealed(with: keys)
        #expect(box.count == 8192)
        guard let opened = try ParkedState<P>.open(box.span, with: keys) else {
            Issue.record("it did not open")
            return
        }
        #expect(
            opened.fileKey.withBytes { [UInt8](copying: $0) } == [UInt8](repeating: 8, count: 16))
        #expect(opened.payloadNonce == parked.payloadNonce)
        #expect(opened.uploadToken == "upload-1")
        #expect(opened.head == parked.head)
        #expect(opened.manifest == parked.manifest)
        #expect(opened.evidenceHeader == parked.evidenceHeader)
    }

    @Test("another file or another receipt does not open it, nor with a byte changed")
    func refused() throws {
        let keys = ParkedKeys<P>(resumeSecret: secret(filled(1)), root: digest(2))
        let box = try state().sealed(with: keys)
        let otherFile = ParkedKeys<P>(resumeSecret: secret(filled(1)), root: digest(3))
        let otherReceipt = ParkedKeys<P>(resumeSecret: secret(filled(2)), root: digest(2))
        #expect(otherFile.address != keys.address)
        #expect(otherReceipt.address != keys.address)
        #expect(try isNothing(box, otherFile))
        #expect(try isNothing(box, otherReceipt))
        for index in stride(from: 0, to: box.count, by: 501) {
            var changed = box
            changed[index] ^= 1
            #expect(try isNothing(changed, keys))
        }
    }

    @Test("parts that are not the envelope's cannot be parked")
    func otherParts() throws {
        let good = try state()
        #expect(throws: FormatError.wrongDigest) {
            _ = try ParkedState<P>(
                fileKey: secret([UInt8](repeating: 8, count: 16)), payloadNonce: good.payloadNonce,
                uploadToken: "t", head: good.head, manifest: try sealed([1]),
                evidenceHeader: good.evidenceHeader)
        }
        #expect(throws: FormatError.badText) { _ = try state(token: "a b") }
    }

    @Test("a request to park is the tip key's, for one address and one state")
    func request() throws {
        let address = try #require(ParkedAddress(filled(4)))
        let other = try #require(ParkedAddress(filled(5)))
        let body = [UInt8](repeating: 6, count: Limits.parkedBytes)
        let request = try ParkRequest.signing(body, address: address, by: signer(7))
        let bytes = request.encoded
        #expect(bytes.count == ParkRequest.byteCount)
        #expect(try ParkRequest.verifying(bytes, address: address, with: P.self) == request)
        #expect(throws: FormatError.badSignature) {
            try ParkRequest.verifying(bytes, address: other, with: P.self)
        }
        for index in stride(from: 0, to: bytes.count, by: 97) {
            var changed = bytes
            changed[index] ^= 1
            #expect(throws: FormatError.badSignature) {
                try ParkRequest.verifying(changed, address: address, with: P.self)
            }
        }
        #expect(throws: FormatError.wrongLength) {
            try ParkRequest.verifying([UInt8](bytes.dropLast()), address: address, with: P.self)
        }
    }

    @Test("chunks are whole but the last, and each is known again")
    func chunkRules() throws {
        var chunks = try chunks()
        #expect(chunks.byteCount == UInt64(Limits.chunkBytes) + 1)
        #expect(matches(chunks, 0x62, at: 1))
        #expect(!matches(chunks, 0x63, at: 1))
        #expect(!matches(chunks, 0x62, at: 2))
        #expect(throws: FormatError.wrongLength) { try chunks.add([1].span, with: P.self) }
    }

    private func matches(_ chunks: ChunkDigests, _ byte: UInt8, at index: Int) -> Bool {
        chunks.matches([byte].span, at: index, with: P.self)
    }

    private func isNothing(_ box: [UInt8], _ keys: borrowing ParkedKeys<P>) throws -> Bool {
        switch try ParkedState<P>.open(box.span, with: keys) {
        case .none: true
        case .some: false
        }
    }
}
