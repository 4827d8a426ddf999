internal import Custody
internal import Sealing
internal import Tips

/// What the desk's table of the queue holds of one case.
struct QueueRow: Equatable {
    /// Most bytes of a reporter's or a person's words in it.
    static let wordsLimit = 512

    var stage: CaseStage
    var facts: PriorityFacts
    /// Who did the last thing in it that a person did; "" when nobody has.
    var lastPerson: String
    /// When the last thing happened in it.
    var lastHour: Hour
    /// The releases that left: an answer of an office finds its case by them.
    var released: [Hash]
}

/// `[stage, facts, last person, last hour, [* released]]`
extension QueueRow {
    var encoded: [UInt8] {
        var writer = CBORWriter(reserving: 512)
        writer.array(5)
        stage.write(to: &writer)
        facts.write(to: &writer)
        writer.words(lastPerson)
        writer.uint(lastHour.number)
        writer.array(released.count)
        for digest in released { writer.bytes(digest.bytes) }
        return writer.bytes
    }

    init(decoding bytes: [UInt8]) throws(FormatError) {
        self = try CBOR.decode(bytes.span, limit: SealedTable.contentLimit) {
            (reader) throws(FormatError) in
            try reader.array(count: 5)
            let stage = try CaseStage(reading: &reader)
            let facts = try PriorityFacts(reading: &reader)
            let person = try reader.words()
            let hour = try reader.hour()
            var released: [Hash] = []
            for _ in 0..<(try reader.arrayCount(in: 0...1024)) {
                guard let digest = Hash(try reader.bytes(count: 32)) else { throw .wrongLength }
                released.append(digest)
            }
            return QueueRow(
                stage: stage, facts: facts, lastPerson: person, lastHour: hour, released: released)
        }
    }
}

/// `[kind, why, offices, approvals]`
extension CaseStage {
    fileprivate func write(to writer: inout CBORWriter) {
        let (kind, why, offices, approvals): (Int, String, Int, Int) =
            switch self {
            case .toBeExamined: (0, "", 0, 0)
            case .assessed: (1, "", 0, 0)
            case .prepared(let offices, let approvals): (2, "", offices, approvals)
            case .beingSent: (3, "", 0, 0)
            case .released(let offices): (4, "", offices, 0)
            case .frozen(let why): (5, why, 0, 0)
            case .unreadable(let why): (6, why, 0, 0)
            case .beingDestroyed: (7, "", 0, 0)
            case .rejected(let hasNews): (hasNews ? 9 : 8, "", 0, 0)
            case .recalled: (10, "", 0, 0)
            }
        writer.array(4)
        writer.uint(kind)
        writer.words(why)
        writer.uint(offices)
        writer.uint(approvals)
    }

    fileprivate init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 4)
        let kind = try reader.uint(in: 0...10)
        let why = try reader.words()
        let offices = try reader.uint(in: 0...1024)
        let approvals = try reader.uint(in: 0...1024)
        switch kind {
        case 0: self = .toBeExamined
        case 1: self = .assessed
        case 2: self = .prepared(offices: offices, approvals: approvals)
        case 3: self = .beingSent
        case 4: self = .released(offices: offices)
        case 5: self = .frozen(why)
        case 6: self = .unreadable(why)
        case 7: self = .beingDestroyed
        case 10: self = .recalled
        default: self = .rejected(hasNews: kind == 9)
        }
    }
}

/// `[received, news, touched, danger, reason, deadline, place, withdrawn, fine, [* finding], override]`
extension PriorityFacts {
    fileprivate func write(to writer: inout CBORWriter) {
        writer.array(11)
        writer.uint(received.number)
        writer.uint(news.number)
        writer.hour(touched)
        writer.array(danger.count)
        for danger in Danger.allCases where self.danger.contains(danger) {
            writer.text(danger.rawValue)
        }
        writer.words(reason)
        writer.words(deadline)
        writer.bool(isPlaceNamed)
        writer.hour(withdrawn)
        writer.hour(saysFine)
        writer.array(findings.count)
        for finding in Finding.allCases where findings.contains(finding) {
            writer.text(finding.rawValue)
        }
        override.write(to: &writer)
    }

    fileprivate init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 11)
        self.init(received: try reader.hour())
        news = try reader.hour()
        touched = try reader.hourOrNull()
        for _ in 0..<(try reader.arrayCount(in: 0...Danger.allCases.count)) {
            guard let danger = Danger(rawValue: try reader.text(atMost: 32)) else { throw .badText }
            self.danger.insert(danger)
        }
        reason = try reader.words()
        deadline = try reader.words()
        isPlaceNamed = try reader.bool()
        withdrawn = try reader.hourOrNull()
        saysFine = try reader.hourOrNull()
        for _ in 0..<(try reader.arrayCount(in: 0...Finding.allCases.count)) {
            guard let finding = Finding(rawValue: try reader.text(atMost: 32)) else {
                throw .badText
            }
            findings.insert(finding)
        }
        override = try Override(reading: &reader)
    }
}

/// `[level, reason, person, hour]`, or null
extension PriorityFacts.Override? {
    fileprivate func write(to writer: inout CBORWriter) {
        guard let self else { return writer.null() }
        writer.array(4)
        writer.uint(self.level.rawValue)
        writer.words(self.reason)
        writer.words(self.person)
        writer.uint(self.hour.number)
    }
}

extension PriorityFacts.Override {
    fileprivate init?(reading reader: inout CBORReader) throws(FormatError) {
        if try reader.takesNull() { return nil }
        try reader.array(count: 4)
        guard let level = Priority.Level(rawValue: try reader.uint(in: 0...3)) else {
            throw .outOfRange
        }
        self.init(
            level: level, reason: try reader.words(), person: try reader.words(),
            hour: try reader.hour())
    }
}

extension CBORWriter {
    /// Text of any length, cut to ``QueueRow/wordsLimit``.
    fileprivate mutating func words(_ text: String) {
        var cut = text
        while cut.utf8.count > QueueRow.wordsLimit { cut.removeLast() }
        self.text(cut)
    }

    fileprivate mutating func hour(_ hour: Hour?) {
        if let hour { uint(hour.number) } else { null() }
    }
}

extension CBORReader {
    fileprivate mutating func words() throws(FormatError) -> String {
        try text(atMost: QueueRow.wordsLimit)
    }

    fileprivate mutating func hour() throws(FormatError) -> Hour {
        guard let hour = Hour(number: try uint(in: 0...Int(Int32.max))) else { throw .outOfRange }
        return hour
    }

    fileprivate mutating func hourOrNull() throws(FormatError) -> Hour? {
        try takesNull() ? nil : try hour()
    }
}
