import Custody
import Testing
import Tips

/// Checkpoints, policies with witnesses, and tlog-proofs.
@Suite struct LogTests {
    private let stored = StoredTree(size: 11)

    private func signer(_ origin: String = "log.example/custody") throws -> NoteSigner {
        NoteSigner(name: try noteName(origin), key: try testKey(1))
    }

    private func signedCheckpoint() throws -> [UInt8] {
        try signer().sign(
            Checkpoint(
                origin: noteName("log.example/custody"), size: 11, root: stored.tree.root))
    }

    /// The checkpoint with a witness's line added.
    private func cosigned(_ checkpoint: [UInt8], by name: String, _ seed: UInt8) throws -> [UInt8] {
        let key = try testKey(seed)
        let verifier = NoteVerifier(
            name: try noteName(name), type: .cosignature, key: key.publicKey)
        let text = try UnverifiedNote(checkpoint).text
        let signature = key.sign(utf8("cosignature/v1\ntime 1679315147\n") + text)
        let time: [UInt8] = [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB]
        var keyID: [UInt8] = []
        for shift in [24, 16, 8, 0] {
            keyID.append(UInt8(truncatingIfNeeded: verifier.keyID >> UInt32(shift)))
        }
        return checkpoint + utf8("— \(name) \(base64(keyID + time + signature))\n")
    }

    private func base64(_ bytes: [UInt8]) -> String {
        var text = ""
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = Array(bytes[start..<min(start + 3, bytes.count)])
            let value = (group + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
            for position in 0..<4 {
                let used = position <= group.count
                text.append(used ? alphabet[value >> (18 - 6 * position) & 63] : "=")
            }
        }
        return text
    }

    private func witnessKey(_ name: String, _ seed: UInt8) throws -> String {
        NoteVerifier(
            name: try noteName(name), type: .cosignature, key: try testKey(seed).publicKey
        ).vkey
    }

