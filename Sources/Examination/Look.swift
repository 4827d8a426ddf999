/// One file while it is looked into: each step asks one worker and writes down what it says.
struct Look {
    let sandbox: Sandbox
    let file: MemoryFile
    let deadline: ContinuousClock.Instant
    var report = ExaminationReport()
    private(set) var kind = FileKind.unknown

    init(sandbox: Sandbox, file: MemoryFile, deadline: ContinuousClock.Instant) {
        self.sandbox = sandbox
        self.file = file
        self.deadline = deadline
    }

    /// Writes down that these steps were not done.
    mutating func skip(_ steps: [Gap.Step], _ why: NotDone) {
        for step in steps {
            let gap = Gap(step, why)
            if !report.gaps.contains(gap) { report.gaps.append(gap) }
        }
    }

    /// The whole output of a worker that ended well.
    ///
    /// - Throws: ``NotDone``.
    func output(of worker: Worker, alsoEndingWith code: Int = 0) throws(NotDone) -> [UInt8] {
        var output = Gathered(limit: worker.limits.outputBytes)
        let end = try sandbox.run(worker, on: file, until: deadline, into: &output)
        guard end.code == 0 || (end.code == code && !output.bytes.isEmpty) else {
            throw NotDone(end)
        }
        return output.bytes
    }

    mutating func findType() {
        do throws(NotDone) {
            guard let type = TypeAnswer.parse(try output(of: Tool.type)) else {
                throw .unexpectedOutput
            }
            report.type = type
            kind = FileKind(type: type)
            // libmagic knows such documents only when their members are in the usual order.
            if kind == .archive, holds(Self.officeMark) { kind = .office }
        } catch {
            skip([.type], error)
        }
    }

    mutating func readMetadata() {
        do throws(NotDone) {
            report.metadata = try Metadata(
                exiftool: output(of: Tool.metadata, alsoEndingWith: 1))
        } catch {
            skip([.metadata], error)
        }
    }

    /// Asks every decoder, whatever the type: a file can be several things at once.
    mutating func askDecoders() {
        ask(.picture) { look throws(NotDone) in try look.askPicture() }
        ask(.pdf) { look throws(NotDone) in try look.askDocument() }
        ask(.recording) { look throws(NotDone) in try look.askRecording() }
        // libarchive takes some plain texts for lists of files.
        if kind != .text { ask(.archive) { look throws(NotDone) in try look.askArchive() } }
        if kind == .active || Self.pageMarks.contains(where: holds) {
            report.accepted.append(Acceptance(.page))
        }
    }

    /// A decoder that was not meant may well refuse: only the one for the file's type leaves a gap.
    private mutating func ask(
        _ decoder: Acceptance.Decoder, _ question: (inout Look) throws(NotDone) -> Void
    ) {
        do throws(NotDone) {
            try question(&self)
        } catch {
            if kind.decoder == decoder || error != .decoderRefused { skip([.facts], error) }
        }
    }

    private mutating func askPicture() throws(NotDone) {
        let facts = try ImageFacts(vipsheader: output(of: Tool.pictureFacts))
        report.accepted.append(Acceptance(.picture, as: facts.loader))
        (report.width, report.height, report.frames) = (facts.width, facts.height, facts.frames)
    }

    private mutating func askDocument() throws(NotDone) {
        report.pages = try PageCount.parse(pdfinfo: output(of: Tool.pageCount))
        report.accepted.append(Acceptance(.pdf))
    }

    private mutating func askRecording() throws(NotDone) {
        let facts = try MediaFacts(ffprobe: output(of: Tool.mediaFacts))
        // Apple's pictures are in the same box as its films, and have no time.
        guard kind != .picture || facts.milliseconds != nil else { return }
        report.accepted.append(Acceptance(.recording, as: facts.format))
        report.milliseconds = facts.milliseconds
        guard let film = facts.first("video") else { return }
        (report.width, report.height, report.frames) = (film.width, film.height, film.packets)
    }

    private mutating func askArchive() throws(NotDone) {
        var names = Ignored()
        let end = try sandbox.run(Tool.memberNames, on: file, until: deadline, into: &names)
        guard end.code == 0, !names.isEmpty else { throw NotDone(end) }
        report.accepted.append(Acceptance(.archive))
    }

    /// Bytes at the beginning and at the end in which marks are looked for.
    private static let markBytes = 64 * 1024
    private static let officeMark = [UInt8]("[Content_Types].xml".utf8)
    private static let pageMarks = ["<html", "<script", "<!doctype html"].map { [UInt8]($0.utf8) }

    /// Whether the beginning or the end has these ASCII letters, large or small.
    private func holds(_ mark: [UInt8]) -> Bool {
        let lowered = mark.map(Self.lowered)
        for offset in [0, max(0, file.byteCount - Self.markBytes)] {
            guard let part = try? file.read(at: offset, count: Self.markBytes) else { continue }
            if part.map(Self.lowered).firstRange(of: lowered) != nil { return true }
        }
        return false
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
