internal import Agencies
internal import Custody
internal import NativePrimitives
internal import Sealing
internal import Tips

/// What the desk's program asks its agent: `["sallyport.desk-agent/1", operation, [arguments]]`.
enum DeskRequest {
    /// Which epochs it can open, its station's key, its directory's version.
    case status
    /// Here is a directory: use it from now on, unless it is older.
    case directory(note: [UInt8])
    /// The file key of a header sealed to the desk, for the examination.
    case unwrap(header: [UInt8])
    /// The same file key in a header for the key of the tip's case.
    case adopt(epoch: Int, header: [UInt8], tip: TipID)
    /// The file keys of several frames, and headers over them for the keys of their cases.
    case adoptFrames([Adoption])
    /// The public key of the tip's case, made on first use.
    case caseRecipient(tip: TipID)
    /// The file key of a header made for the case.
    case unwrapCase(tip: TipID, header: [UInt8])
    /// Makes and keeps the header of one file for an office. The payload follows in messages of its
    /// own; an empty message ends it.
    case prepare(PreparedName, header: [UInt8], classes: [PartClass])
    /// What a draft holds.
    case draft(tip: TipID, draft: Hash)
    /// The names of all drafts of a case.
    case drafts(tip: TipID)
    /// Forgets a draft.
    case discard(tip: TipID, draft: Hash)
    /// The headers of a draft, against the statement that two persons signed.
    case release(statement: [UInt8])
    /// Destroys the case's key.
    case erase(tip: TipID)
    /// Signs with the station's key.
    case sign(label: String, text: [UInt8])

    /// Most bytes of a directory's note.
    static let noteLimit = UnverifiedDirectory.byteLimit

    private var operation: String {
        switch self {
        case .status: "status"
        case .directory: "directory"
        case .unwrap: "unwrap"
        case .adopt: "adopt"
        case .adoptFrames: "adopt-frames"
        case .caseRecipient: "case-recipient"
        case .unwrapCase: "unwrap-case"
        case .prepare: "prepare"
        case .draft: "draft"
        case .drafts: "drafts"
        case .discard: "discard"
        case .release: "release"
        case .erase: "erase"
        case .sign: "sign"
        }
    }

    /// The request's bytes.
    var encoded: Secret {
        var writer = CBORWriter(reserving: 4096)
        writer.array(3)
        writer.label("sallyport.desk-agent/1")
        writer.text(operation)
        writeArguments(to: &writer)
        return writer.takeSecret(as: NativePrimitives.self)
    }

    private func writeArguments(to writer: inout CBORWriter) {
        switch self {
        case .status: writer.array(0)
        case .directory(let bytes), .unwrap(let bytes), .release(let bytes):
            writer.array(1)
            writer.bytes(bytes)
        case .adopt(let epoch, let header, let tip):
            writer.array(3)
            writer.uint(epoch)
            writer.bytes(header)
            writer.bytes(tip.bytes)
        case .adoptFrames(let frames):
            writer.array(1)
            writer.array(frames.count)
            for frame in frames { frame.write(to: &writer) }
        case .caseRecipient(let tip), .erase(let tip), .drafts(let tip):
            writer.array(1)
            writer.bytes(tip.bytes)
        case .unwrapCase(let tip, let header):
            writer.array(2)
            writer.bytes(tip.bytes)
            writer.bytes(header)
        case .draft(let tip, let draft), .discard(let tip, let draft):
            writer.array(2)
            writer.bytes(tip.bytes)
            writer.bytes(draft.bytes)
        case .sign(let label, let text):
            writer.array(2)
            writer.text(label)
            writer.bytes(text)
        case .prepare(let name, let header, let classes):
            writer.array(6)
            writer.bytes(name.tip.bytes)
            writer.bytes(name.draft.bytes)
            writer.text(name.office.text)
            writer.text(name.file)
            writer.bytes(header)
            writer.array(classes.count)
            for partClass in classes { writer.uint(Int(partClass.rawValue)) }
        }
    }

    /// Reads a request.
    init(decoding bytes: borrowing Secret) throws(AgentRefusal) {
        do throws(FormatError) {
            self = try bytes.withBytes { (bytes) throws(FormatError) in
                try CBOR.decode(bytes, limit: AgentSocket.messageLimit) {
                    (reader) throws(FormatError) in
                    try reader.array(count: 3)
                    try reader.label("sallyport.desk-agent/1")
                    return try DeskRequest(
                        operation: try reader.text(atMost: 32), arguments: &reader)
                }
            }
        } catch {
            throw .malformed
        }
    }

    private init(
        operation: String, arguments reader: inout CBORReader
    ) throws(FormatError) {
        let counts = [
            "status": 0, "directory": 1, "unwrap": 1, "release": 1, "case-recipient": 1,
            "erase": 1, "drafts": 1, "unwrap-case": 2, "draft": 2, "discard": 2, "sign": 2,
            "adopt": 3, "adopt-frames": 1, "prepare": 6,
        ]
        guard let count = counts[operation] else { throw .wrongLabel }
        try reader.array(count: count)
        switch operation {
        case "status": self = .status
        case "directory": self = .directory(note: try reader.bytes(atMost: Self.noteLimit))
        case "unwrap": self = .unwrap(header: try reader.header())
        case "release": self = .release(statement: try reader.bytes(atMost: 512 * 1024))
        case "case-recipient": self = .caseRecipient(tip: try reader.tip())
        case "erase": self = .erase(tip: try reader.tip())
        case "unwrap-case": self = .unwrapCase(tip: try reader.tip(), header: try reader.header())
        case "draft": self = .draft(tip: try reader.tip(), draft: try reader.hash())
        case "drafts": self = .drafts(tip: try reader.tip())
        case "discard": self = .discard(tip: try reader.tip(), draft: try reader.hash())
        case "sign":
            self = .sign(
                label: try reader.text(atMost: 64),
                text: try reader.bytes(atMost: AgentSocket.messageLimit))
        case "adopt-frames":
            var frames: [Adoption] = []
            for _ in 0..<(try reader.arrayCount(in: 1...Adoption.frameLimit)) {
                frames.append(try Adoption(reading: &reader))
            }
            self = .adoptFrames(frames)
        case "adopt":
            self = .adopt(
                epoch: try reader.uint(in: 0...Int(Int32.max)), header: try reader.header(),
                tip: try reader.tip())
        default:
            let name = PreparedName(
                tip: try reader.tip(), draft: try reader.hash(), office: try reader.office(),
                file: try reader.text(atMost: 64))
            self = .prepare(
                name, header: try reader.header(), classes: try reader.classes())
        }
    }
}

extension CBORReader {
    mutating func hash() throws(FormatError) -> Hash {
        guard let hash = Hash(try bytes(count: 32)) else { throw .wrongLength }
        return hash
    }

    mutating func tip() throws(FormatError) -> TipID {
        guard let tip = TipID(try bytes(count: 32)) else { throw .wrongLength }
        return tip
    }

    mutating func header() throws(FormatError) -> [UInt8] {
        try bytes(atMost: Header.byteLimit)
    }

    mutating func office() throws(FormatError) -> OfficeID {
        guard let office = OfficeID(try text(atMost: OfficeID.byteLimit)) else { throw .badText }
        return office
    }

    mutating func classes() throws(FormatError) -> [PartClass] {
        var classes: [PartClass] = []
        for _ in 0..<(try arrayCount(in: 0...16)) {
            guard let partClass = PartClass(rawValue: UInt8(try uint(in: 0...255))) else {
                throw .outOfRange
            }
            classes.append(partClass)
        }
        return classes
    }
}
