import NativePrimitives
import Sealing
import Testing

@testable import Tips

@Suite struct FrameTests {
    @Test("a tip's frame is read back whole, and is small")
    func roundTrip() throws {
        let frame = try SampleTip().frame
        let bytes = frame.encoded
        #expect(bytes.count <= Limits.tipFrameBytes)
        let read = try Frame.parse(bytes.span, with: P.self)
        #expect(read == frame)
        #expect(frame.parts.count == 8)
    }

    @Test("the head is known as soon as its bytes are there, and not before")
    func incremental() throws {
        let frame = try SampleTip().frame
        let bytes = frame.encoded
        let head = frame.envelope.head
        for count in 0..<head.byteCount {
            let read = try FrameHead.parse(prefix: bytes.span.extracting(first: count))
            #expect(read == nil)
        }
        for count in [head.byteCount, head.byteCount + 1, bytes.count] {
            let read = try FrameHead.parse(prefix: bytes.span.extracting(first: count))
            #expect(read == head)
        }
        #expect(head.frameByteCount == bytes.count)
        #expect(head.encoded == [UInt8](bytes[..<head.byteCount]))
    }

    @Test("the layout points at the parts' own bytes, to the frame's end")
    func layout() throws {
        let frame = try SampleTip().frame
        let bytes = frame.encoded
        let layout = frame.envelope.head.layout
        for (place, part) in zip(layout, frame.parts) {
            #expect([UInt8](bytes[place.header]) == part.header)
            #expect([UInt8](bytes[place.payload]) == part.payload)
        }
        #expect(layout.last?.payload.upperBound == bytes.count)
    }

    @Test("cut anywhere, or with a byte more, a frame is refused")
    func truncations() throws {
        let bytes = try SampleTip().frame.encoded
        for count in stride(from: 0, to: bytes.count, by: 37) {
            #expect(throws: FormatError.truncated) {
                try Frame.parse(bytes.span.extracting(first: count), with: P.self)
            }
        }
        #expect(throws: FormatError.trailingBytes) {
            try Frame.parse((bytes + [0]).span, with: P.self)
        }
    }

    @Test("any byte changed, a frame is refused")
    func mutations() throws {
        let bytes = try SampleTip().frame.encoded
        for index in stride(from: 0, to: bytes.count, by: 11) {
            var changed = bytes
            changed[index] ^= 0x20
            #expect(throws: FormatError.self) { try Frame.parse(changed.span, with: P.self) }
        }
    }

    @Test("bytes that cannot become a frame are refused at once")
    func early() {
        #expect(throws: FormatError.wrongLabel) {
            try FrameHead.parse(prefix: [UInt8]("sallyport.frame/2".utf8).span)
        }
        let long = FrameHead.magic + [0x20, 0x01]
        #expect(throws: FormatError.tooLarge) { try FrameHead.parse(prefix: long.span) }
    }

    @Test("a tip above 64 KiB is neither made nor read")
    func tooLarge() throws {
        #expect(throws: FormatError.tooLarge) {
            try SampleTip(narrative: String(repeating: "很", count: 20_000))
        }
        let parts = (1...8).map {
            SealedPart(
                payloadDigest: digest(UInt8($0)), payloadLength: Payload.sealedLength(of: 8192),
                headerDigest: digest(1), headerLength: 200)
        }
        let envelope = try Envelope.shuffling(
            parts, kind: .tip, epoch: 1, tipKey: signer(7).key, with: P.self
        ).signed(by: signer(7))
        #expect(throws: FormatError.tooLarge) {
            try FrameHead.parse(prefix: envelope.head.encoded.span)
        }
    }

    @Test("a header that has the signed digest but is no age header is refused")
    func notAnAgeHeader() throws {
        let good = try sealed([UInt8](repeating: 0, count: 1024))
        let payload = try sealed([UInt8](repeating: 0, count: 1024)).payload
        let headless = SealedContainer(header: [1, 2, 3], payload: payload)
        let frame = try Frame.make(
            kind: .supplement, epoch: 1, parts: [headless, good], signedBy: signer(7))
        #expect(throws: FormatError.badHeader) {
            try Frame.parse(frame.encoded.span, with: P.self)
        }
    }
}
