/// What is tried with a file, by what libmagic says it is. Whether it *is* that, its decoder says.
enum FileKind: Equatable {
    case picture
    case pdf
    case office
    case recording
    case archive
    case compressed
    case text
    /// Pages and drawings that can hold programs: looked at, never copied.
    case active
    case unknown

    init(type: String) {
        if let kind = Self.kinds[type] {
            self = kind
        } else if type.hasPrefix("application/vnd.openxmlformats-officedocument.")
            || type.hasPrefix("application/vnd.oasis.opendocument.")
        {
            self = .office
        } else if type.hasPrefix("video/") || type.hasPrefix("audio/") {
            self = .recording
        } else if type.hasPrefix("text/") {
            self = .text
        } else {
            self = .unknown
        }
    }

    /// The decoder that must accept it; nil when none is asked beforehand.
    var decoder: Acceptance.Decoder? {
        switch self {
        case .picture: .picture
        case .pdf: .pdf
        case .recording: .recording
        case .archive: .archive
        default: nil
        }
    }

    private static let kinds: [String: FileKind] = [
        "image/jpeg": .picture, "image/png": .picture, "image/webp": .picture,
        "image/tiff": .picture, "image/heic": .picture, "image/heif": .picture,
        "image/avif": .picture, "image/gif": .picture,
        "application/pdf": .pdf,
        "application/msword": .office, "application/vnd.ms-excel": .office,
        "application/vnd.ms-powerpoint": .office, "application/vnd.ms-office": .office,
        "application/CDFV2": .office, "text/rtf": .office, "application/rtf": .office,
        "application/ogg": .recording,
        "application/zip": .archive, "application/x-tar": .archive,
        "application/x-7z-compressed": .archive, "application/x-rar": .archive,
        "application/vnd.rar": .archive, "application/vnd.ms-cab-compressed": .archive,
        "application/java-archive": .archive, "application/x-cpio": .archive,
        "application/vnd.android.package-archive": .archive,
        "application/gzip": .compressed, "application/x-bzip2": .compressed,
        "application/x-xz": .compressed, "application/zstd": .compressed,
        "application/x-lzma": .compressed,
        "application/json": .text, "message/rfc822": .text,
        "text/html": .active, "application/xhtml+xml": .active, "image/svg+xml": .active,
        "application/epub+zip": .active,
    ]
}
