import Testing

@testable import Examination

/// Readers of what workers say, given what a worker in a stranger's hands might say.
@Suite struct ReaderTests {
    private func bytes(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

    @Test func aTypeIsTwoNames() {
        #expect(TypeAnswer.parse(bytes("image/jpeg\n")) == "image/jpeg")
        #expect(TypeAnswer.parse(bytes("application/vnd.ms-excel.sheet+xml\n")) != nil)
        for text in [
            "image/jpeg", "image\n", "/\n", "a/\n", "a/b/c\n", "cannot open `x' (No such file)\n",
            "a/b\nc/d\n", "a/\u{202E}\n", "a/b \n", "\n", "",
            "a/" + String(repeating: "b", count: 126) + "\n",
        ] { #expect(TypeAnswer.parse(bytes(text)) == nil, "\(text)") }
        #expect(TypeAnswer.parse([0xFF, 0x2F, 0x41, 0x0A]) == nil)
    }

    @Test func fieldsAreNamedAndOnlyTimesAndPlacesGiven() throws {
        let metadata = try Metadata(
            exiftool: bytes(
                "IFD0\tMake\tNokia\nExifIFD\tDateTimeOriginal\t2026:01:02 03:04:05\n"
                    + "GPS\tGPSLatitude\t13.75\nComposite\tGPSPosition\t13.75 100.5\n"
                    + "QuickTime\tCreateDate\t0000:00:00 00:00:00\nIFD0\tMake\tagain\n"
                    + "ExifIFD\tExposureTime\t0.01\nFile\tMIMEType\timage/jpeg\n"))
        #expect(
            metadata.names == [
                "IFD0:Make", "ExifIFD:DateTimeOriginal", "GPS:GPSLatitude", "QuickTime:CreateDate",
                "ExifIFD:ExposureTime",
            ])
        #expect(metadata.times.map(\.value) == ["2026:01:02 03:04:05"])
        #expect(metadata.places.map(\.value) == ["13.75", "13.75 100.5"])
    }

    @Test func aFieldsValueCannotAct() throws {
        let metadata = try Metadata(
            exiftool: bytes("XMP\tCity\tA\u{202E}B\u{1B}[2JC\u{7}\n") + [
                0x58, 9, 0x43, 0x69, 0x74, 0x79, 9, 0xFF, 0x0A,
            ])
        #expect(metadata.places[0].value == "A⟨U+202E⟩B⟨U+001B⟩[2JC⟨U+0007⟩")
        #expect(metadata.places[1].value == "\u{FFFD}")
    }

    @Test func linesThatAreNoFieldsAreRefused() {
        for text in [
            "IFD0\tMake\n", "Make\n", "IF D0\tMake\tx\n", "IFD0\tMa\u{202E}ke\tx\n", "\t\t\n",
            "IFD0\t" + String(repeating: "n", count: 65) + "\tx\n",
        ] {
            #expect(throws: NotDone.unexpectedOutput, "\(text)") {
                try Metadata(exiftool: bytes(text))
            }
        }
        #expect(throws: NotDone.tooMany) {
            try Metadata(exiftool: bytes(String(repeating: "A\tB\tc\n", count: 20_001)))
        }
    }

    @Test func manyFieldsAreCounted() throws {
        let lines = (0..<500).map { "XMP\tDate\($0)City\t2026:01:01\n" }.joined()
        let metadata = try Metadata(exiftool: bytes(lines))
        #expect(metadata.names.count == Metadata.nameLimit)
        #expect(metadata.omittedNames == 400)
        #expect(metadata.times.count == Metadata.valueLimit)
        #expect(metadata.places.count == Metadata.valueLimit)
    }

    @Test func ofAPictureTheLoadersOwnLinesCount() throws {
        let facts = try ImageFacts(
            vipsheader: bytes(
                "/proc/self/fd/0: 640x480 uchar, 3 bands, srgb, jpegload\nwidth: 640\nheight: 480\n"
                    + "vips-loader: jpegload\nexif: \nwidth: 9\nn-pages: 3\n"))
        #expect((facts.width, facts.height, facts.frames) == (640, 480, 3))
        for text in [
            "", "width: 640\nheight: -1\nvips-loader: a\n",
            "width: 1e9\nheight: 1\nvips-loader: a\n",
            "width: 99999999999999999999\nheight: 1\nvips-loader: a\n",
            "width: 1\nheight: 1\n", "width: 1\nheight: 1\nvips-loader: \u{1B}[2J\n",
        ] {
            #expect(throws: NotDone.unexpectedOutput, "\(text)") {
                try ImageFacts(vipsheader: bytes(text))
            }
        }
    }

    @Test func aTitleCannotSayHowManyPagesThereAre() throws {
        let output = "Title:  x\nPages: 1\nTagged: no\nPages:           12\nEncrypted: no\n"
        #expect(try PageCount.parse(pdfinfo: bytes(output)) == 12)
        for text in ["", "Pages: \n", "Pages: -1\n", "Pages: 99999999\n", "Pages: 1 2\n"] {
            #expect(throws: NotDone.unexpectedOutput) { try PageCount.parse(pdfinfo: bytes(text)) }
        }
    }

    @Test func aRecordingHasStreamsThatCanBeDecoded() throws {
        let facts = try MediaFacts(
            ffprobe: bytes(
                #"{"programs":[],"streams":[{"codec_name":"h264","codec_type":"video","width":1280,"#
                    + #""height":720,"nb_read_packets":"120"},{"codec_type":"data"}],"#
                    + #""format":{"format_name":"mov,mp4","duration":"4.023000"}}"#))
        #expect(facts.streams.count == 1)
        #expect(facts.milliseconds == 4023)
        #expect(facts.first("video")?.packets == 120)
        #expect(throws: NotDone.decoderRefused) { try MediaFacts(ffprobe: bytes("{\n\n}\n")) }
        #expect(throws: NotDone.decoderRefused) {
            try MediaFacts(ffprobe: bytes(#"{"streams":[],"format":{"format_name":"x"}}"#))
        }
        for text in [
            "", "{", #"{"format":{"format_name":1},"streams":[]}"#,
            #"{"format":{"format_name":"a"},"streams":[{"codec_name":"a","codec_type":"video","width":-1}]}"#,
            #"{"format":{"format_name":"a"},"streams":[{"codec_name":"a","codec_type":"video","width":1.5}]}"#,
        ] { #expect(throws: NotDone.unexpectedOutput) { try MediaFacts(ffprobe: bytes(text)) } }
    }

    @Test func timesAreNumbersOrNothing() throws {
        for (text, milliseconds) in [
            ("4.000000", 4000), ("N/A", nil), ("1e9", nil), ("-1.000000", nil), ("4.0", nil),
            ("99999999999999.000000", nil), ("", nil),
        ] as [(String, Int?)] {
            let facts = try MediaFacts(
                ffprobe: bytes(
                    #"{"streams":[{"codec_name":"a","codec_type":"audio"}],"format":"#
                        + #"{"format_name":"x","duration":"\#(text)"}}"#))
            #expect(facts.milliseconds == milliseconds, "\(text)")
        }
    }

    @Test func whatAWorkerSaysInItsErrorsNamesAReason() {
        func reason(_ code: Int, _ errors: String) -> NotDone {
            NotDone(WorkerEnd(code: code, errors: bytes(errors)))
        }
        #expect(reason(1, "Command Line Error: Incorrect password") == .encrypted)
        #expect(reason(1, "bsdtar: Passphrase required for this entry") == .encrypted)
        #expect(reason(137, "") == .timeLimit)
        #expect(reason(153, "") == .outputLimit)
        #expect(reason(134, "what():  std::bad_alloc") == .memoryLimit)
        #expect(reason(1, "bwrap: Creating new namespace failed") == .notStarted)
        #expect(reason(1, "Syntax Error") == .decoderRefused)
    }
}
