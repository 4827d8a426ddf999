import Agencies
import Testing

@Suite struct DayTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1970-01-02", 1), ("1969-12-31", -1), ("2000-02-29", 11_016),
        ("2026-11-23", 20_780), ("2100-03-01", 47_541), ("0001-01-01", -719_162),
        ("9999-12-31", 2_932_896),
    ])
    func countsFromTheEpoch(text: String, number: Int) {
        #expect(Day(text)?.number == number)
        #expect(Day(number: number)?.text == text)
    }

    @Test func daysOfEightCenturiesReadBack() throws {
        for number in stride(from: -150_000, through: 150_000, by: 17) {
            let day = try #require(Day(number: number))
            #expect(Day(day.text) == day)
        }
    }

    @Test(arguments: [
        "", "2026-11-3", "2026-13-01", "2026-00-10", "2026-02-29", "1900-02-29", "2026-11-31",
        "2026/11/23", "+026-11-23", "2026-11-23 ", "２026-11-23", "0000-01-01", "2026-11-00",
    ])
    func refusesOtherTexts(text: String) {
        #expect(Day(text) == nil)
    }

    @Test func knowsTheDayOfAUnixTime() {
        #expect(Day(unixTime: 86_399)?.text == "1970-01-01")
        #expect(Day(unixTime: 86_400)?.text == "1970-01-02")
        #expect(Day(unixTime: -1)?.text == "1969-12-31")
        #expect(Day(unixTime: .max) == nil)
    }

    @Test func stopsAtTheLastDay() {
        #expect(day("9999-12-30").adding(days: 5).text == "9999-12-31")
        #expect(day("2026-12-31").adding(days: 1).text == "2027-01-01")
        #expect(day("0001-01-02").adding(days: .min).text == "0001-01-01")
    }
}

@Suite struct NameTests {
    @Test(arguments: ["a", "0", "office-a", "un-women-2", String(repeating: "x", count: 64)])
    func takes(name: String) { #expect(OfficeID(name)?.text == name) }

    @Test(arguments: [
        "", "-a", "a-", "a--b", "A", "a b", "a.b", "a/b", "..", "ä", "a\u{301}",
        String(repeating: "x", count: 65),
    ])
    func refuses(name: String) { #expect(OfficeID(name) == nil) }

    @Test(arguments: ["a\nb", "a\u{202E}b", "a\u{7F}b", "", "a\u{2028}b", "a\u{200F}"])
    func refusesTextThatCouldMislead(text: String) {
        #expect(!PlainText.isValid(text, byteLimit: 100))
    }

    @Test func takesTextOfEveryScript() {
        #expect(PlainText.isValid("驻仰光领事处, ရန်ကုန်, สถานทูต", byteLimit: 200))
    }
}
