internal import Composing
internal import Agencies
internal import ArgumentParser
internal import DurableFiles
internal import Glibc
internal import NativePrimitives
internal import Sealing
internal import Submission
internal import Terminal
internal import Tips

/// Seals a tip and sends it, then its evidence.
struct Submit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Send a tip, and files as evidence.",
        discussion: """
            First the receipt is shown: 20 digits to write down. Then the text goes out, sealed, in \
            one small request; the files follow, each sealed as well. Nobody but the desk can read \
            any of it, and the desk passes on only what you allow, to whom you allow.

            TIP.json holds what you want to say. Every part may be left out:
              {
                "language": "zh-Hans",
                "urgency": {"danger": ["ransom"], "reason": "…", "deadline": "2026-12-01"},
                "report": {"narrative": "what happened, in your own words and language",
                  "answers": [{"ask": "police", "text": "…"}]},
                "reporter": {"who": "…", "contact": "…", "safeToReply": false, "how": "…"},
                "person": {"people": [
                  {"names": ["…"], "papers": "…", "description": "…", "sex": "…",
                   "age": "…", "missingSince": "…"}]},
                "place": {"site": "…", "building": "…", "floor": "…", "room": "…",
                  "asOf": "…"},
                "perpetrators": {"people": ["…"], "accounts": ["…"],
                  "demand": {"amount": "…", "currency": "…", "deadline": "…"}},
                "compelled": {"account": "what the person was made to do"},
                "share": [
                  {"office": "office-a", "parts": ["report", "person", "evidence"]}],
                "never": ["office-c"],
                "withdrawalWord": "a word only you know",
                "tellMe": false
              }
            ask: \(FormQuestion.allCases.map(\.rawValue).joined(separator: ", ")).
            danger: \(Danger.allCases.map(\.rawValue).joined(separator: ", ")).
            share: which organisation may have which parts. Who is not listed gets nothing.
            never: who must not have anything, whatever else is said.
            withdrawalWord: whoever forces the receipt out of you cannot have the tip destroyed \
            without it. Better than in the file: leave it out and give --ask-word.
            tellMe: true lets your mailbox show that organisations have your tip. Whoever sees your \
            mailbox then may guess that help is near; choose false if you are watched.

            Examples:
              sallyport submit --to https://door.example --root-key root.vkey \\
                --tip tip.json
              sallyport submit --to https://door.example --root-key root.vkey \\
                --tip tip.json --evidence photo.jpg --evidence video.mp4
              sallyport submit --resume --to https://door.example --root-key root.vkey \\
                --evidence video.mp4
            """)

    @OptionGroup var door: Door

    @Option(help: ArgumentHelp("What you want to say.", valueName: "TIP.json"))
    var tip: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A file to send as evidence, untouched.", valueName: "file"))
    var evidence: [String] = []

    @Flag(help: "Make no receipt. Then nothing can be added, asked or withdrawn later.")
    var noReceipt = false

    @Flag(help: "Ask for the withdrawal word at the terminal.")
    var askWord = false

    @Flag(help: "Go on with evidence that was cut off: asks for the receipt, needs the same files.")
    var resume = false

    func validate() throws {
        if resume {
            guard tip == nil, !noReceipt, !askWord, !evidence.isEmpty else {
                throw ValidationError("--resume goes with --evidence, and with nothing else.")
            }
        } else if tip == nil {
            throw ValidationError("Give what you want to say with --tip TIP.json.")
        }
    }

    func run() async throws {
        try EvidenceSending.check(evidence)
        guard let tip else {
            return try await Add.send(evidence, through: door)
        }
        let draft = try readDraft(tip)
        guard !draft.isEmpty || !evidence.isEmpty else {
            throw Failure(
                "\(tip): it says nothing yet, and there is no file; nothing was sent.",
                hint: "A few words, a place, or one box under \"danger\" is enough. "
                    + "\"sallyport help submit\" shows how the file looks.")
        }
        let client = try door.client()
        let directory = try await door.verifiedDirectory(client)
        try await send(draft, directory, client)
    }

    private func send(
        _ draft: TipDraft, _ directory: Directory, _ client: IntakeClient
    ) async throws {
        let keys: NativeKeys
        let frame: Frame
        if noReceipt {
            keys = .random()
            frame = try build(draft, directory, keys)
        } else {
            let receipt = Receipt<NativePrimitives>.random()
            keys = try receipt.deriveKeys()
            // Built before the receipt is shown: a tip that cannot be sent leaves no receipt behind.
            frame = try build(draft, directory, keys)
            try ReceiptPrompt.show(receipt, keys)
        }
        do {
            try await client.post(frame)
        } catch {
            throw SubmissionWords.failure(error).adding(
                hint: noReceipt ? nil : "The next attempt shows a new receipt: use that one then.")
        }
        Say.result("Your tip is safely stored.")
        try await EvidenceSending(
            client: client, directory: directory, firstEnvelope: frame.envelope.digest,
            canResume: !noReceipt, resumeCommand: Add.command(evidence, door)
        ).send(evidence, keys: keys)
    }

    private func build(
        _ draft: TipDraft, _ directory: Directory, _ keys: borrowing NativeKeys
    ) throws -> Frame {
        try TipBuilder.build(
            draft, terms: try DeskTerms(directory, today: try Door.today()), keys: keys)
    }

    private func readDraft(_ path: String) throws -> TipDraft {
        let bytes = try Durable.read(path, limit: TipDraft.byteLimit)
        let draft: TipDraft
        do throws(DraftProblem) {
            draft = try TipDraft(parsing: bytes.span)
        } catch {
            throw Failure("\(path): \(DraftWords.message(error))", hint: DraftWords.hint(error))
        }
        guard askWord else { return draft }
        return draft.locked(with: try CodeWordPrompt.new().lock())
    }
}
