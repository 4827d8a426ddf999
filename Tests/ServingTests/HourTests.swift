import Serving
import Testing

@Suite struct HourTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00"), (24 * 59 + 23, "1970-03-01T23"), (438_288 + 0, "2020-01-01T00"),
            (439_704, "2020-02-29T00"), (498_758 + 13, "2026-11-24T23"),
        ] as [(UInt64, String)])
    func `An hour is written in the calendar`(number: UInt64, text: String) {
        #expect(Hour(number: number).text == text)
    }
}