    @Test func aCheckpointVerifiesUnderItsOwnKeyOnly() throws {
        let checkpoint = try UnverifiedCheckpoint(signedCheckpoint())
        let verified = try checkpoint.verified(by: signer().verifier)
        #expect(verified.checkpoint.size == 11)
        #expect(verified.checkpoint.root == stored.tree.root)
        #expect(throws: NoteError.wrongOrigin("log.example/custody")) {
            try checkpoint.verified(by: signer("log.example/other").verifier)
        }
        let stranger = NoteVerifier(
            name: try noteName("log.example/custody"), key: try testKey(9).publicKey)
        #expect(throws: NoteError.unsigned) { try checkpoint.verified(by: stranger) }
        #expect(throws: NoteError.wrongOrigin("log.example/custody")) {
            try signer("log.example/other").sign(checkpoint.claim)
        }
    }

    @Test(arguments: [
        "o\n01\n\(someHash(1).base64)\n", "o\n1\n\(someHash(1).base64)",
        "o\n1\n\(someHash(1).base64)\nx\n",
        "o\n-1\n\(someHash(1).base64)\n", "o\n18446744073709551616\n\(someHash(1).base64)\n",
        "o\n1\nAAAA\n", "\n1\n\(someHash(1).base64)\n", "o\n0\n\(someHash(1).base64)\n", "o\n1\n\n",
    ])
    func otherCheckpointsAreRefused(_ text: String) {
        #expect(throws: NoteError.malformedCheckpoint) { try Checkpoint(text: utf8(text)) }
    }

    @Test func aQuorumOfWitnessesIsDemanded() throws {
        let policy = try LogPolicy(
            text: utf8(
                """
                # who is believed
                log \(signer().verifier.vkey) https://log.example
                witness W1 \(witnessKey("w1.example", 11))
                witness\tW2 \(witnessKey("w2.example", 12))
                witness W3 \(witnessKey("w3.example", 13))
                group two 2 W1 W2 W3

                quorum two

                """))
        var checkpoint = try signedCheckpoint()
        checkpoint = try cosigned(checkpoint, by: "w1.example", 11)
        #expect(throws: NoteError.quorumMissing) {
            try UnverifiedCheckpoint(checkpoint).verified(by: policy)
        }
        let twice = try cosigned(checkpoint, by: "w1.example", 11)
        #expect(throws: NoteError.quorumMissing) {
            try UnverifiedCheckpoint(twice).verified(by: policy)
        }
        let forged = try cosigned(checkpoint, by: "w2.example", 13)
        #expect(throws: NoteError.quorumMissing) {
            try UnverifiedCheckpoint(forged).verified(by: policy)
        }
        let both = try cosigned(checkpoint, by: "w3.example", 13)
        let verified = try UnverifiedCheckpoint(both).verified(by: policy)
        #expect(verified.note.signers.map(\.time) == [nil, 1_679_315_147, 1_679_315_147])
    }

    @Test func aCosignatureAloneIsNoLogSignature() throws {
        let signed = try signedCheckpoint()
        let both = String(decoding: try cosigned(signed, by: "w1.example", 11), as: UTF8.self)
        let logLine = String(decoding: signed, as: UTF8.self).split(separator: "\n")[3]
        let bare = utf8(both.replacing("\(logLine)\n", with: ""))
        let policy = try LogPolicy(
            text: utf8(
                "log \(signer().verifier.vkey)\nwitness W \(witnessKey("w1.example", 11))\nquorum W\n"
            ))
        #expect(throws: NoteError.unsigned) { try UnverifiedCheckpoint(bare).verified(by: policy) }
    }

    @Test func policiesThatBreakAGrammarRuleAreRefused() throws {
        let log = "log \(try signer().verifier.vkey)\n"
        let witness = "witness W \(try witnessKey("w1.example", 11))\n"
        let second = "witness V \(try witnessKey("w2.example", 12))\n"
        #expect(throws: LogPolicyError.noQuorum) { try LogPolicy(text: utf8(log)) }
        #expect(throws: LogPolicyError.noLog) { try LogPolicy(text: utf8("quorum none\n")) }
        let lines: [(String, Int)] = [
            (log + log + "quorum none\n", 2), (log + "quorum none\nquorum none\n", 3),
            (log + "quorum W\n" + witness, 2), (log + witness + "group G all W W\nquorum G\n", 3),
            (log + witness + "group G 2 W\nquorum G\n", 3), (log + witness + witness, 3),
            (log + witness + "group G 0 W\n", 3), (log + "group G any none\n", 2),
            (log + witness + second + "group G any W\ngroup H any W V\n", 5),
            (log + "quorum none", 2), (log + "quorum\u{B}none\n", 2), (log + "trust me\n", 2),
            ("log \(try witnessKey("w1.example", 11))\n", 1),
            ("witness none \(try witnessKey("w1.example", 11))\n", 1),
        ]
        for (text, line) in lines {
            #expect(throws: LogPolicyError.malformedLine(line), "\(text)") {
                try LogPolicy(text: utf8(text))
            }
        }
    }

    @Test func aProofHoldsForItsEntryOnly() throws {
        let unverified = UnverifiedLogProof(
            index: 7, inclusion: try #require(stored.inclusion(index: 7, size: 11)),
            checkpoint: try UnverifiedCheckpoint(signedCheckpoint()))
        let policy = LogPolicy(log: try signer().verifier)
        let read = try UnverifiedLogProof(unverified.bytes)
        #expect(read == unverified)
        let verified = try read.verified(entry: stored.entries[7], by: policy)
        #expect(verified.index == 7 && verified.bytes == unverified.bytes)
        #expect(throws: LogProofError.notIncluded) {
            try read.verified(entry: stored.entries[6], by: policy)
        }
        let moved = UnverifiedLogProof(
            index: 6, inclusion: read.inclusion, checkpoint: read.checkpoint)
        #expect(throws: LogProofError.notIncluded) {
            try moved.verified(entry: stored.entries[7], by: policy)
        }
    }

    @Test func proofsOfOtherFormsAreRefused() throws {
        let note = String(decoding: try signedCheckpoint(), as: UTF8.self)
        let hash = someHash(1).base64
        let head = "c2sp.org/tlog-proof@v1\n"
        #expect(try UnverifiedLogProof(utf8(head + "extra AAAA\nindex 0\n\n" + note)).index == 0)
        let malformed = [
            "index 0\n\n" + note, head + "\n" + note, head + "index 00\n\n" + note,
            head + "index 0\nAAAA\n\n" + note, head + "extra A\nindex 0\n\n" + note,
            head + "index 0\n" + String(repeating: hash + "\n", count: 65) + "\n" + note,
            head + "index 0\nextra AAAA\n\n" + note,
        ]
        for text in malformed {
            #expect(throws: LogProofError.malformed, "\(text)") {
                try UnverifiedLogProof(utf8(text))
            }
        }
        #expect(throws: LogProofError.checkpoint(.malformedNote)) {
            try UnverifiedLogProof(utf8(head + "index 0\n" + hash + "\n"))
        }
    }
}
