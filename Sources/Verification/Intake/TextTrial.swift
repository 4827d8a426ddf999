internal import Custody
internal import Examination
internal import NativePrimitives
internal import Sealing
internal import Tips

/// Texts of strangers on their way through a worker, before this process reads any of them.
///
/// The worker reads each with the desk's own strict readers. What does it harm does it to the worker;
/// what the worker has come through, this process reads again and judges for itself.
struct TextTrial: ~Copyable {
    /// What a text may be.
    enum Kind: UInt8 {
        /// A part of a frame: its manifest, or a text of any class.
        case part = 1
        /// The plain text of a dropped file.
        case dropped = 2
    }

    private var batch: TextBatch
    private var names: [(tip: TipID, payload: Hash)] = []

    /// Starts the worker; it is ready when the first texts are, as a rule.
    ///
    /// - Throws: ``SandboxError``, ``NotDone``: no worker can be started here.
    init(_ desk: Desk) throws {
        batch = try desk.texts.batch()
    }

    /// Adds the text of a part.
    mutating func add(
        _ text: borrowing Secret, as kind: Kind, of payload: Hash, _ tip: TipID
    ) throws {
        try text.withBytes { try batch.append(kind.rawValue, $0) }
        names.append((tip, payload))
    }

    /// Adds every part of a frame that may be a text. One that cannot be opened is left out: it is
    /// refused when the frame is looked at.
    mutating func add(_ envelope: VerifiedEnvelope, in parts: any FrameParts) throws {
        let limit = Payload.sealedLength(of: Limits.textPartBytes)
        for part in envelope.envelope.parts where part.payloadLength <= limit {
            guard let text = try? parts.text(part.payloadDigest) else { continue }
            try add(text, as: .part, of: part.payloadDigest, envelope.tipID)
        }
    }

    /// Lets the worker read.
    ///
    /// - Returns: the payloads of texts at which a worker of their own ended.
    /// - Throws: ``NotDone``: no worker can be started here.
    consuming func unread() throws -> [TipID: Set<Hash>] {
        let names = names
        guard !names.isEmpty else { return [:] }
        var unread: [TipID: Set<Hash>] = [:]
        for (name, outcome) in zip(names, try batch.read()) where outcome == .unread {
            unread[name.tip, default: []].insert(name.payload)
        }
        return unread
    }
}

/// The inner side.
package enum TextTrialWorker {
    /// Reads what this process was lent, as a worker.
    ///
    /// - Returns: the exit code.
    package static func run() -> Int32 {
        TextWorker.run { kind, text in
            switch TextTrial.Kind(rawValue: kind) {
            case .part: isPart(text)
            case .dropped: DropText(text).consent != nil
            case nil: false
            }
        }
    }

    /// Whether it is a manifest, or what parts of any class may hold. Its class is not known here:
    /// only the manifest says it.
    static func isPart(_ text: Span<UInt8>) -> Bool {
        if (try? OpenedManifest<NativePrimitives>.decode(text).manifest) != nil { return true }
        guard
            let object = try? JSON.parse(
                text, limit: Limits.textPartBytes, trailing: .spaces
            ).asObject()
        else { return false }
        let contents = PartClass.allCases.compactMap { try? TipContent(object, as: $0) }
        for case .report(let report) in contents {
            if let drop = report.drop { _ = try? Header.parse(drop.file.span) }
        }
        return !contents.isEmpty
    }
}
