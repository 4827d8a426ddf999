internal import ArgumentParser
internal import Containers
internal import DurableFiles
internal import Sealing
internal import Submission
internal import Terminal

/// Seals one file as age does.
struct Seal: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Seal a file to one or more public keys. Any age program can open it.",
        discussion: """
            What comes out is an age file (version 1), bit for bit. With --evidence the file is \
            wrapped in a tar and filled up to one of few sizes before it is sealed, so that its \
            length says little; "age -d FILE | tar xO" gives the original back.

            Examples:
              sallyport seal -r age1pq1… -o photo.age photo.jpg
              tar c folder | sallyport seal -R desk.pub -o folder.age
              sallyport seal --evidence -r age1pq1… -o video.age video.mp4
            """)

    @OptionGroup var recipients: Recipients

    @Flag(help: "Wrap and pad the file as evidence is, so that its size says little.")
    var evidence = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "Where to write (never over another file). Without it: standard output.")
    var output: String?

    @Argument(help: "The file to seal. Without it, or with -: standard input.")
    var input: String?

    func run() throws {
        let recipients = try recipients.resolved()
        let source = try Standard.input(input)
        guard let output else {
            var sink = try Standard.binaryOutput()
            return try seal(source, to: recipients, into: &sink)
        }
        var sink = try NewFile(at: output)
        try seal(source, to: recipients, into: &sink)
        try sink.commit()
    }

    private func seal<Sink: ByteSink & ~Copyable>(
        _ source: consuming OpenFile, to recipients: [Recipient], into sink: inout Sink
    ) throws {
        let length = try source.regularFileLength()
        var progress = Progress("Sealing", totalBytes: length ?? 0)
        var source = source
        guard evidence else {
            return try ContainerSealing.seal(&source, to: recipients, into: &sink) {
                progress.update($0)
            }
        }
        guard let length else {
            throw Failure(
                "Evidence must be a file: its length has to be known beforehand.",
                hint: "Save it to a file, and give the file's name.")
        }
        var wrapped = try EvidenceSource(file: source, byteCount: length)
        try ContainerSealing.seal(&wrapped, to: recipients, into: &sink) { progress.update($0) }
    }
}
