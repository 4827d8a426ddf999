import Testing
import Tips

@testable import Matching

@Suite struct NameTests {
    @Test("Jaro and Jaro-Winkler give the values that their authors published")
    func reference() {
        // Winkler (1994) and the table of the US Census Bureau's string comparators.
        for (first, second, jaro, winkler) in [
            ("MARTHA", "MARHTA", 0.944, 0.961), ("DWAYNE", "DUANE", 0.822, 0.840),
            ("DIXON", "DICKSONX", 0.767, 0.813), ("SHACKLEFORD", "SHACKELFORD", 0.970, 0.982),
            ("DUNNINGHAM", "CUNNIGHAM", 0.896, 0.896), ("NICHLESON", "NICHULSON", 0.926, 0.956),
            ("JONES", "JOHNSON", 0.790, 0.832), ("MASSEY", "MASSIE", 0.889, 0.933),
            ("ABROMS", "ABRAMS", 0.889, 0.922), ("ITMAN", "SMITH", 0.467, 0.467),
        ] {
            let (one, other) = ([UInt8](first.utf8), [UInt8](second.utf8))
            #expect(abs(Distance.jaro(one, other) - jaro) < 0.0006, "\(first)")
            #expect(abs(Distance.jaroWinkler(one, other) - winkler) < 0.0006, "\(first)")
            #expect(Distance.jaro(one, other) == Distance.jaro(other, one), "\(first)")
        }
        #expect(Distance.jaroWinkler([], []) == 1)
        #expect(Distance.jaroWinkler([1], []) == 0)
        let long = [UInt8](repeating: 97, count: 40)
        #expect(Distance.jaroWinkler(long, [98]) == 0)
        #expect(Distance.jaroWinkler([98, 99], long) == 0)
    }

    @Test("edits are counted up to a limit, a swap as one")
    func edits() {
        func edits(_ first: String, _ second: String, _ limit: Int) -> Int? {
            Distance.edits(
                first.unicodeScalars.map(\.value), second.unicodeScalars.map(\.value),
                atMost: limit)
        }
        #expect(edits("kitten", "sitting", 3) == 3)
        #expect(edits("kitten", "sitting", 2) == nil)
        #expect(edits("payathonzu", "payatohnzu", 1) == 1)
        #expect(edits("", "ab", 2) == 2)
        #expect(edits("ab", "ab", 0) == 0)
    }

    private func person(
        _ names: [String], born: ClosedRange<Int>? = nil, sites: Set<String> = []
    ) -> PersonKeys {
        PersonKeys(names: NameKeys(names), born: born, sites: sites)
    }

    private func candidate(_ first: String, _ second: String) -> NameCandidate? {
        NameCandidate.compare(
            person([first], born: 1999...1999), person([second], born: 1999...1999))
    }

    @Test("one name in two scripts meets")
    func scripts() throws {
        for (first, second) in [
            ("王小明", "Wang Xiaoming"), ("王小明", "Xiaoming Wang"), ("陳大文", "陈大文"),
            ("解小龙", "Xie Xiaolong"), ("အောင်ကျော်", "Aung Kyaw"), ("မင်းအောင်", "Min Aung"),
            ("ေအာင္ေက်ာ္", "Aung Kyaw"), ("राजेश कुमार", "Rajesh Kumar"), ("አበበ በቀለ", "Abebe Bekele"),
            ("Nguyễn Văn Đức", "NGUYEN VAN DUC"), ("Siti Nurhaliza", "Siti Nurhalizah"),
        ] {
            let found = try #require(candidate(first, second), "\(first) \(second)")
            #expect(found.words.contains("name"))
            #expect(found.words.contains("same birth year"))
        }
        #expect(
            candidate("王小明", "Wang Xiaoming")?.words
                == "same name in another script, same birth year")
        #expect(candidate("陳大文", "陈大文")?.reasons.first == "same name")
    }

    @Test("different names do not meet")
    func different() {
        for (first, second) in [
            ("王小明", "李大文"), ("Rajesh Kumar", "Suresh Patil"), ("Aung Kyaw", "Zaw Min Htet"),
            ("Nguyễn Văn Đức", "Trần Thị Hoa"), ("አበበ በቀለ", "ሳራ ተስፋዬ"),
            // Mandarin and Cantonese spelling of one name: no distance bridges that.
            ("Chen Dawen", "Chan Tai Man"),
        ] {
            #expect(candidate(first, second) == nil, "\(first) \(second)")
        }
        #expect(NameCandidate.compare(person([]), person([])) == nil)
        #expect(NameCandidate.compare(person(["😀"]), person(["😀"])) == nil)
    }

    @Test("years of birth and places weigh for and against")
    func evidence() throws {
        let alone = try #require(
            NameCandidate.compare(person(["王小明"]), person(["Wang Xiaoming"])))
        let place = try #require(
            NameCandidate.compare(
                person(["王小明"], sites: ["MM-001"]),
                person(["Wang Xiaoming"], sites: ["MM-001", "MM-009"])))
        #expect(place.score > alone.score)
        #expect(place.words == "same name in another script, a place that both may mean")
        #expect(
            NameCandidate.compare(
                person(["王小明"], born: 1980...1980), person(["Wang Xiaoming"], born: 2001...2001))
                == nil)
        #expect(
            NameCandidate.compare(
                person(["王小明"], born: 1999...1999), person(["Wang Xiaoming"], born: 2000...2001))?
                .words == "same name in another script, birth years 1 apart")
    }

    @Test("years of birth are read from what people write")
    func births() {
        #expect(BirthYear.range("1999", in: 2026) == 1999...1999)
        #expect(BirthYear.range("born 14.5.1999", in: 2026) == 1999...1999)
        #expect(BirthYear.range("19岁", in: 2026) == 2006...2007)
        #expect(BirthYear.range("๒๕๔๒", in: 2026) == 1999...1999)
        #expect(BirthYear.range("", in: 2026) == nil)
        #expect(BirthYear.range("18 or 19", in: 2026) == nil)
        #expect(BirthYear.range("20011231", in: 2026) == nil)
        var held = PersonPart.Held()
        held.names = ["王小明"]
        held.age = "19"
        #expect(PersonKeys(held, sites: [], year: 2026).born == 2006...2007)
    }
}
