import Matching
import NativePrimitives
import Sealing
import Tips

/// Measures what the desk's matching costs: one text-only tip, and one question among 50,000 texts.
enum Bench {
    static let tips = 50_000

    static func run() throws {
        let contents = try tip()
        let key = SecretBytes<NativePrimitives>.random(count: 32)
        let stages: [(String, () -> Int)] = [
            ("zawgyi, scripts", { contents.reduce(0) { $0 + scripts($1) } }),
            ("identifiers", { contents.reduce(0) { $0 + Identifier.all(in: $1).count } }),
            ("gazetteer", { Gazetteer.builtIn.matches(in: narrative).count }),
            ("sketch", { TextSketch(narrative)?.pieces ?? 0 }),
            ("names", { NameKeys(["王小明", "Wang Xiaoming"]) == NameKeys([]) ? 0 : 1 }),
        ]
        for (name, stage) in stages { report(name, stage) }
        report("all of one tip, keyed") {
            stages.reduce(0) { $0 + $1.1() }
        }
        let identifiers = contents.flatMap(Identifier.all(in:))
        let clock = ContinuousClock()
        let keyed = clock.measure {
            for identifier in identifiers { _ = StrongKey(identifier, key: key) }
        }
        print("\(identifiers.count) keyed hashes: \(keyed)")
        hostile()
        index()
        try cases(key)
    }

    /// What a look at all of 10,000 cases costs the desk: each one's keys are read as they are kept, and
    /// compared with one case's.
    private static func cases(_ key: borrowing SecretBytes<NativePrimitives>) throws {
        let count = 10_000
        var rows: [[UInt8]] = []
        for number in 0..<count { rows.append(try row(number, key)) }
        let mine = try decoded(rows[0])
        let strong = Set(mine.strong.map(\.hash))
        let clock = ContinuousClock()
        var found = 0
        let times = try (0..<11).map { _ in
            try clock.measure {
                found = 0
                for row in rows {
                    let other = try decoded(row)
                    let isFound =
                        other.strong.contains { strong.contains($0.hash) }
                        || NameCandidate.compare(mine.person, other.person) != nil
                        || mine.text.likeness(to: other.text) >= TextSketch.threshold
                    if isFound { found += 1 }
                }
            }
        }.sorted()
        let bytes = rows.reduce(0) { $0 + $1.count }
        print(
            "\(count) cases, \(bytes) bytes, \(found) alike: median \(times[5]), worst \(times[10])"
        )
    }

    private static let syllables = [
        "wang", "xiao", "ming", "li", "da", "wen", "aung", "kyaw", "min", "zaw", "htet", "raj",
        "kumar", "su", "nguyen", "van", "duc", "thi", "hoa", "siti", "nur", "abe", "be", "kele",
    ]

    private static func row(
        _ number: Int, _ key: borrowing SecretBytes<NativePrimitives>
    ) throws -> [UInt8] {
        let words = (0..<40).map { "w\((number * 31 + $0 * 7919) % 3001)" }.joined(separator: " ")
        let name = (0..<3).map { syllables[(number * 7 + number / 24 * $0 + $0 * 5) % 24] }
        let person = PersonKeys(
            names: NameKeys([name.joined(separator: " ")]), born: 1990...1991, sites: [])
        var writer = CBORWriter()
        writer.array(7)
        var report = ReportPart()
        report.narrative = (0..<5).map { "+6681\(1_000_000 + (number * 5 + $0) % 40_000)" }
            .joined(separator: ", ")
        let phones = Identifier.all(in: .report(report)).filter { $0.kind == .phone }
        precondition(phones.count == 5, "five numbers are found")
        for phone in phones { StrongKey(phone, key: key).write(to: &writer) }
        person.write(to: &writer)
        TextSketch(words)?.write(to: &writer)
        return writer.bytes
    }

