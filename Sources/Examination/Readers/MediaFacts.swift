internal import Tips

/// What `ffprobe` says of a recording.
package struct MediaFacts: Equatable, Sendable {
    /// One stream that can be decoded.
    package struct Stream: Equatable, Sendable {
        /// `video`, `audio`, or another of ffmpeg's words.
        package let kind: String
        /// Pixels across; 0 for sound.
        package let width: Int
        /// Pixels down; 0 for sound.
        package let height: Int
        /// Packets: of a video, its frames.
        package let packets: Int
    }

    /// ffmpeg's name of the format that accepted it: `mov,mp4,m4a,3gp,3g2,mj2`.
    package let format: String
    /// The streams, in order.
    package let streams: [Stream]
    /// How long it is, in thousandths of a second; nil when it does not say.
    package let milliseconds: Int?

    /// Most streams that are read.
    static let streamLimit = 64
    /// Longest time that is believed: a year.
    static let millisecondLimit = 31_536_000_000

    /// The first stream of this kind.
    package func first(_ kind: String) -> Stream? { streams.first { $0.kind == kind } }

    /// Reads ffprobe's JSON of the entries that ``Tool/mediaFacts`` asks for.
    ///
    /// - Throws: ``NotDone/decoderRefused`` when there is no stream that can be decoded,
    ///   ``NotDone/unexpectedOutput``.
    package init(ffprobe output: [UInt8]) throws(NotDone) {
        do throws(JSONError) {
            let root = try JSON.parse(output.span, limit: 256 * 1024).asObject()
            let format = try root.object("format")
            let all = try root.objects("streams")
            guard all.count <= Self.streamLimit else { throw JSONError.tooDeep }
            var streams: [Stream] = []
            for stream in all where stream.has("codec_name") {
                streams.append(try Self.stream(stream))
            }
            self.streams = streams
            self.format = ReportText.shown(try format.string("format_name").utf8)
            milliseconds = Self.milliseconds(try format.stringOrEmpty("duration"))
        } catch {
            throw error == .missingKey("format") ? .decoderRefused : .unexpectedOutput
        }
        guard !streams.isEmpty else { throw .decoderRefused }
    }

    private static func stream(_ object: JSONObject) throws(JSONError) -> Stream {
        let side = 0...1_000_000
        let packets = try object.stringOrEmpty("nb_read_packets")
        return Stream(
            kind: ReportText.shown(try object.string("codec_type").utf8),
            width: object.has("width") ? try object.int("width", in: side) : 0,
            height: object.has("height") ? try object.int("height", in: side) : 0,
            packets: Decimal.parse(packets.utf8, limit: 1 << 40) ?? 0)
    }

    /// `12.345678` in thousandths.
    private static func milliseconds(_ text: String) -> Int? {
        let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 6,
            let seconds = Decimal.parse(parts[0], limit: millisecondLimit / 1000),
            let fraction = Decimal.parse(parts[1], limit: 999_999)
        else { return nil }
        return seconds * 1000 + fraction / 1000
    }
}
