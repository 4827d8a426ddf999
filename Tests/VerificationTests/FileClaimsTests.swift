import Agencies
import Custody
import DeskKit
import Examination
import Matching
import Testing
import Tips

@testable import Verification

/// A file's time and place beside what the tip says.
struct FileClaimsTests {
    private func day(_ text: String) throws -> Day { try require(Day(text)) }

    @Test func aDayAMonthOrAYearIsReadAndNothingElse() throws {
        let day = try require(ClaimedTime("2026-10-01"))
        #expect(day.first == day.last && day.first.text == "2026-10-01")
        let month = try require(ClaimedTime("2028-02"))
        #expect(month.first.text == "2028-02-01" && month.last.text == "2028-02-29")
        let year = try require(ClaimedTime("2026"))
        #expect(year.first.text == "2026-01-01" && year.last.text == "2026-12-31")
        for text in ["", "May", "2026-13", "2026-1", "10/2026", "20261001", "去年五月", "2026-02-30"] {
            #expect(ClaimedTime(text) == nil, "\(text)")
        }
    }

    @Test func theDifferenceIsSaidInWords() throws {
        let month = try require(ClaimedTime("2026-11"))
        #expect(month.difference(of: try day("2026-10-01")) == "31 day(s) before")
        #expect(month.difference(of: try day("2026-11-30")) == "within")
        #expect(month.difference(of: try day("2026-12-10")) == "10 day(s) after")
        let one = try require(ClaimedTime("2026-11-01"))
        #expect(one.difference(of: try day("2026-11-01")) == "the same day as")
    }

    @Test func timesOfMetadataAreReadByTheirDay() throws {
        for value in ["2026:10:01 02:03:04", "2026-10-01T02:03:04Z", "2026:10:01"] {
            #expect(Day(exif: value)?.text == "2026-10-01")
        }
        for value in ["", "0000:00:00 00:00:00", "2026:1:1", "2026:10", "yesterday"] {
            #expect(Day(exif: value) == nil)
        }
    }

    private func claims() throws -> TipClaims {
        var claims = TipClaims(received: Hour("2026-11-20T10"))
        var place = PlacePart()
        place.site = "KK园区"
        place.asOf = "2026-11"
        claims.add(.place(place))
        var person = PersonPart()
        var held = PersonPart.Held()
        held.missingSince = "2023-02-14"
        person.people = [held]
        claims.add(.person(person))
        return claims
    }

    private func field(_ value: String) -> Metadata.Field {
        Metadata.Field(name: "ExifIFD:DateTimeOriginal", value: value)
    }

    @Test func aTimeIsPutBesideEveryTimeOfTheTip() throws {
        let claims = try claims()
        #expect(
            claims.days(from: field("2026:10:01 02:03:04")) == [
                "31 day(s) before “known as of” 2026-11",
                "1325 day(s) after “missing since” 2023-02-14",
                "50 day(s) before the tip came in",
            ])
        #expect(
            claims.days(from: field("2031:01:01 00:00:00")).last?.contains("AFTER the tip") == true)
        // A clock may be in another zone.
        #expect(
            claims.days(from: field("2026:11:21 00:00:00")).last
                == "0 day(s) before the tip came in")
        #expect(claims.days(from: field("0000:00:00")) == [])
    }

    @Test func distancesAreThoseOfTheSphere() throws {
        let origin = try require(Position(latitude: 0, longitude: 0))
        // A degree of a great circle of 6371.0088 km.
        let east = try require(Position(latitude: 0, longitude: 1))
        #expect(abs(origin.kilometres(to: east) - 111.195) < 0.001)
        let far = try require(Position(latitude: 0, longitude: 180))
        #expect(abs(origin.kilometres(to: far) - 20_015.1) < 0.1)
        #expect(Position(latitude: 91, longitude: 0) == nil)
        #expect(Position(latitude: .nan, longitude: 0) == nil)
    }

    @Test func aPositionIsPutBesideTheSitesOfTheTip() throws {
        let claims = try claims()
        let near = try #require(Position(latitude: 16.6476, longitude: 98.5205))
        #expect(
            claims.distances(from: near).contains(
                "less than 1 km from KK Park (MM-001), by the list’s position of the place itself"))
        let bangkok = try #require(Position(latitude: 13.75, longitude: 100.5))
        #expect(claims.distances(from: bangkok)[0].hasPrefix("382 km from KK Park"))
    }

    private func metadata(_ lines: [String]) throws -> Metadata {
        try Metadata(exiftool: Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    @Test func positionsNeedBothHalvesAndTheirHemisphere() throws {
        let south = try metadata([
            "GPS\tGPSLatitude\t23.5", "GPS\tGPSLatitudeRef\tSouth", "GPS\tGPSLongitude\t46.6",
            "GPS\tGPSLongitudeRef\tW",
        ]).positions
        #expect(
            south.map(\.position) == [try #require(Position(latitude: -23.5, longitude: -46.6))])
        let sum = try metadata([
            "GPS\tGPSLatitude\t23.5", "GPS\tGPSLongitude\t46.6",
            "Composite\tGPSLatitude\t-23.5", "Composite\tGPSLongitude\t-46.6",
        ]).positions
        #expect(sum.map(\.position.latitude) == [-23.5])
        for lines in [
            ["GPS\tGPSLatitude\t23.5"],
            ["GPS\tGPSLatitude\t123.5", "GPS\tGPSLongitude\t46.6"],
            ["GPS\tGPSLatitude\tnan", "GPS\tGPSLongitude\t46.6"],
            ["GPS\tGPSLatitude\tsomewhere", "GPS\tGPSLongitude\t46.6"],
        ] {
            #expect(try metadata(lines).positions.isEmpty)
        }
    }
}