    private static func decoded(
        _ row: [UInt8]
    ) throws -> (strong: [StrongKey], person: PersonKeys, text: TextSketch) {
        try CBOR.decode(row.span, limit: 1 << 16) { (reader) throws(FormatError) in
            try reader.array(count: 7)
            var strong: [StrongKey] = []
            for _ in 0..<5 { strong.append(try StrongKey(reading: &reader)) }
            let person = try PersonKeys(reading: &reader)
            return (strong, person, try TextSketch(reading: &reader))
        }
    }

    /// The largest text part, full of what is dearest to look at.
    private static func hostile() {
        let pieces = [
            "@a1 ", "1 2 3 ", "shwekokka ", "KK园区", "ေငြေတာင္း ", "a@b.cc ", "payathonzaa paya thonz ",
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb ", "t.me/a ", "微信", "é ", "微信 a1 ",
        ]
        for piece in pieces {
            let count = 64 * 1024 / piece.utf8.count
            var report = ReportPart()
            report.narrative = String(repeating: piece, count: count)
            let time = ContinuousClock().measure {
                _ = Identifier.all(in: .report(report))
                _ = Gazetteer.builtIn.matches(in: report.narrative)
                _ = TextSketch(report.narrative)
                _ = NameKeys([report.narrative])
            }
            print("64 KiB of “\(piece)”: \(time)")
        }
    }

    private static let narrative = String(
        repeating:
            "我儿子王小明2023年2月被朋友骗到缅甸妙瓦底KK园区，每天工作十六个小时，不听话就被打。他们用微信 qiang_888 联系，要我们往"
            + " TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t 付二十万。"
            + "He was last heard of near Payathonzoo, and calls from +66 81 234 5678. ", count: 5)

    private static func tip() throws -> [TipContent] {
        var report = ReportPart()
        report.narrative = narrative
        var person = PersonPart()
        var held = PersonPart.Held()
        held.names = ["王小明", "Wang Xiaoming"]
        held.papers = "E12345678"
        person.people = [held]
        var place = PlacePart()
        place.site = "KK园区"
        var perpetrators = PerpetratorsPart()
        perpetrators.accounts = ["6222021234567890128", "+66812345678", "@boss_88"]
        return [.report(report), .person(person), .place(place), .perpetrators(perpetrators)]
    }

    private static func scripts(_ content: TipContent) -> Int {
        guard case .report(let part) = content else { return 0 }
        return WritingSystems(of: Zawgyi.reading(part.narrative).unicode).inOrder.count
    }

    private static func report(_ name: String, _ stage: () -> Int) {
        let clock = ContinuousClock()
        let first = clock.measure { precondition(stage() > 0, "\(name) found nothing") }
        let times = (0..<101).map { _ in clock.measure { _ = stage() } }.sorted()
        print("\(name): first \(first), median \(times[50]), worst \(times[100])")
    }

    private static func index() {
        var state: UInt64 = 1
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let words = (0..<3000).map { number in "w\(number * 7919 % 100_003)x" }
        let texts = (0..<tips).map { _ in
            (0..<60).map { _ in words[next(words.count)] }.joined(separator: " ")
        }
        let clock = ContinuousClock()
        var sketches: [TextSketch] = []
        let sketching = clock.measure { sketches = texts.compactMap { TextSketch($0) } }
        print("\(tips) sketches of \(texts[0].utf8.count) characters: \(sketching)")
        var index = SketchIndex()
        let building = clock.measure { index = SketchIndex(sketches) }
        print("index of \(index.count): \(building)")
        let questions = (0..<101).map { number in
            clock.measure {
                precondition(!index.finds(like: sketches[number * 400]).isEmpty, "it is there")
            }
        }.sorted()
        print("one question: median \(questions[50]), worst \(questions[100])")
        let inserting = clock.measure { _ = index.insert(sketches[0]) }
        print("one more text: \(inserting)")
    }
}

try Bench.run()
