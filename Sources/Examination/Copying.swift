/// Safe copies, kind by kind.
extension Look {
    /// A copy's kind and bytes.
    typealias Made = (kind: SafeCopyFacts.Kind, file: MemoryFile)

    /// Makes the safe copy and writes it down; nil when there is none, and why is in the report.
    mutating func copy() -> Made? {
        do throws(NotDone) {
            if let decoder = kind.decoder {
                guard report.accepted.contains(where: { $0.decoder == decoder }) else {
                    throw whyRefused
                }
            }
            let (kind, made, isPartial) = try makeCopy()
            report.copies.append(
                SafeCopyFacts(kind, byteCount: made.byteCount, isPartial: isPartial))
            return (kind, made)
        } catch {
            skip([.copy], error)
            return nil
        }
    }

    /// Why the decoder did not accept it: encrypted, say.
    private var whyRefused: NotDone {
        report.gaps.first { $0.step == .facts }?.why ?? .decoderRefused
    }

    private mutating func makeCopy() throws(NotDone) -> (SafeCopyFacts.Kind, MemoryFile, Bool) {
        switch kind {
        case .picture: try copyPicture()
        case .pdf: try copyDocument(of: self)
        case .office: try copyOffice()
        case .recording: try copyRecording()
        case .text: try copyText()
        case .active: throw .noCopyOfType
        case .archive, .compressed, .unknown: throw .unknownType
        }
    }

    private func copyPicture() throws(NotDone) -> (SafeCopyFacts.Kind, MemoryFile, Bool) {
        let limits = PixelLimits(side: ExaminationLimits.pictureSide, pages: 1)
        var reader = PixelReader(
            limits: limits, sink: try PNGWriter(limit: ExaminationLimits.copyBytes))
        try run(Tool.picture, into: &reader)
        return (.picture, try reader.finish().finish(), report.frames.map { $0 > 1 } ?? false)
    }

    /// Pages of pixels of a PDF: of the file itself, or of what LibreOffice made of it.
    private mutating func copyDocument(
        of document: Look
    ) throws(NotDone) -> (SafeCopyFacts.Kind, MemoryFile, Bool) {
        let limits = PixelLimits(
            side: ExaminationLimits.pageSide, pages: ExaminationLimits.pages)
        var reader = PixelReader(
            limits: limits, sink: try PDFWriter(limit: ExaminationLimits.copyBytes))
        try document.run(Tool.pages, into: &reader)
        let made = reader.pages
        if let text = try? document.output(of: Tool.pageText) {
            report.writingSystems = WritingSystem.found(in: String(decoding: text, as: UTF8.self))
        }
        let copy = try reader.finish().finish()
        return (.document, copy, made < (report.pages ?? made))
    }

    private mutating func copyOffice() throws(NotDone) -> (SafeCopyFacts.Kind, MemoryFile, Bool) {
        guard file.byteCount <= ExaminationLimits.officeBytes else { throw .tooLarge }
        guard Sandbox.isInstalled("soffice") else { throw .toolMissing }
        var sink = try CopySink(limit: Tool.officeOutputBytes)
        try run(Tool.officePages, into: &sink)
        let pages = Look(sandbox: sandbox, file: try sink.finish(), deadline: deadline)
        report.pages = try PageCount.parse(pdfinfo: pages.output(of: Tool.pageCount))
        report.accepted.append(Acceptance(.office))
        return try copyDocument(of: pages)
    }

    private func copyRecording() throws(NotDone) -> (SafeCopyFacts.Kind, MemoryFile, Bool) {
        let longest = ExaminationLimits.recordingSeconds * 1000
        let isFilm = report.type.hasPrefix("video/") && report.frames ?? 0 > 0
        var sink = try CopySink(limit: ExaminationLimits.copyBytes)
        try run(isFilm ? Tool.film : Tool.sound, into: &sink)
        let copy = try sink.finish()
        guard copy.byteCount > 0 else { throw .decoderRefused }
        // A recording that does not say how long it is may have been cut.
        let isPartial = report.milliseconds.map { $0 > longest } ?? true
        return (isFilm ? .film : .sound, copy, isPartial)
    }

    private mutating func copyText() throws(NotDone) -> (SafeCopyFacts.Kind, MemoryFile, Bool) {
        guard file.byteCount <= ExaminationLimits.textBytes else { throw .tooLarge }
        let (text, leftOut) = try PlainText.copy(whole())
        report.charactersLeftOut = leftOut
        report.writingSystems = WritingSystem.found(in: String(decoding: text, as: UTF8.self))
        do throws(MemoryFileError) {
            return (.text, try MemoryFile(text, limit: ExaminationLimits.textBytes), false)
        } catch {
            throw NotDone(error)
        }
    }

    private func whole() throws(NotDone) -> [UInt8] {
        do throws(MemoryFileError) {
            return try file.read(at: 0, count: file.byteCount)
        } catch {
            throw NotDone(error)
        }
    }

    /// Runs a worker that must end well.
    private func run<Reader: OutputReader & ~Copyable>(
        _ worker: Worker, into reader: inout Reader
    ) throws(NotDone) {
        let end = try sandbox.run(worker, on: file, until: deadline, into: &reader)
        guard end.code == 0 else { throw NotDone(end) }
    }
}

/// Archives.
extension Look {
    /// The files in an archive, as far as they may be looked at; what is left out is in the report.
    mutating func members(_ budget: Budget) -> [MemberReader.Member] {
        kind == .compressed ? decompressed(budget) : unpacked(budget)
    }

    /// Most bytes that this file may unpack to.
    private func room(_ budget: Budget) -> Int {
        let byRatio = file.byteCount * ExaminationLimits.archiveRatio
        return min(budget.bytes, max(ExaminationLimits.archiveFreeBytes, byRatio))
    }

    private mutating func unpacked(_ budget: Budget) -> [MemberReader.Member] {
        let limits = MemberLimits(
            files: max(0, budget.files), entries: ExaminationLimits.archiveEntries,
            bytes: room(budget))
        var reader = MemberReader(limits: limits)
        do throws(NotDone) {
            let end = try sandbox.run(Tool.members, on: file, until: deadline, into: &reader)
            guard end.code == 0 else { throw NotDone(end) }
            guard reader.isWhole else { throw .unexpectedOutput }
        } catch {
            skip([.members], error)
        }
        if reader.notFiles > 0 { skip([.members], .notAFile) }
        return reader.members
    }

    private mutating func decompressed(_ budget: Budget) -> [MemberReader.Member] {
        do throws(NotDone) {
            guard budget.files > 0 else { throw .tooMany }
            var sink = try CopySink(limit: room(budget))
            let end: WorkerEnd
            do throws(NotDone) {
                end = try sandbox.run(Tool.decompressed, on: file, until: deadline, into: &sink)
            } catch {
                throw error == .outputLimit ? .bomb : error
            }
            guard end.code == 0 else { throw NotDone(end) }
            return [MemberReader.Member(name: "", file: try sink.finish())]
        } catch {
            skip([.members], error)
            return []
        }
    }
}
