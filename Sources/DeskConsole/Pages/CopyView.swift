internal import Examination
internal import Verification

/// A safe copy on its file's page: covered until somebody asks for it.
struct CopyView {
    let at: CaseVisit
    let part: Int
    let copy: CaseOverview.Copy

    /// Bytes of a text that are shown on the page.
    static let textBytes = 64 * 1024

    /// How much somebody asked to see.
    enum See: String, CaseIterable {
        case covered = ""
        case grey, colour, large

        /// What one does to see so.
        var words: String {
            switch self {
            case .covered: "Cover it again"
            case .grey: "Show it small and grey"
            case .colour: "Show it small, in colour"
            case .large: "Show it large, in colour"
            }
        }

        fileprivate var look: StaticString {
            switch self {
            case .covered: "coarse"
            case .grey: "seen grey"
            case .colour: "seen"
            case .large: "large"
            }
        }
    }

    private var see: See { See(rawValue: at.fields["see"]) ?? .covered }

    /// The copy, or what covers it, with the ways to see more and less of it.
    func content() async throws(DeskError) -> [HTML] {
        if let facts = copy.facts, facts.byteCount > CopyRoom.copyBytes { return [tooLarge(facts)] }
        if let look {
            try at.opened.look(look, atPart: "\(part)", by: try at.reader())
        }
        let partial: [HTML] =
            copy.facts?.isPartial == true ? [.note("The copy is of a part of the file only.")] : []
        switch copy.kind {
        case .picture: return partial + [figure(CopyName(part: part, number: copy.number, .whole))]
        case .document: return partial + (try await document())
        case .film, .sound: return partial + [recording]
        case .text: return partial + [try await text()]
        }
    }

    /// What is shown of it, for the case's journal; nil while it is covered.
    private var look: Look? {
        if copy.kind == .text { return .text }
        return switch see {
        case .covered: nil
        case .grey: .grey
        case .colour: .colour
        case .large: .large
        }
    }

    private func tooLarge(_ facts: SafeCopyFacts) -> HTML {
        .p(
            .text("It is larger (\(size(facts.byteCount))) than what is shown here. "),
            "At a terminal: ",
            .code(
                "sallyport-desk show \(at.opened.name) --part \(part) --copy \(copy.number) "
                    + "--export-copy FILE"))
    }

    // MARK: pictures and pages

    private func figure(_ name: CopyName, page: Int? = nil) -> HTML {
        let isCovered = see == .covered
        let name = CopyName(part: part, number: copy.number, name.view, isCoarse: isCovered)
        return .element(
            .figure, [],
            [
                .element(
                    .img,
                    [
                        .source(at.to(.copy(name))), .look(see.look),
                        .alternative(
                            isCovered ? "Blurred: nothing can be made out." : described(page)),
                    ], []),
                .element(
                    .figcaption, [.look("note")],
                    [
                        isCovered
                            ? "Blurred: these are \(CoarsePicture.side) pixels across. The picture "
                                + "itself has not been sent to this browser."
                            : .text(described(page))
                    ]),
                ways(page),
            ])
    }

    /// What is known of it without anybody having said what it shows.
    private func described(_ page: Int?) -> String {
        let start = page.map { "Page \($0) of safe copy" } ?? "Safe copy"
        var words = "\(start) \(copy.number) of part \(part)"
        if page == nil, let width = copy.report?.width, let height = copy.report?.height {
            words += ", made of a picture of \(width) × \(height) pixels"
        }
        return words + ". Nobody has described what it shows."
    }

    private func ways(_ page: Int?) -> HTML {
        .element(
            .nav, [.label("How it is shown"), .look("row")],
            [
                .list(
                    See.allCases.filter { $0 != see }.map {
                        .link(to($0, page: page), .text($0.words))
                    })
            ])
    }

    private func to(_ see: See, page: Int?) -> Place {
        var query = [("copy", "\(copy.number)")]
        if see != .covered { query.append(("see", see.rawValue)) }
        if let page { query.append(("page", "\(page)")) }
        return at.to(.file(part), query)
    }

    private func document() async throws(DeskError) -> [HTML] {
        let opened = try await bytes()
        let count: Int
        do throws(NotDone) {
            count = try OwnPDF(opened).pageCount
        } catch {
            throw .altered("a safe copy is not what was made")
        }
        let page = min(max(1, Int(at.fields["page"]) ?? 1), max(1, count))
        return [figure(CopyName(part: part, number: copy.number, .page(page)), page: page)]
            + pages(page, count) + [download]
    }

    private func pages(_ page: Int, _ count: Int) -> [HTML] {
        guard count > 1 else { return [] }
        var items: [HTML] = []
        if page > 1 { items.append(.link(to(see, page: page - 1), "Page before")) }
        items.append("Page \(page) of \(count)")
        if page < count { items.append(.link(to(see, page: page + 1), "Next page")) }
        return [.element(.nav, [.label("Pages"), .look("row")], [.list(items)])]
    }

    private var download: HTML {
        .element(
            .details, [],
            [
                .element(.summary, [], ["Save all pages as one file"]),
                .p(
                    "The file then lies on this machine’s disk, and nothing seals it. Remove it when "
                        + "you do not need it any more."),
                .p(.link(at.to(.copy(whole)), "Save the copy as PDF")),
            ])
    }

    private var whole: CopyName { CopyName(part: part, number: copy.number, .whole) }

    // MARK: recordings and texts

    private var recording: HTML {
        let isFilm = copy.kind == .film
        let seconds = copy.report?.milliseconds.map { ", \($0 / 1000) s long" } ?? ""
        let about = "\(isFilm ? "A film" : "A sound recording")\(seconds)"
        guard see != .covered else {
            return .element(
                .figure, [],
                [.element(.div, [.look("covered")], [.text("\(about). Not shown.")]), ways(nil)])
        }
        return .element(
            .figure, [],
            [
                .element(
                    isFilm ? .video : .audio,
                    [.source(at.to(.copy(whole))), .look(see.look), .label(about)]
                        + Attribute.quietControls, []),
                .element(
                    .figcaption, [.look("note")],
                    [
                        "It begins when you say so, without sound: turn the sound on when you want to "
                            + "hear it."
                    ]),
                ways(nil),
            ])
    }

    private func text() async throws(DeskError) -> HTML {
        let bytes = try await bytes()
        let shown = String(decoding: bytes.prefix(Self.textBytes), as: UTF8.self)
        guard bytes.count > Self.textBytes else { return .words(shown) }
        return .all([
            .note("The first \(size(Self.textBytes)) of \(size(bytes.count)):"), .words(shown),
            .p(.link(at.to(.copy(whole)), "Read the whole text")),
        ])
    }

    private func bytes() async throws(DeskError) -> [UInt8] {
        guard let place = await at.visit.console.copies.place() else { throw .busy }
        let copy = try at.opened.wholeCopy(
            copy.number, ofPart: "\(part)", limit: CopyRoom.copyBytes)
        withExtendedLifetime(place) {}
        return copy.bytes
    }
}
