import NativePrimitives
import Opening
import Sealing
import Testing
import Vectors

/// Every vector of the C2SP CCTV age testkit that is not armored, by every road.
@Suite struct TestkitTests {
    static let vectors = (try? AgeVector.all().filter { !$0.isArmored }) ?? []

    @Test func theVectorsAreThere() {
        #expect(Self.vectors.count == 74)
    }

    @Test(arguments: vectors) func opensAsExpectedInOnePiece(_ vector: AgeVector) {
        #expect(outcome(of: vector, pieces: [vector.file.count]) == expected(vector))
    }

    @Test(arguments: vectors) func opensAsExpectedInSmallPieces(_ vector: AgeVector) {
        guard vector.file.count < 200_000 else { return }
        for size in [1, 7, 65_552] {
            #expect(outcome(of: vector, pieces: [size]) == expected(vector), "pieces of \(size)")
        }
    }

    @Test(arguments: vectors) func headersThatParseEncodeToTheSameBytes(_ vector: AgeVector) {
        guard let (header, count) = try? Header.parse(vector.file.span) else { return }
        #expect(header.encoded == [UInt8](vector.file[..<count]))
    }

    @Test(arguments: vectors) func readdressedFilesOpenForTheNewRecipient(_ vector: AgeVector)
        throws
    {
        guard vector.expect == .success else { return }
        let (header, count) = try Header.parse(vector.file.span)
        let fileKey = try unwrap(header, vector)
        let office = try Identity<NativePrimitives>.generate(.mlkem768x25519)
        let readdressed = try Header.readdressing(fileKey, to: [office.recipient])
        let container = readdressed.encoded + vector.file[count...]
        let plaintext = try OpenedContainer.open(container.span, with: [office])
        let digest = plaintext.withBytes { NativePrimitives.sha256($0) }
        #expect(digest == vector.payloadDigest)
    }

    // MARK: - One road

    private struct Result: Equatable {
        let outcome: AgeVector.Outcome
        let digest: [UInt8]?
    }

    private func expected(_ vector: AgeVector) -> Result {
        Result(outcome: vector.expect, digest: vector.payloadDigest)
    }

    private func outcome(of vector: AgeVector, pieces: [Int]) -> Result {
        let fileKey: FileKey<NativePrimitives>
        let count: Int
        do {
            let parsed = try Header.parse(vector.file.span)
            count = parsed.byteCount
            fileKey = try unwrap(parsed.header, vector)
        } catch OpeningError.noMatch {
            return Result(outcome: .noMatch, digest: nil)
        } catch OpeningError.badHeaderMAC {
            return Result(outcome: .hmacFailure, digest: nil)
        } catch {
            return Result(outcome: .headerFailure, digest: nil)
        }
        return openPayload([UInt8](vector.file[count...]), fileKey, pieceSize: pieces[0])
    }

    private func openPayload(
        _ payload: [UInt8], _ fileKey: consuming FileKey<NativePrimitives>, pieceSize: Int
    ) -> Result {
        var opener = PayloadOpener(fileKey: fileKey)
        var plaintext: [UInt8] = []
        do {
            for start in stride(from: 0, to: payload.count, by: pieceSize) {
                let end = min(start + pieceSize, payload.count)
                try opener.update(payload.span.extracting(start..<end), into: &plaintext)
            }
            try opener.finish(into: &plaintext)
        } catch {
            // A payload without a whole nonce fails before any key is used: a header failure.
            let short = payload.count < Payload.nonceBytes
            return Result(
                outcome: short ? .headerFailure : .payloadFailure,
                digest: short ? nil : NativePrimitives.sha256(plaintext.span))
        }
        return Result(outcome: .success, digest: NativePrimitives.sha256(plaintext.span))
    }

    private func unwrap(
        _ header: Header, _ vector: AgeVector
    ) throws -> FileKey<NativePrimitives> {
        if let passphrase = vector.passphrases.first {
            return try header.unwrap(passphrase: Secret(copying: Array(passphrase.utf8).span))
        }
        let identities = vector.identities.compactMap {
            Identity<NativePrimitives>(parsing: Array($0.utf8).span)
        }
        return try header.unwrap(with: identities)
    }
}
