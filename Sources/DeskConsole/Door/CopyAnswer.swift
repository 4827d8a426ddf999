internal import Examination
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A safe copy on its way to the browser: in memory, never on a disk, and gone from here when it is
/// sent.
struct CopyAnswer: Sendable {
    /// What a copy may do in a browser: be looked at. Opened by itself, it is a page of no site's.
    static let policy =
        "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
    /// Bytes that are handed to the connection at a time.
    private static let pieceBytes = 256 * 1024

    private let bytes: [UInt8]
    private let kind: SafeCopyFacts.Kind
    private let fileName: String
    private let place: CopyRoom.Place

    /// - Parameters:
    ///   - kind: what our own writer made: nothing is guessed from the bytes.
    ///   - fileName: without its ending; plain ASCII.
    ///   - place: held until it is sent.
    init(_ bytes: [UInt8], kind: SafeCopyFacts.Kind, fileName: String, place: CopyRoom.Place) {
        self.bytes = bytes
        self.kind = kind
        self.fileName = fileName
        self.place = place
    }

    /// The answer, but for what guards every answer.
    var response: Response {
        let (bytes, place) = (bytes, place)
        var headers: HTTPFields = [
            .contentType: type,
            .contentDisposition: "\(disposition); filename=\"\(fileName).\(kind.rawValue)\"",
        ]
        headers[.acceptRanges] = "none"
        let body = ResponseBody(contentLength: bytes.count) { writer in
            for start in stride(from: 0, to: bytes.count, by: Self.pieceBytes) {
                let end = min(bytes.count, start + Self.pieceBytes)
                try await writer.write(ByteBuffer(bytes: bytes[start..<end]))
            }
            try await writer.finish(nil)
            withExtendedLifetime(place) {}
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    private var type: String {
        switch kind {
        case .picture: "image/png"
        case .document: "application/pdf"
        case .film: "video/mp4"
        case .sound: "audio/ogg"
        case .text: "text/plain; charset=utf-8"
        }
    }

    /// A document is never opened in a browser's own reader. Everything else is: kept as a file, it
    /// would lie on a disk.
    private var disposition: String { kind == .document ? "attachment" : "inline" }
}
