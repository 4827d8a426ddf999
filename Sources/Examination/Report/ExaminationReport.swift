/// What the desk found out about one file, without anybody having opened it.
///
/// Facts as programs that read a stranger's bytes tell them: a lie in the file may become a lie
/// here, never an act. Digests are the caller's.
package struct ExaminationReport: Equatable, Sendable {
    /// Its name inside the archive it came in, made safe to show; "" for the file itself.
    package var name = ""
    /// Bytes of the file.
    package var byteCount = 0
    /// The type that libmagic sees; "" when unknown. A hint, never a decision.
    package var type = ""
    /// What the scanner says.
    package var scan = ScanAnswer(.couldNotScan(.notConfigured))
    /// The decoders that accept it.
    package var accepted: [Acceptance] = []
    /// Metadata fields.
    package var metadata = Metadata()
    /// Pixels across, of a picture or a film.
    package var width: Int?
    /// Pixels down.
    package var height: Int?
    /// Pictures in the file, or of a film.
    package var frames: Int?
    /// Pages of a document.
    package var pages: Int?
    /// How long a recording is, in thousandths of a second.
    package var milliseconds: Int?
    /// Writing systems of its text, most used first.
    package var writingSystems: [WritingSystem] = []
    /// What was taken out of the text for its safe copy: so many characters.
    package var charactersLeftOut: Int?
    /// Safe copies that were made.
    package var copies: [SafeCopyFacts] = []
    /// What was not done, and why.
    package var gaps: [Gap] = []
    /// The files of an archive.
    package var members: [ExaminationReport] = []
    /// Files of the archive that were examined and are not listed, or were not examined at all.
    package var omittedMembers = 0

    /// Nothing known.
    package init() {}

    /// Whether decoders of different kinds accept it: a file made to be two things at once.
    ///
    /// Documents of offices are archives all the same.
    package var isPolyglot: Bool {
        var kinds = Set(accepted.map(\.decoder))
        if kinds.contains(.office) { kinds.remove(.archive) }
        return kinds.count > 1
    }
}

/// A decoder that accepts a file, and as what.
package struct Acceptance: Equatable, Sendable {
    /// The kinds of decoders that are asked.
    package enum Decoder: String, CaseIterable, Sendable {
        /// libvips, of pictures.
        case picture
        /// poppler, of PDF.
        case pdf
        /// ffmpeg, of films and sound.
        case recording
        /// libarchive, of archives.
        case archive
        /// LibreOffice, of documents; asked only when the type says so, since it takes seconds.
        case office
        /// A browser, which is never started: there are a page's marks in it.
        case page
    }

    /// Which.
    package let decoder: Decoder
    /// Its name for the format, made safe to show; "" when it has none.
    package let format: String

    /// An acceptance.
    package init(_ decoder: Decoder, as format: String = "") {
        self.decoder = decoder
        self.format = ReportText.shown(format.utf8)
    }
}

/// A step that was not done.
package struct Gap: Equatable, Hashable, Sendable {
    /// The steps.
    package enum Step: String, CaseIterable, Sendable {
        /// Telling the type.
        case type
        /// Reading the metadata.
        case metadata
        /// Counting pages, pictures and time.
        case facts
        /// Making the safe copy.
        case copy
        /// Looking into the archive.
        case members
    }

    /// Which.
    package let step: Step
    /// Why.
    package let why: NotDone

    /// A gap.
    package init(_ step: Step, _ why: NotDone) {
        self.step = step
        self.why = why
    }
}

/// What a safe copy is.
package struct SafeCopyFacts: Equatable, Sendable {
    /// The kinds.
    package enum Kind: String, CaseIterable, Sendable {
        /// PNG, of the first picture.
        case picture = "png"
        /// PDF of pictures of the pages.
        case document = "pdf"
        /// MP4: H.264 and AAC.
        case film = "mp4"
        /// Ogg: Opus.
        case sound = "ogg"
        /// UTF-8 text.
        case text = "txt"
    }

    /// Which.
    package let kind: Kind
    /// Bytes of the copy.
    package let byteCount: Int
    /// Whether it holds less than the original: later pages or pictures are not in it.
    package let isPartial: Bool

    /// A copy.
    package init(_ kind: Kind, byteCount: Int, isPartial: Bool = false) {
        self.kind = kind
        self.byteCount = byteCount
        self.isPartial = isPartial
    }
}
