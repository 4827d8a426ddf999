package import ArgumentParser
internal import Containers
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Terminal

/// Seals one file as age does.
package struct Seal: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Seal a file to one or more public keys. Any age program can open it.",
        discussion: """
            What comes out is an age file (version 1), bit for bit. With --evidence the file is \
            wrapped in a tar and filled up to one of few sizes before it is sealed, so that its \
            length says little; "age -d FILE | tar xO" gives the original back.

            With --passphrase the file opens for whoever knows the passphrase, and for nobody else. \
            It is asked for at the terminal, or read as one line of standard input.

            A file is sealed to at most \(Header.stanzaLimit) keys, all of one kind. Keys of SSH and of \
            age's plugins are not known here.

            Examples:
              \(ProgramName.current) seal -r age1pq1… -o photo.age photo.jpg
              tar c folder | \(ProgramName.current) seal -R desk.pub -o folder.age
              \(ProgramName.current) seal --evidence -r age1pq1… -o video.age video.mp4
              \(ProgramName.current) seal --armor --passphrase -o note.age note.txt
            """)

    @OptionGroup var recipients: RecipientOptions

    @Flag(help: "Wrap and pad the file as evidence is, so that its size says little.")
    var evidence = false

    @Flag(
        name: [.customShort("p"), .customLong("passphrase")],
        help: "Seal under a passphrase instead of to public keys.")
    var isUnderPassphrase = false

    @Flag(
        name: [.customShort("a"), .customLong("armor")],
        help: "Write text instead of binary, for mail and chat; a third larger.")
    var isArmored = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "Where to write (never over another file). Without it: standard output.")
    var output: String?

    @Argument(help: "The file to seal. Without it, or with -: standard input.")
    var input: String?

    package init() {}

    package func run() throws {
        guard !isUnderPassphrase || recipients.isEmpty else {
            throw Failure(
                "A file is sealed either under a passphrase or to public keys, not both.",
                hint: "Leave out --passphrase, or -r and -R.", exitCode: 64)
        }
        try Standard.isReadOnce([input ?? "-"] + recipients.files)
        let output = try Standard.output(output)
        let recipients = try isUnderPassphrase ? nil : self.recipients.resolved()
        let source = try Standard.input(input)
        let sealing = try sealing(to: recipients, isInputTaken: source.isStandardInput)
        guard let output else {
            let sink = try isArmored ? .standardOutput : Standard.binaryOutput()
            return _ = try run(sealing, source, into: sink)
        }
        let sink = try NewFile(at: output)
        guard !isArmored else { return try run(sealing, source, into: sink).commit() }
        try sealSideBySide(sealing, source, into: sink)
    }

    private func sealing(
        to recipients: [Recipient]?, isInputTaken: Bool
    ) throws -> ContainerSealing {
        if let recipients { return try ContainerSealing(to: recipients) }
        let passphrase = try Prompt.newPassphrase(
            "New passphrase for \(input ?? "the file"): ", isInputTaken: isInputTaken)
        return try ContainerSealing(passphrase: passphrase)
    }

    private func sealSideBySide(
        _ sealing: consuming ContainerSealing, _ source: consuming OpenFile,
        into file: consuming NewFile
    ) throws {
        var plaintext = try plaintext(of: source)
        var progress = Progress("Sealing", totalBytes: plaintext.byteCount ?? 0)
        var file = file
        try sealing.run(&plaintext, into: &file) { progress.update($0) }
        try file.commit()
    }

    /// Seals into a stream, as text if that is wanted; gives the stream back.
    private func run<Sink: ByteSink & ~Copyable>(
        _ sealing: consuming ContainerSealing, _ source: consuming OpenFile,
        into sink: consuming Sink
    ) throws -> Sink {
        var plaintext = try plaintext(of: source)
        var progress = Progress("Sealing", totalBytes: plaintext.byteCount ?? 0)
        guard isArmored else {
            var sink = sink
            try sealing.run(&plaintext, into: &sink) { progress.update($0) }
            return sink
        }
        var armored = ArmoredSink(sink)
        try sealing.run(&plaintext, into: &armored) { progress.update($0) }
        return try armored.finish()
    }

    /// What is to be sealed: the file, or the evidence tar around it.
    private func plaintext(of source: consuming OpenFile) throws -> Plaintext {
        let length = try source.regularFileLength()
        guard evidence else { return Plaintext(file: source, byteCount: length) }
        guard let length else {
            throw Failure(
                "Evidence must be a file: its length has to be known beforehand.",
                hint: "Save it to a file, and give the file's name.")
        }
        return Plaintext(
            evidence: try EvidenceSource(file: source, byteCount: length), byteCount: length)
    }
}

/// What is sealed: a file as it is, or wrapped as evidence.
private struct Plaintext: ~Copyable, ByteSource {
    /// Bytes of the file, if that is known.
    let byteCount: Int?
    private var file: OpenFile?
    private var evidence: EvidenceSource?

    init(file: consuming OpenFile, byteCount: Int?) {
        self.file = consume file
        self.byteCount = byteCount
        evidence = nil
    }

    init(evidence: consuming EvidenceSource, byteCount: Int) {
        file = nil
        self.evidence = consume evidence
        self.byteCount = byteCount
    }

    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FileError) -> Int {
        if let count = try evidence?.read(into: &buffer) { return count }
        return try file?.read(into: &buffer) ?? 0
    }
}
