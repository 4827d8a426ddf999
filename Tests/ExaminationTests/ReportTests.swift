import Testing
import Tips

@testable import Examination

/// The report and its stored form.
@Suite struct ReportTests {
    /// A report with everything in it.
    static var full: ExaminationReport {
        var report = ExaminationReport()
        report.byteCount = 52_311
        report.type = "image/jpeg"
        report.scan = ScanAnswer(
            .clean, engine: ScanEngine("ClamAV 1.4.6/27445/Tue Nov  4 08:31:02 2026"))
        report.accepted = [Acceptance(.picture, as: "jpegload"), Acceptance(.archive)]
        report.metadata.names = ["IFD0:Make"]
        report.metadata.omittedNames = 3
        report.metadata.times = [.init(name: "ExifIFD:DateTimeOriginal", value: "2026:01:02")]
        report.metadata.places = [.init(name: "GPS:GPSLatitude", value: "13.75\u{202E}")]
        (report.width, report.height, report.frames) = (4000, 3000, 1)
        (report.pages, report.milliseconds, report.charactersLeftOut) = (2, 4000, 5)
        report.writingSystems = [.burmese, .han]
        report.copies = [SafeCopyFacts(.picture, byteCount: 99, isPartial: true)]
        report.gaps = [Gap(.facts, .timeLimit)]
        report.omittedMembers = 7
        var member = ExaminationReport()
        member.name = ReportText.shown("\u{202E}gpj.exe".utf8)
        member.scan = ScanAnswer(.found("Test.Eicar"))
        report.members = [member]
        return report
    }

    @Test func theStoredFormIsReadBackTheSame() throws {
        let encoded = Self.full.encoded
        #expect(try ExaminationReport(decoding: encoded.span) == Self.full)
        #expect(
            try ExaminationReport(decoding: ExaminationReport().encoded.span) == ExaminationReport()
        )
    }

    @Test(arguments: [
        "{}", "[]", "", #"{"bytes":1}"#, #"{"bytes":-1,"scan":{"outcome":"clean"}}"#,
        #"{"bytes":1,"scan":{"outcome":"clean"},"x":1}"#,
        #"{"bytes":1,"scan":{"outcome":"clean","why":"encrypted"}}"#,
        #"{"bytes":1,"scan":{"outcome":"found"}}"#,
        #"{"bytes":1,"scan":{"outcome":"could-not-scan","why":"lazy"}}"#,
        #"{"bytes":1,"scan":{"outcome":"clean"},"type":"x"}"#,
        #"{"bytes":1,"scan":{"outcome":"clean"},"name":"\#u{202E}"}"#,
        #"{"bytes":1,"scan":{"outcome":"clean"},"name":"\u0007"}"#,
        #"{"bytes":1,"scan":{"outcome":"clean"},"gaps":[{"step":"copy","why":"because"}]}"#,
        #"{"bytes":1,"scan":{"outcome":"clean"},"scripts":["Xxxx"]}"#,
        #"{"bytes":1,"scan":{"outcome":"clean","engine":"1.4","database":1,"day":"2026-13-01"}}"#,
        #"{"bytes":1,"scan":{"outcome":"clean"}} "#,
    ])
    func otherFormsAreRefused(text: String) {
        #expect(throws: JSONError.self) {
            try ExaminationReport(decoding: [UInt8](text.utf8).span)
        }
    }

    @Test func nestingHasALimit() {
        func nested(_ depth: Int) -> ExaminationReport {
            var report = ExaminationReport()
            if depth > 1 { report.members = [nested(depth - 1)] }
            return report
        }
        let limit = ExaminationReport.depthLimit
        #expect(throws: Never.self) {
            try ExaminationReport(decoding: nested(limit).encoded.span)
        }
        #expect(throws: JSONError.tooDeep) {
            try ExaminationReport(decoding: nested(limit + 1).encoded.span)
        }
    }

    @Test func manyMembersAreCountedAndNotListed() throws {
        var report = ExaminationReport()
        report.members = (0..<500).map { _ in Self.full }
        let encoded = report.encoded
        #expect(encoded.count <= ExaminationReport.encodedLimit)
        let read = try ExaminationReport(decoding: encoded.span)
        #expect(!read.members.isEmpty)
        // Each has a member and seven that are not listed.
        #expect(read.members.count * 9 + read.omittedMembers == 500 * 9)
    }

    @Test func twoKindsAtOnceAreAPolyglot() {
        var report = ExaminationReport()
        report.accepted = [Acceptance(.picture, as: "gifload")]
        #expect(!report.isPolyglot)
        report.accepted.append(Acceptance(.pdf))
        #expect(report.isPolyglot)
        report.accepted = [Acceptance(.archive), Acceptance(.office)]
        #expect(!report.isPolyglot)
    }

    @Test func aTextIsShownWithinItsLength() {
        #expect(
            ReportText.shown("a\u{0}b\u{2028}c\u{3164}d\u{FEFF}".utf8)
                == "a⟨U+0000⟩b⟨U+2028⟩c⟨U+3164⟩d⟨U+FEFF⟩")
        let long = ReportText.shown([UInt8](repeating: 0x61, count: 300))
        #expect(long.utf8.count <= ReportText.byteLimit)
        #expect(long.hasSuffix("…"))
        for text in [
            "", "a", String(repeating: "\u{202E}", count: 200), String(repeating: "你", count: 90),
        ] {
            #expect(ReportText.isShown(ReportText.shown(text.utf8)))
        }
        #expect(ReportText.shown("တောင်ကြီး 你好".utf8) == "တောင်ကြီး 你好")
    }

    @Test func aTextsCopyHasNothingThatActs() throws {
        let (copy, leftOut) = try PlainText.copy(
            [UInt8]("a\u{1B}[2J\u{202E}b\r\n\tက\u{200B}ခ\u{FEFF}\u{E0041}".utf8))
        #expect(String(decoding: copy, as: UTF8.self) == "a[2Jb\n\tက\u{200B}ခ")
        #expect(leftOut == 5)
        #expect(throws: NotDone.unknownEncoding) { try PlainText.copy([0x61, 0xFF]) }
    }

    @Test func writingSystemsAreToldByTheirLetters() {
        #expect(WritingSystem.found(in: "") == [])
        #expect(WritingSystem.found(in: "12, 34; é") == [])
        #expect(WritingSystem.found(in: "မြန်မာစာ and 你好") == [.burmese, .latin, .han])
        #expect(
            WritingSystem.found(in: "সাহায্য सहायता مدد") == [.devanagari, .bengali, .arabic]
                || Set(WritingSystem.found(in: "সাহায্য सहायता مدد")) == [.devanagari, .bengali, .arabic])
    }
}
