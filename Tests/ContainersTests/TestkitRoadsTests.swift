import Containers
import DurableFiles
import NativePrimitives
import Opening
import Sealing
import Testing
import Vectors

/// Every vector of the C2SP CCTV age testkit by the roads of the programs: memory in random pieces,
/// a file, a pipe; armored ones too. What is released of a failing file is compared as well.
@Suite struct TestkitRoadsTests {
    static let vectors = (try? AgeVector.all()) ?? []

    @Test func theVectorsAreThere() {
        #expect(Self.vectors.count == 94)
    }

    @Test(arguments: vectors) func fromMemoryInRandomPieces(_ vector: AgeVector) throws {
        for mostAtOnce in [3, 70_000] where vector.file.count < 200_000 || mostAtOnce > 3 {
            let source = MemorySource(vector.file, mostAtOnce: mostAtOnce)
            try check(vector, try open(source, vector))
        }
    }

    @Test(arguments: vectors) func fromAFile(_ vector: AgeVector) throws {
        let folder = try Folder()
        try Durable.write(vector.file.span, to: folder.path + "/file")
        try check(vector, try open(try OpenFile(reading: folder.path + "/file"), vector))
    }

    @Test(arguments: vectors) func fromAPipe(_ vector: AgeVector) throws {
        try check(vector, try open(try pipe(carrying: vector.file), vector))
    }

    private func open<Source: ByteSource & ~Copyable>(
        _ source: consuming Source, _ vector: AgeVector
    ) throws -> Opened {
        let identities = vector.identities.compactMap {
            Identity<NativePrimitives>(parsing: Array($0.utf8).span)
        }
        return try openParallel(source, identities, passphrase: vector.passphrases.first)
    }

    private func check(_ vector: AgeVector, _ opened: Opened) throws {
        switch vector.expect {
        case .success: #expect(opened.error == nil)
        case .noMatch: #expect(opened.error == .noMatch)
        case .hmacFailure: #expect(opened.error == .badHeaderMAC)
        case .armorFailure:
            // What does not begin as age's armor does is taken for binary, and is no header either.
            guard case .armor = opened.error else {
                #expect(opened.error == .header(.unknownVersion))
                let isLikely = Armor.isLikely(vector.file.span)
                #expect(!isLikely)
                return
            }
        case .headerFailure: #expect(isOfHeader(opened.error))
        case .payloadFailure:
            #expect([.badChunk, .truncatedPayload, .trailingData].contains(opened.error))
        }
        if let digest = vector.payloadDigest {
            #expect(NativePrimitives.sha256(opened.released.span) == digest)
        } else {
            #expect(opened.released.isEmpty)
        }
    }

    private func isOfHeader(_ error: OpeningError?) -> Bool {
        switch error {
        case .header, .malformedStanza, .workFactorTooHigh, .scryptNotAlone: true
        // The vectors count the payload's nonce to the header.
        case .truncatedPayload: true
        default: false
        }
    }
}
