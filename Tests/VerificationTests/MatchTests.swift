import Custody
import DurableFiles
import Foundation
import Sealing
import Testing
import Tips
import Wire

@testable import Matching
@testable import Verification

/// Which cases are proposed as belonging to one, and what of it is on disk.
struct MatchTests {
    private let world: CaseWorld

    init() throws { world = try CaseWorld() }

    private func report(_ narrative: String) -> TipContent {
        var part = ReportPart()
        part.narrative = narrative
        return .report(part)
    }

    private func recruiter(_ account: String) -> TipContent {
        var part = PerpetratorsPart()
        part.accounts = [account]
        return .perpetrators(part)
    }

    private func person(_ name: String, age: String = "") -> TipContent {
        var held = PersonPart.Held()
        held.names = [name]
        held.age = age
        var part = PersonPart()
        part.people = [held]
        return .person(part)
    }

    /// Pulls a tip for each, and opens the cases.
    private func cases(_ tips: [[TipContent]]) async throws -> [OpenedCase] {
        let frames = try tips.map { try world.strangersTip(saying: $0) }
        _ = try await world.pull(frames)
        return try frames.map { try OpenedCase($0.envelope.tipID, of: world.desk) }
    }

    @Test func aSharedRecruitersNumberIsFoundHoweverItWasTyped() async throws {
        var reporter = ReporterPart()
        reporter.contact = "+66 (0)81 234-5678"
        let cases = try await cases([
            [recruiter("+66812345678")], [.reporter(reporter)], [recruiter("+66 81 234 5679")],
        ])
        let found = try cases[0].proposals()
        #expect(found.list.map(\.tip) == [cases[1].tip] && found.more == 0 && found.unread == 0)
        #expect(found.list.first?.strength == .strong)
        #expect(
            found.list.first?.reasons.first
                == "the same telephone number: +66812345678 "
                + "(here of a recruiter or captor, there of who tells)")
        #expect(try cases[1].proposals().list.map(\.tip) == [cases[0].tip])
        #expect(try cases[2].proposals() == LinkProposals())
    }

    @Test(arguments: [
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "wallet"),
        ("6222021234567890128", "bank account"),
        ("@boss_li", "account of a messenger or network"),
    ])
    func anAccountOfARecruiterIsOneToo(_ account: String, _ kind: String) async throws {
        let cases = try await cases([
            [recruiter(account)], [report("They gave us \(account) to pay to.")],
        ])
        let found = try cases[0].proposals().list
        #expect(found.map(\.tip) == [cases[1].tip])
        #expect(found.first?.reasons.contains { $0.hasPrefix("the same \(kind): ") } == true)
    }

    @Test func namesInTwoScriptsAreShownAsTheyWereWritten() async throws {
        let cases = try await cases([
            [person("王小明", age: "1999")], [person("Xiaoming Wang", age: "1999")],
            [person("李大文", age: "1999")],
        ])
        let found = try cases[0].proposals().list
        #expect(found.map(\.tip) == [cases[1].tip])
        #expect(
            found.first?.reasons == [
                "names that sound alike: 王小明 / Xiaoming Wang "
                    + "(same name in another script, same birth year)"
            ])
    }

    @Test func aNameAloneSaysLessThanANumberAndAPlaceLeast() async throws {
        let mine = [person("王小明"), recruiter("+66812345678"), report("He is in KK Park.")]
        let cases = try await cases([
            mine, [report("KK園區")], [person("Wang Xiaoming")], [recruiter("+66 812345678")],
        ])
        let found = try cases[0].proposals().list
        #expect(found.map(\.tip) == [3, 2, 1].map { cases[$0].tip })
        #expect(found.map(\.strength) == [.strong, .weak, .weak])
        #expect(found.last?.reasons.first?.contains("KK") == true)
    }

    @Test func aTextThatWasSentTwiceIsFoundAndOneThatWasChangedALittle() async throws {
        let text = "我的儿子去年三月被朋友骗到缅甸，每天工作十六个小时，不听话就被打，他们要我们付二十万。"
        let cases = try await cases([
            [report(text)], [report(text + "！")], [report(text + "请你们快一点救救他。")],
            [report("我们村里没有人知道他在什么地方，警察也不愿意听我们说话，请告诉我们应该怎么办才好。")],
        ])
        let found = try cases[0].proposals().list
        #expect(found.map(\.tip) == [cases[1].tip, cases[2].tip])
        #expect(found.first?.reasons == ["the same text"])
        #expect(found.last?.reasons.first?.hasPrefix("similar text: about ") == true)
    }

    @Test func aFewWordsThatAnybodyWritesLinkNobody() async throws {
        let cases = try await cases([[report("please help him")], [report("Please help him!")]])
        #expect(try cases[0].proposals() == LinkProposals())
    }

    @Test func whatComesLaterCounts() async throws {
        _ = try await world.pull([try world.tipFrame()])
        let other = try await cases([[recruiter("+66812345678")]])[0]
        var answer = AnswerPart()
        answer.question = "q1"
        answer.text = "call +66812345678"
        #expect(try other.proposals() == LinkProposals())
        _ = try await world.pull([try world.supplementFrame(.answer, try answer.encoded())])
        #expect(try other.proposals().list.map(\.tip) == [world.tip])
    }

    @Test func aTipHasItsKeysAsSoonAsItIsPulled() async throws {
        let opened = try await cases([[recruiter("+66812345678")]])[0]
        let row = try #require(try world.desk.matchTable.rows()[opened.tip])
        #expect(world.desk.matchTable.isCurrent(row))
        let key = try world.desk.matchingKey()
        #expect(try MatchKeys(decoding: row.content, key) == opened.matchKeys(key))
    }

    /// Everything below a folder, as bytes.
    private func files(_ folder: String) throws -> [String: [UInt8]] {
        let walk = try #require(FileManager.default.enumerator(atPath: folder))
        var found: [String: [UInt8]] = [:]
        for case let name as String in walk
        where walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
            found[name] = try Durable.read(folder + "/" + name, limit: 1 << 24)
        }
        return found
    }

    @Test func noNumberAndNoNameIsInAnyFile() async throws {
        let cases = try await cases([
            [recruiter("+66812345678"), person("Wang Xiaoming")],
            [recruiter("+66812345678"), person("Wang Xiaoming")],
        ])
        #expect(try cases[0].proposals().list.count == 1)
        try cases[0].link(to: cases[1], reason: "Wang Xiaoming", by: "ana")
        let files = try files(world.desk.folder)
        #expect(files.keys.contains { $0.hasPrefix("tables/match/") })
        for (path, bytes) in files {
            for word in ["66812345678", "xiaoming", "Xiaoming"] {
                #expect(bytes.firstRange(of: Array(word.utf8)) == nil, "\(word) in \(path)")
            }
        }
        // Even who opens the table finds no number in it.
        let row = try #require(try world.desk.matchTable.rows()[cases[0].tip])
        #expect(row.content.firstRange(of: Array("66812345678".utf8)) == nil)
    }

    @Test func aNumberHasAnotherHashAtAnotherDesk() async throws {
        let mine = try world.desk.matchingKey()
        let elsewhere = try CaseWorld()
        let other = try elsewhere.desk.matchingKey()
        let contents = [recruiter("+66812345678")]
        let keys = [mine, mine, other].map { MatchKeys(contents, year: 2026, key: $0).strong }
        #expect(keys[0] == keys[1] && !keys[0].isEmpty && keys[0] != keys[2])
        #expect(try world.desk.matchingKey().id == mine.id)
    }

    @Test(arguments: ["removed", "damaged", "key removed", "key damaged"])
    func aTableThatIsMissingOrDamagedIsMadeAnew(_ how: String) async throws {
        let cases = try await cases([[recruiter("+66812345678")], [recruiter("+66812345678")]])
        let before = try cases[0].proposals()
        #expect(before.list.count == 1)
        let folder = world.desk.folder + "/tables/match"
        for name in try Durable.list(folder) where name != "lock" {
            guard (name == "key") == how.hasPrefix("key") else { continue }
            if how.hasSuffix("removed") {
                try Durable.remove(folder + "/" + name)
            } else {
                var bytes = try Durable.read(folder + "/" + name, limit: 1 << 24)
                bytes[bytes.count - 1] ^= 1
                try Durable.write(bytes.span, to: folder + "/" + name, .replace)
            }
        }
        #expect(try cases[0].proposals() == before)
        #expect(try cases[0].proposals() == before)
        #expect(try world.desk.matchTable.rows().count == 2)
    }

    @Test func aCaseThatCannotBeReadIsCounted() async throws {
        let cases = try await cases([[recruiter("+66812345678")], [recruiter("+66812345678")]])
        try Durable.write(
            [1, 2].span, to: world.desk.journal(of: cases[1].tip).path(0), .replace)
        for name in try Durable.list(world.desk.folder + "/tables/match")
        where name.hasSuffix(".age") {
            try Durable.remove(world.desk.folder + "/tables/match/" + name)
        }
        let found = try cases[0].proposals()
        #expect(found.list.isEmpty && found.unread == 1)
        #expect(found.remarks == ["1 case(s) could not be read: any may belong to it"])
    }

    @Test func ofAFloodOnlyTheStrongestAreShownAndTheRestIsCounted() async throws {
        let flood = try await cases(
            (0..<LinkProposals.limit + 5).map { number in
                [report("KK Park"), recruiter(number == 7 ? "@boss_li" : "@someone_\(number)")]
            } + [[report("KK Park"), recruiter("@boss_li")]])
        let found = try #require(flood.last).proposals()
        #expect(found.list.count == LinkProposals.limit && found.more == 5)
        #expect(found.list.first?.tip == flood[7].tip)
    }

    @Test func aRowThatWouldBeTooLargeLosesItsLastPeople() throws {
        let key = try world.desk.matchingKey()
        var keys = MatchKeys()
        for number in 0..<MatchKeys.peopleLimit {
            let names = (0..<16).map { name in
                // Each of other characters, so that each has a reading of its own.
                String(
                    String.UnicodeScalarView(
                        (0..<60).compactMap { place in
                            UnicodeScalar(UInt32(0x4E00 + (number * 16 + name) * 61 + place))
                        }))
            }
            keys.people.append(PersonKeys(names: NameKeys(names), born: nil, sites: ["MM-001"]))
        }
        let bytes = keys.encoded(key)
        #expect(bytes.count <= SealedTable.contentLimit)
        let kept = try MatchKeys(decoding: bytes, key).people
        #expect(!kept.isEmpty && kept.count < MatchKeys.peopleLimit)
        #expect(kept == Array(keys.people.prefix(kept.count)))
    }
}
