import Custody
import DeskKit
import Examination
import Foundation
import Sealing
import Testing
import Tips

@testable import Matching
@testable import Verification

/// Files that are the same or look alike, in one case and in two; and captors by the sound of a name.
struct FileMatchTests {
    private let world: CaseWorld

    init() throws { world = try CaseWorld() }

    private static let bytes = [UInt8]((0..<200).map { UInt8($0) })
    private static let bits: UInt64 = 0x0123_4567_89AB_CDEF

    private func keys(
        part: Int = 8, original: [UInt8]? = nil, pictures: [UInt64] = [], text: String = ""
    ) throws -> FileKeys {
        FileKeys(
            part: part,
            original: try original.map { try require(SHA256Digest(Hash(sha256: $0).bytes)) },
            pictures: pictures.map(PictureSketch.init(bits:)),
            texts: text.isEmpty ? [] : [try require(TextSketch(text))])
    }

    @Test func theSurestThingIsSaid() throws {
        let story = "They moved us on the second night, by lorry, to a house behind the market."
        let mine = try keys(original: [1], pictures: [Self.bits], text: story)
        #expect(mine.likeness(to: try keys(original: [1], pictures: [Self.bits])) == .same)
        #expect(
            mine.likeness(to: try keys(original: [2], pictures: [0, Self.bits ^ 0b111111]))
                == .similarPicture)
        #expect(mine.likeness(to: try keys(pictures: [Self.bits ^ 0b1111111])) == nil)
        let text = mine.likeness(to: try keys(text: story.replacing("lorry", with: "boat")))
        guard case .similarText(let likeness) = text else {
            Issue.record("no similar text")
            return
        }
        #expect(likeness > 0.5 && likeness < 1)
        // Two files of which nothing is known are not alike.
        #expect(try keys().likeness(to: try keys()) == nil)
    }

    @Test func theyAreKeptWithTheKeysOfTheCase() throws {
        let key = try world.desk.matchingKey()
        var whole = MatchKeys()
        whole.files = [
            try keys(part: 9, original: [1], pictures: [Self.bits, 7]),
            try keys(part: 10, text: "the same words in a file that somebody sent"),
        ]
        whole.captors = [PersonKeys(names: NameKeys(["老四"]), born: nil, sites: [])]
        let bytes = whole.encoded(key)
        #expect(try MatchKeys(decoding: bytes, key) == whole)
        let other = MatchQuestion(whole).grounds(whole)
        #expect(other.files.map(\.here) == [9, 10] && other.files.map(\.there) == [9, 10])
        #expect(other.files.map(\.likeness) == [.same, .similarText(1)])
    }

    private func examined(_ part: Hash, looks bits: UInt64?) -> CaseAction {
        let copy = Examined.Copy(
            payload: Hash(sha256: [1]), plaintext: Hash(sha256: [2]), payloadBytes: 3,
            kind: .picture, path: [], sketch: bits.map(PictureSketch.init(bits:)))
        return .examined(Examined(part: part, report: ExaminationReport(), copies: [copy]))
    }

    private func files(_ originals: [[UInt8]]) async throws -> OpenedCase {
        _ = try await world.pull([try world.tipFrame()])
        for original in originals { _ = try await world.pull([try world.evidenceFrame(original)]) }
        return try OpenedCase(world.tip, of: world.desk)
    }

    @Test func theSameFileTwiceInACaseIsSaid() async throws {
        let opened = try await files([Self.bytes, Self.bytes, [1, 2, 3], [1, 2, 3]])
        // What is too small is like anything.
        #expect(
            try opened.alikeFiles() == [FileMatch(here: 8, there: 9, likeness: .same)])
    }

    @Test func picturesThatLookAlikeAreFoundAndNeverRenderedOnesAreNot() async throws {
        let opened = try await files([Self.bytes, Self.bytes.reversed(), Self.bytes + [1]])
        let parts = try ["8", "9", "10"].map { try opened.part(named: $0).payload }
        for (part, bits) in zip(parts, [Self.bits, Self.bits ^ 1, nil]) {
            try opened.append(examined(part, looks: bits))
        }
        let seen = try OpenedCase(world.tip, of: world.desk)
        #expect(
            try seen.alikeFiles() == [FileMatch(here: 8, there: 9, likeness: .similarPicture)])
        try seen.markNeverRendered(part: "9", by: "ana")
        let marked = try OpenedCase(world.tip, of: world.desk)
        #expect(try marked.alikeFiles().isEmpty)
        // The whole file is still found elsewhere.
        let key = try world.desk.matchingKey()
        let files = try marked.fileKeys(key)
        #expect(files[1].pictures.isEmpty && files[1].original != nil)
    }

    @Test func theKeyedHashIsNotTheDigest() async throws {
        let opened = try await files([Self.bytes])
        let mine = try opened.fileKeys(try world.desk.matchingKey())[0].original
        #expect(mine != nil && mine?.bytes != Hash(sha256: Self.bytes).bytes)
        let elsewhere = try CaseWorld()
        let other = try opened.fileKeys(try elsewhere.desk.matchingKey())[0].original
        #expect(mine != other)
    }

    @Test func anEntryFromBeforeThereWereSketchesIsRead() throws {
        let part = Hash(sha256: [9])
        for bits in [UInt64?.none, 1, .max] {
            let event = CaseEvent(
                hour: try require(Hour("2026-11-20T10")), person: "",
                action: examined(part, looks: bits))
            guard case .examined(let read) = try CaseEvent(event.json).action else {
                Issue.record("another action")
                return
            }
            #expect(read.copies.first?.sketch?.bits == bits)
        }
    }

    private func captor(_ name: String) -> TipContent {
        var part = PerpetratorsPart()
        part.people = [name]
        return .perpetrators(part)
    }

    @Test func captorsAreFoundByTheSoundOfTheirNames() async throws {
        var held = PersonPart.Held()
        held.names = ["Zhang Linbei"]
        var person = PersonPart()
        person.people = [held]
        let frames = try [[captor("张林北")], [captor("Zhang Linbei")], [.person(person)]].map {
            try world.strangersTip(saying: $0)
        }
        _ = try await world.pull(frames)
        let cases = try frames.map { try OpenedCase($0.envelope.tipID, of: world.desk) }
        let found = try cases[0].proposals().list
        // Whoever is held is not who holds.
        #expect(found.map(\.tip) == [cases[1].tip])
        #expect(
            found.first?.reasons.first?.hasPrefix(
                "recruiters or captors whose names sound alike: 张林北 / Zhang Linbei (") == true)
        #expect(found.first?.strength == .weak)
    }
}
