import Custody
import Sealing
import Testing
import Tips
import Wire

/// The bodies of the partners' door and their signed heads.
struct PartnerBodyTests {
    private let hash = Hash(sha256: [1])

    @Test("Every body reads back, and refuses a byte less or more")
    func bodies() throws {
        let slot = [UInt8](repeating: 7, count: 2048)
        try road(HashList([hash]))
        try road(DeskInbox([.init(envelope: hash, kind: 1, tip: hash, byteCount: 99)]))
        try road(SealedEvents([.init(leaf: hash, sealed: [1, 2])]))
        try road(
            BundleStates([
                .init(
                    bundle: hash, tip: hash, office: "a", plan: hash, isHeld: true, state: "queued",
                    detail: "")
            ]))
        try road(
            AnswerList([.init(digest: hash, bundle: hash, office: "a", acknowledgement: [9])]))
        try road(
            OfficeListing([.init(number: 2, bundle: hash, byteCount: 5)], closed: [1]))
        try road(MailboxBatch(number: 3, slots: [hash: slot, Hash(sha256: [2]): slot]))
        try road(SignedMailboxBatch(batch: [1], signature: [UInt8](repeating: 0, count: 64)))
        try road(Revocation(keyFingerprint: hash))
        try road(
            ExposureReport([
                .init(
                    bundle: hash, tip: hash, office: "a", hasLeft: true, wasStopped: false,
                    payloads: [hash])
            ]))
        try road(Decision(tip: hash, verdict: .erase))
        try road(
            SignedDecision(decision: [1], signatures: ["p": [UInt8](repeating: 1, count: 64)]))
        try road(CarriedOrder.confirmFrames([hash]))
        try road(CarriedOrder.rearm(tip: hash, frames: 3))
        try road(SignedCarriedOrder(order: [1], signature: [UInt8](repeating: 2, count: 64)))
    }

    @Test("A carried folder's names are read exactly as they are written")
    func carriedNames() {
        #expect(CarriedFile.Kind.orders.file("\(hash.hex).order") == .order(hash))
        #expect(CarriedFile.Kind.releases.file("\(hash.hex).package") == .release(hash))
        #expect(CarriedFile.Kind.decisions.file("\(hash.hex).decision") == .decision(hash))
        for name in ["", "\(hash.hex)", "\(hash.hex).package", "\(hash.hex.uppercased()).order"] {
            #expect(CarriedFile.Kind.orders.file(name) == nil)
        }
    }

    private func road<Body: PartnerBody & Equatable>(_ body: Body) throws {
        #expect(try Body(decoding: body.encoded) == body)
        #expect(throws: PartnerBodyError.self) { try Body(decoding: body.encoded + [0]) }
        #expect(throws: PartnerBodyError.self) { try Body(decoding: body.encoded.dropLast()) }
    }

    @Test("A listing accounts for every number")
    func listing() {
        func complete(_ open: [Int], _ closed: [Int], _ sequence: Int) -> Bool {
            OfficeListing(
                open.map { .init(number: $0, bundle: hash, byteCount: 1) }, closed: closed
            ).isComplete(through: sequence)
        }
        #expect(complete([], [], 0))
        #expect(complete([2, 3], [1], 3))
        #expect(!complete([3], [1], 3))
        #expect(!complete([2, 3], [1], 2))
        #expect(!complete([1, 2], [1], 2))
    }

    @Test("A head is refused for another audience, request, list or key, and when it goes back")
    func heads() throws {
        let key = SigningKey.generate()
        let name = try #require(NoteKeyName("log.test"))
        let verifier = NoteVerifier(name: name, key: key.publicKey)
        let signer = NoteSigner(
            name: name, key: try key.pkcs8PEM().withBytes { try SigningKey(pkcs8PEM: $0) })
        func checkpoint(_ size: UInt64, _ byte: UInt8) throws -> [UInt8] {
            try signer.sign(Checkpoint(origin: name, size: size, root: Hash(sha256: [byte])))
        }
        func answer(_ sequence: Int, _ checkpoint: [UInt8]) -> HeadedAnswer {
            let list = HashList([hash]).encoded
            let head = Head(
                audience: "a", sequence: sequence, list: Hash(sha256: list), nonce: "n",
                checkpoint: checkpoint)
            return HeadedAnswer(head: head.encoded, signature: key.sign(head.encoded), list: list)
        }
        let good = answer(2, try checkpoint(5, 1))
        let head = try good.verified(by: verifier, for: "a", answering: "n").head
        #expect(throws: HeadFault.otherAudience) {
            try good.verified(by: verifier, for: "b", answering: "n")
        }
        #expect(throws: HeadFault.otherRequest) {
            try good.verified(by: verifier, for: "a", answering: "m")
        }
        #expect(throws: HeadFault.otherList) {
            try HeadedAnswer(head: good.head, signature: good.signature, list: [1])
                .verified(by: verifier, for: "a", answering: "n")
        }
        #expect(throws: HeadFault.badSignature) {
            let other = NoteVerifier(name: name, key: SigningKey.generate().publicKey)
            return try good.verified(by: other, for: "a", answering: "n")
        }
        try head.check(after: (2, head.checkpoint.checkpoint))
        for (sequence, size, byte) in [(1, 5, 1), (2, 4, 1), (2, 5, 2)] as [(Int, UInt64, UInt8)] {
            let later = try answer(sequence, checkpoint(size, byte))
                .verified(by: verifier, for: "a", answering: "n").head
            #expect(throws: HeadFault.wentBack) {
                try later.check(after: (2, head.checkpoint.checkpoint))
            }
        }
    }
}
