internal import Agencies
internal import Examination
internal import Tips
internal import Verification

/// Opens a safe copy through the agent, and makes of it what was asked for.
///
/// Whatever is not there is answered like what must not be shown: with a number and nothing else.
struct CopyRequest {
    let console: Console
    let tip: TipID
    let name: CopyName

    /// The copy, or why not.
    func answer() async -> ConsoleAnswer {
        guard let place = await console.copies.place() else { return .denied(.busy) }
        do {
            let desk = try console.desk()
            let opened = try OpenedCase(tip, of: desk)
            try writeDown(opened, .person(try desk.person(console.signer).text))
            let copy = try opened.wholeCopy(
                name.number, ofPart: "\(name.part)", limit: CopyRoom.copyBytes)
            let (bytes, kind) = try made(of: copy.bytes, copy.kind)
            return .copy(CopyAnswer(bytes, kind: kind, fileName: fileName, place: place))
        } catch {
            return .denied(.notFound)
        }
    }

    /// Who gets the copy, before it is sent. A page that shows it has written that down already; who
    /// asks without one can see all of it.
    private func writeDown(_ opened: OpenedCase, _ reader: Reader) throws(DeskError) {
        guard !name.isCoarse else { return }
        let part = "\(name.part)"
        let copies = try opened.copies(ofPart: part)
        // What is not there is shown to nobody.
        guard let kind = copies.first(where: { $0.number == name.number })?.kind else { return }
        switch (name.view, kind) {
        case (.whole, .document): try opened.look(.copySaved, atPart: part, by: reader)
        case (_, .text): try opened.look(.text, atPart: part, by: reader)
        default: try opened.look(.large, atPart: part, by: reader, unless: Look.stages)
        }
    }

    /// The case's short name and the numbers: nothing that a reporter chose.
    private var fileName: String {
        "case-\(tip.hex.prefix(12))-part-\(name.part)-copy-\(name.number)"
    }

    private func made(
        of copy: [UInt8], _ kind: SafeCopyFacts.Kind
    ) throws -> ([UInt8], SafeCopyFacts.Kind) {
        switch (name.view, kind) {
        case (.whole, .picture) where name.isCoarse: (try CoarsePicture.png(of: copy), .picture)
        case (.whole, _) where !name.isCoarse: (copy, kind)
        case (.page(let number), .document): (try page(number, of: copy), .picture)
        default: throw NotDone.unexpectedOutput
        }
    }

    private func page(_ number: Int, of document: [UInt8]) throws -> [UInt8] {
        let page = try OwnPDF(document).png(page: number)
        return name.isCoarse ? try CoarsePicture.png(of: page) : page
    }
}
