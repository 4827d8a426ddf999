import Testing
import Tips

@testable import Matching

@Suite struct GazetteerTests {
    private let gazetteer = Gazetteer.builtIn

    private func sites(_ text: String) -> [String] { gazetteer.matches(in: text).map(\.site) }

    @Test("the desk and the page have the same identifiers and names, in the same order")
    func page() throws {
        let file = try repositoryFile("Sources/Intake/Page/sites.json")
        let rows = try JSON.parse(file.span).asArray().map { row in
            try row.asArray().map { name -> String in
                guard case .string(let text) = name else { throw JSONError.wrongType("") }
                return text
            }
        }
        #expect(rows.map { $0[0] } == gazetteer.sites.map(\.id))
        #expect(rows.map { Array($0.dropFirst()) } == gazetteer.sites.map(\.names))
        #expect(gazetteer.sites.count >= 69)
    }

    @Test("every name of every site is found by itself, among the sites that have it")
    func names() {
        for site in gazetteer.sites {
            for name in site.names + site.sharedNames {
                #expect(sites(name).contains(site.id), "\(site.id) \(name)")
                #expect(sites("x, \(name)。y").contains(site.id), "\(site.id) \(name)")
            }
        }
    }

    @Test("one place by many spellings")
    func spellings() {
        for text in [
            "Payathonzu", "payathonesu", "PAYATONZU", "Hpayarthonezu", "Paya thonzu", "Payathonzoo",
            "ဘုရားသုံးဆူ", "ด่านเจดีย์สามองค์", "ဍုင်ကျာ်ပိ",
        ] {
            #expect(sites("They are in \(text) now") == ["MM-011"], "\(text)")
        }
        for text in [
            "Shwe Kokko", "shwekokko", "Shwe-Kokko", "Swe Koke Ko", "亞太城", "水溝谷", "ရွှေကုက္ကို",
            "ေရႊကုကၠိဳ", "ＳＨＷＥ　ＫＯＫＫＯ",
        ] {
            #expect(sites("在 \(text)！") == ["MM-002"], "\(text)")
        }
        #expect(sites("他在妙瓦底的KK園區里") == ["MM-010", "MM-001"])
        #expect(sites("ลูกอยู่เมียวดีค่ะ") == ["MM-010"])
    }

    @Test("the longest name wins")
    func longest() {
        #expect(sites("KK Park 2.0") == ["MM-009"])
        #expect(sites("in KK Park 20 people") == ["MM-001"])
        #expect(sites("KK园区2.0") == ["MM-009"])
        #expect(sites("KK园区") == ["MM-001"])
        #expect(sites("白沙二期") == ["KH-006"])
        #expect(sites("Wanhai park, Tangyan") == ["MM-024"])
        #expect(sites("in Tangyan") == ["MM-025"])
    }

    @Test("a name that several places have gives all of them")
    func shared() {
        #expect(Set(sites("They hold him at Crown")) == ["KH-005", "KH-025", "KH-034"])
        #expect(Set(sites("皇冠")) == ["KH-005", "KH-025", "KH-034"])
        #expect(Set(sites("Kings Roman")) == ["LA-001", "LA-002"])
        #expect(Set(sites("白沙")) == ["KH-006", "KH-007"])
        #expect(sites("Crown Tower") == ["KH-025"])
        #expect(sites("Crown Bavet") == ["KH-034"])
    }

    @Test("whole words only; near names of other places are not taken")
    func words() {
        #expect(sites("museum, amused, a museful day").isEmpty)
        #expect(sites("Muse") == ["MM-029"])
        #expect(sites("Mengla County in Yunnan").isEmpty)
        #expect(sites("Mongla") == ["MM-020"])
        #expect(sites("crowning, crowned").isEmpty)
        #expect(sites("backK99b, XKK园区").isEmpty)
        #expect(sites("").isEmpty)
        #expect(sites("老").isEmpty)
        #expect(sites("Nobody knows where he is. Please help us to find him in Myanmar.").isEmpty)
        // A letter wrong in a short name may be another name.
        #expect(sites("Kaibp").isEmpty)
    }

    @Test("a find says which words it is about, as they were typed")
    func ranges() throws {
        let match = try #require(gazetteer.matches(in: "He is in Shwe-Kokko, room 4").first)
        #expect(match.words == 3..<5)
        #expect(match.typed == "Shwe-Kokko")
        #expect(match.alias == "Shwe Kokko")
        #expect(match.closeness == .same)
        let near = try #require(gazetteer.matches(in: "at Payathonzoo").first)
        #expect(near.closeness == .similar)
        #expect(near.words == 1..<2)
    }

    @Test("a flood of names ends")
    func flood() {
        let text = String(repeating: "KK Park 水沟谷 ", count: 4000)
        #expect(gazetteer.matches(in: text).count <= 1000)
    }

    @Test("the file's reader refuses what is not a gazetteer")
    func reader() throws {
        let good =
            #"{"version":1,"sites":[{"id":"A","names":["a"],"kind":"x","country":"MM","area":"y","certainty":"A","asOf":"2025","claims":[{"latitude":1,"longitude":2,"precision":"site","source":"z"}]}]}"#
        func read(_ text: String) throws -> Gazetteer { try Gazetteer([UInt8](text.utf8)) }
        let site = try #require(try read(good).site("A"))
        #expect(site.claims[0].longitude == 2)
        for (from, to) in [
            (#""version":1"#, #""version":0"#), (#"["a"]"#, "[]"), (#"["a"]"#, #"[""]"#),
            (#""certainty":"A""#, #""certainty":"D""#), ("\"site\",", "\"near\","),
            (#""latitude":1"#, #""latitude":90000001"#), (#""area":"y""#, #""owner":"y""#),
            (#""id":"A""#, #""id":"AAAAAAAAAAAAAAAAA""#), (#""kind":"x""#, #""kind":"""#),
            (#""country":"MM""#, #""country":"MMR""#),
        ] {
            let bad = good.replacing(from, with: to)
            #expect(bad != good)
            #expect(throws: JSONError.self, "\(to)") { _ = try read(bad) }
        }
        let entry = good.dropFirst(#"{"version":1,"sites":["#.count).dropLast(2)
        #expect(throws: JSONError.badValue("id")) {
            _ = try read(#"{"version":1,"sites":["# + entry + "," + entry + "]}")
        }
    }
}
