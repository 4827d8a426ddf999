/// The tools and how each is asked: fixed arguments, no shell where none is needed, and nothing of
/// the file or its name on a command line.
enum Tool {
    private static let input = Worker.inputPath

    /// The type by libmagic.
    static let type = Worker(
        programs: ["file"], command: ["file", "-L", "-b", "--mime-type", "--", input])

    /// Every metadata field: group, name, value; numbers as numbers, no configuration file.
    static let metadata = Worker(
        programs: ["exiftool", "perl"],
        command: [
            "exiftool", "-config", "", "-n", "-a", "-G1", "-s", "-t", "--System:all",
            "--ExifTool:all", input,
        ])

    /// A picture's size and how many there are.
    static let pictureFacts = Worker(
        programs: ["vipsheader"], command: ["vipsheader", "-a", input])

    /// The first picture, upright, as PPM. Numbers of colours stay as they are: converting them to
    /// sRGB altered pictures without a profile by up to 18 of 255.
    static let picture = Worker(
        programs: ["vips"],
        command: [
            "vips", "thumbnail", input, ".ppm[strip,background=255]",
            String(ExaminationLimits.pictureSide), "--size", "down",
        ],
        limits: WorkerLimits(
            cpuSeconds: 60, outputBytes: picturesBytes(1, side: ExaminationLimits.pictureSide)))

    /// The number of pages.
    static let pageCount = Worker(programs: ["pdfinfo"], command: ["pdfinfo", input])

    /// The pages as PPM, one after the other.
    static let pages = Worker(
        programs: ["pdftoppm"],
        command: [
            "pdftoppm", "-q", "-l", String(ExaminationLimits.pages), "-scale-to",
            String(ExaminationLimits.pageSide), input,
        ],
        limits: WorkerLimits(
            cpuSeconds: 120, seconds: 150,
            outputBytes: picturesBytes(
                ExaminationLimits.pages, side: ExaminationLimits.pageSide)))

    /// The text of a document's first pages, to see its writing systems.
    static let pageText = Worker(
        programs: ["pdftotext"],
        command: ["pdftotext", "-q", "-l", "20", "-enc", "UTF-8", input, "-"])

    /// A document as PDF. The wrapper it is started by needs a shell and these few; LibreOffice
    /// ends well even when it fails, so an empty output is a refusal.
    static let officePages = Worker(
        programs: ["sh", "cat", "dirname", "basename", "sed", "grep", "uname"],
        command: [
            "sh", "-c",
            "cat <\(input) >/tmp/original && \(libreOffice) --headless --norestore"
                + " -env:UserInstallation=file:///tmp/profile --convert-to pdf --outdir /tmp/pages"
                + " /tmp/original >/dev/null && cat /tmp/pages/original.pdf",
        ],
        folders: ["/etc/libreoffice", "/var/lib/libreoffice"],
        limits: WorkerLimits(
            addressBytes: 4 << 30, cpuSeconds: 90, seconds: 120, processes: 64, openFiles: 512,
            temporaryBytes: 256 << 20, outputBytes: officeOutputBytes),
        allowsLocalSockets: true)

    /// LibreOffice's own starter.
    static let libreOffice = "/usr/lib/libreoffice/program/soffice"
    /// Most bytes of the PDF that LibreOffice makes.
    static let officeOutputBytes = 128 << 20

    /// What is in an archive, one name a line.
    static let memberNames = Worker(
        programs: ["bsdtar"], command: ["bsdtar", "-tf", input],
        limits: WorkerLimits(outputBytes: 4 << 20))

    /// The archive's members as ustar.
    static let members = Worker(
        programs: ["bsdtar"], command: ["bsdtar", "-cf", "-", "--format=ustar", "@" + input],
        limits: WorkerLimits(
            cpuSeconds: 60, seconds: 120,
            outputBytes: ExaminationLimits.archiveBytes
                + ExaminationLimits.archiveEntries * 2 * MemberReader.blockBytes))

    /// The one file in a compressed file.
    static let decompressed = Worker(
        programs: ["bsdcat"], command: ["bsdcat", input],
        limits: WorkerLimits(
            cpuSeconds: 60, seconds: 120, outputBytes: ExaminationLimits.archiveBytes))

    private static func picturesBytes(_ count: Int, side: Int) -> Int {
        count * (side * side * 3 + 64)
    }
}

/// Recordings.
extension Tool {
    /// Formats whose readers are asked; none of them opens a second file or another protocol.
    private static let formats =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mp3,ogg,wav,flac,aac,amr,mpegts,mpeg,asf"

    private static let recording = [
        "-protocol_whitelist", "file", "-format_whitelist", formats, "-i", "file:" + input,
    ]

    /// Format, streams, time; packets are counted.
    static let mediaFacts = Worker(
        programs: ["ffprobe"],
        command: [
            "ffprobe", "-v", "error", "-count_packets", "-show_entries",
            "format=format_name,duration"
                + ":stream=codec_type,codec_name,width,height,nb_read_packets",
            "-of", "json=c=1",
        ] + recording,
        limits: WorkerLimits(processes: 64))

    /// The first picture and sound stream, encoded anew, without metadata.
    static let film = encoder(
        [
            "-map", "0:v:0", "-map", "0:a:0?", "-vf",
            "scale=w=min(\(ExaminationLimits.filmSide)\\,iw):h=min(\(ExaminationLimits.filmSide)"
                + "\\,ih):force_original_aspect_ratio=decrease:force_divisible_by=2"
                + ",format=yuv420p",
            "-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac", "-movflags",
            "frag_keyframe+empty_moov", "-f", "mp4",
        ])

    /// The first sound stream, encoded anew, without metadata.
    static let sound = encoder([
        "-map", "0:a:0", "-c:a", "libopus", "-b:a", "64k", "-f", "ogg",
    ])

    private static func encoder(_ form: [String]) -> Worker {
        Worker(
            programs: ["ffmpeg"],
            command: ["ffmpeg", "-nostdin", "-v", "error", "-threads", "2"] + recording
                + [
                    "-t", String(ExaminationLimits.recordingSeconds), "-sn", "-dn",
                    "-map_metadata", "-1", "-map_chapters", "-1", "-threads", "2",
                    "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
                ] + form + ["pipe:1"],
            limits: WorkerLimits(
                addressBytes: 4 << 30, residentBytes: 2 << 30, cpuSeconds: 7200, seconds: 3600,
                processes: 64, outputBytes: ExaminationLimits.copyBytes))
    }
}
