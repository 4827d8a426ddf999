import Custody
import Testing
import Tips
import Vectors

/// Events, hours and the commitments of the log.
@Suite struct EventTests {
    private func event() throws -> CustodyEvent {
        CustodyEvent(
            kind: .released, tip: try #require(TipID([UInt8](repeating: 1, count: 32))),
            object: someHash(1), office: "ministry-x", hour: try #require(Hour("2026-11-23T15")))
    }

    @Test func anEventHasOneEncoding() throws {
        let event = try event()
        let expected =
            [0x86, 0x71] + utf8("sallyport.event/1") + [0x68] + utf8("released") + [0x58, 0x20]
            + [UInt8](repeating: 1, count: 32) + [0x58, 0x20] + someHash(1).bytes + [0x6A]
            + utf8("ministry-x") + [0x6D] + utf8("2026-11-23T15")
        #expect(event.encoded == expected)
        #expect(try CustodyEvent(expected) == event)
        let bare = CustodyEvent(kind: .erased, tip: event.tip, hour: event.hour)
        #expect(try CustodyEvent(bare.encoded) == bare)
    }

    @Test func otherEventsAreRefused() throws {
        let bytes = try event().encoded
        #expect(throws: FormatError.self) { try CustodyEvent(bytes + [0]) }
        #expect(throws: FormatError.self) { try CustodyEvent(Array(bytes.dropLast())) }
        for position in [1, 2, 19, 21, bytes.count - 1] {
            var altered = bytes
            altered[position] ^= 0x40
            #expect(throws: FormatError.self, "byte \(position)") { try CustodyEvent(altered) }
        }
    }

    @Test func aLeafCommitsToSaltAndEvent() throws {
        let leaf = SaltedLeaf(try event())
        #expect(try SaltedLeaf(leaf.encoded) == leaf)
        #expect(
            leaf.commitment
                == Hash(sha256: utf8("sallyport.leaf/1") + leaf.salt + leaf.event.encoded))
        let other = SaltedLeaf(leaf.event)
        #expect(other.commitment != leaf.commitment, "two leaves of one event look alike")
        #expect(throws: FormatError.self) { try SaltedLeaf(Array(leaf.encoded.prefix(32))) }
    }

    @Test(arguments: [
        ("1970-01-01T00", 0), ("2000-02-29T23", 264_407), ("2026-11-23T15", 498_735),
        ("9999-12-31T23", 70_389_527),
    ])
    func hoursAreCounted(_ text: String, _ number: Int) throws {
        #expect(Hour(text)?.number == number)
        #expect(Hour(number: number)?.text == text)
        #expect(Hour(unixTime: number * 3600 + 3599)?.text == text)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23T24", "2026-02-29T00", "2026-13-01T00", "2026-00-10T00",
        "2026-11-00T00", "1969-12-31T23", "2026-11-23t15", "2026-11-23T1", "+026-11-23T15",
    ])
    func otherHoursAreRefused(_ text: String) {
        #expect(Hour(text) == nil)
    }

    @Test func everyDayOfFourHundredYearsFollowsTheOneBefore() throws {
        var last = try #require(Hour(number: 0))
        for day in 1...146_097 {
            let next = try #require(Hour(number: day * 24))
            #expect(last.day < next.day && Hour(next.text) == next)
            last = next
        }
        #expect(last.day == "2370-01-01")
    }
}
