internal import Custody
internal import Glibc
package import Logging

/// Log lines that identify nobody: an hour, a level, a fixed sentence, and counts.
///
/// ```
/// hour=2026-11-23T15 level=info program=sallyport-intake event="hourly counts" accepted=12
/// ```
/// Only the metadata keys of ``allowedKeys`` are written, whatever a caller or a library adds: no
/// address, no user agent, no path, no time finer than the hour.
package struct QuietLogHandler: LogHandler {
    /// The metadata keys that reach a log line.
    package static let allowedKeys: Set<String> = [
        "accepted", "refused", "repeated", "uploads", "parked", "expired", "backlog", "bytes",
        "released", "fetched", "acknowledged", "entries", "size", "code", "operation", "area",
        "port",
        "period", "reason", "records",
    ]

    package var logLevel: Logger.Level = .info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let program: String
    private let isForLibraries: Bool
    private let sink: @Sendable (String) -> Void

    /// A handler that writes to standard error, or to `sink`.
    ///
    /// With `isForLibraries` the message itself is replaced, since we do not know what a library
    /// puts into it; only its errors are noted.
    package init(
        program: String, isForLibraries: Bool = false,
        sink: @escaping @Sendable (String) -> Void = writeToStandardError
    ) {
        self.program = program
        self.isForLibraries = isForLibraries
        self.sink = sink
        if isForLibraries { logLevel = .error }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        guard !isForLibraries || event.level >= .error else { return }
        let message = isForLibraries ? "the HTTP server noted an error" : "\(event.message)"
        var line = "hour=\(Hour.now.text) level=\(event.level) program=\(program)"
        line += " event=\(Self.quoted(message))"
        if !isForLibraries {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            for (key, value) in all.sorted(by: { $0.key < $1.key })
            where Self.allowedKeys.contains(key) {
                line += " \(key)=\(Self.quoted("\(value)"))"
            }
        }
        sink(line + "\n")
    }

    /// A logfmt value: quoted where needed, and never more than one line.
    private static func quoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x3A
        }
        guard !plain || text.isEmpty else { return text }
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: " "
            default: "\(scalar)"
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}

/// Writes a line to standard error in one system call.
@Sendable package func writeToStandardError(_ line: String) {
    var line = line
    line.withUTF8 { bytes in
        _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
}

extension Logger {
    /// The program's own log.
    package static func quiet(program: String) -> Logger {
        Logger(label: program) { _ in QuietLogHandler(program: program) }
    }

    /// What Hummingbird and NIO are given to log to.
    package static func quietForLibraries(program: String) -> Logger {
        Logger(label: program) { _ in QuietLogHandler(program: program, isForLibraries: true) }
    }
}
