import Custody
import Examination
import HTTPTypes
import Hummingbird
import Testing
import Tips

@testable import DeskConsole

/// How safe copies reach a browser.
struct CopyTests {
    private static let tip = String(repeating: "ab", count: 32)

    @Test(arguments: [
        "/copy/3/1", "/copy/3/1/coarse", "/copy/12/200/page/7", "/copy/3/1/page/2/coarse",
        "/file/3",
    ])
    func namesAreReadAsTheyAreWritten(rest: String) throws {
        let path = try #require(ConsolePath("/case/\(Self.tip)" + rest))
        #expect(path.text == "/case/\(Self.tip)" + rest)
    }

    @Test(arguments: [
        "/copy", "/copy/3", "/copy/0/1", "/copy/3/0", "/copy/03/1", "/copy/3/+1", "/copy/3/1/",
        "/copy/3/1/whole", "/copy/3/1/page", "/copy/3/1/page/0", "/copy/3/1/page/2/coarse/coarse",
        "/copy/3/1/coarse/page/2", "/copy/coarse", "/original/3", "/file/0", "/file/3/1",
        "/copy/3/1/../2", "/copy/99999999999999999999/1",
    ])
    func nothingElseIsAName(rest: String) {
        #expect(ConsolePath("/case/\(Self.tip)" + rest) == nil)
    }

    private func answer(_ kind: SafeCopyFacts.Kind) throws -> HTTPFields {
        let place = try #require(CopyRoom().takePlace())
        return ConsoleAnswer.copy(
            CopyAnswer([1, 2, 3], kind: kind, fileName: "case-ab-part-3-copy-1", place: place)
        ).response.headers
    }

    private func field(_ name: String, _ fields: HTTPFields) -> String? {
        HTTPField.Name(name).flatMap { fields[$0] }
    }

    @Test(arguments: [
        (SafeCopyFacts.Kind.picture, "image/png", "inline"),
        (.document, "application/pdf", "attachment"), (.film, "video/mp4", "inline"),
        (.sound, "audio/ogg", "inline"), (.text, "text/plain; charset=utf-8", "inline"),
    ])
    func aCopyHasTheTypeOfItsWriterAndItsOwnPolicy(
        kind: SafeCopyFacts.Kind, type: String, disposition: String
    ) throws {
        let fields = try answer(kind)
        #expect(fields[.contentType] == type)
        #expect(
            fields[.contentDisposition]
                == "\(disposition); filename=\"case-ab-part-3-copy-1.\(kind.rawValue)\"")
        #expect(fields[.cacheControl] == "no-store")
        #expect(fields[.xContentTypeOptions] == "nosniff")
        #expect(field("Cross-Origin-Resource-Policy", fields) == "same-origin")
        #expect(
            field("Content-Security-Policy", fields)
                == "default-src 'none'; form-action 'none'; base-uri 'none'; "
                + "frame-ancestors 'none'; sandbox")
        #expect(field("X-Frame-Options", fields) == "DENY")
    }

    @Test func onlySoManyAreInMemory() throws {
        let room = CopyRoom()
        var held = (0..<CopyRoom.places).compactMap { _ in room.takePlace() }
        #expect(held.count == CopyRoom.places)
        #expect(room.takePlace() == nil)
        held.removeLast()
        #expect(room.takePlace() != nil)
        withExtendedLifetime(held) {}
    }

    @Test func whoeverIsNotInGetsNoCopy() async throws {
        try await ConsoleWorld().serve { visitor in
            let path = "/case/\(Self.tip)/copy/8/1"
            let stranger = try await visitor.client.ask("GET", "/0123\(path)")
            #expect(stranger.status == 403 && stranger.text.contains("Locked"))
            _ = try await visitor.enter()
            // No such case: a number and nothing else.
            let missing = try await visitor.get(path)
            #expect(missing.status == 404 && missing.body.isEmpty)
            let form = try await visitor.post(path, "step=never-render")
            #expect(form.status == 405 && form.body.isEmpty)
            let site = try await visitor.get(path, ["Sec-Fetch-Site": "cross-site"])
            #expect(site.status == 403 && site.body.isEmpty)
        }
    }

    @Test func aPictureIsOursAndSaysWhatIsKnown() {
        let prefix = "0123"
        let path = ConsolePath("/case/\(Self.tip)/copy/3/1") ?? .queue
        let picture = HTML.element(
            .img, [.source(Place(prefix: prefix, path)), .alternative("\"><script>")], [])
        #expect(
            picture.markup == "<img src=\"/0123/case/\(Self.tip)/copy/3/1\""
                + " alt=\"&quot;&gt;&lt;script&gt;\">")
    }
}
