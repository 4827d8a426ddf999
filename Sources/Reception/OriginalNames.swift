internal import Forwarding
internal import Tips

/// What the files of an opened bundle are called: never by a name that came from outside.
enum OriginalNames {
    /// Endings of files that are looked at, not run; others become `bin`.
    private static let endings: Set<String> = [
        "aac", "amr", "avi", "bmp", "csv", "doc", "docx", "eml", "gif", "heic", "heif", "jpeg",
        "jpg", "json", "m4a", "m4v", "mkv", "mov", "mp3", "mp4", "mpeg", "odt", "oga", "ogg",
        "opus", "pdf", "png", "ppt", "pptx", "rtf", "tif", "tiff", "txt", "wav", "webm", "webp",
        "xls", "xlsx", "3gp",
    ]

    /// `parts/00-report.json`, `parts/01-evidence.jpg`.
    ///
    /// - Parameter isText: whether the report is the plain text of a dropped file.
    static func name(of part: BundlePredicate.Part, at index: Int, isText: Bool) -> String {
        let number = "\(index / 10)\(index % 10)"
        return "parts/\(number)-\(part.partClass.name).\(ending(of: part, isText: isText))"
    }

    private static func ending(of part: BundlePredicate.Part, isText: Bool) -> String {
        guard part.partClass == .evidence else {
            return isText && part.origin == .original ? "txt" : "json"
        }
        guard let dot = part.givenName.lastIndex(of: ".") else { return "bin" }
        let ending = part.givenName[part.givenName.index(after: dot)...].lowercased()
        return endings.contains(ending) ? ending : "bin"
    }
}
