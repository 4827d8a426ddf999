/// Why something of an examination was not done. Never a reason to call a file harmless.
package enum NotDone: String, Error, CaseIterable, Sendable {
    /// The file is larger than this step takes.
    case tooLarge = "too-large"
    /// It took longer than it may.
    case timeLimit = "time-limit"
    /// It wanted more memory than it may.
    case memoryLimit = "memory-limit"
    /// It gave out more than it may: a bomb, as a rule.
    case outputLimit = "output-limit"
    /// It is encrypted or wants a password.
    case encrypted
    /// Archives in archives, deeper than is looked into.
    case tooDeep = "too-deep"
    /// More members, pages or pictures than are looked at.
    case tooMany = "too-many"
    /// It unpacks to far more than its own size: a bomb.
    case bomb
    /// A link, a device or another member that is no file.
    case notAFile = "not-a-file"
    /// No kind of file that is known here.
    case unknownType = "unknown-type"
    /// A kind of which no safe copy is made: a drawing or a page that can hold programs.
    case noCopyOfType = "no-copy-of-type"
    /// The program for this kind does not accept it: broken, or not what it seems.
    case decoderRefused = "decoder-refused"
    /// What the program gave out is not in the form that is read here.
    case unexpectedOutput = "unexpected-output"
    /// Text in no encoding that is known here.
    case unknownEncoding = "unknown-encoding"
    /// The scanner found something, so no other program was let near it.
    case malwareFound = "malware-found"
    /// Whoever asked said that it must not be shown.
    case neverRendered = "never-rendered"
    /// The program for it is not installed.
    case toolMissing = "tool-missing"
    /// The worker could not be started.
    case notStarted = "not-started"
}

extension NotDone {
    /// What a worker that ended with an error says, in the one word that is kept of it.
    ///
    /// The text comes from a stranger's file in part: it decides only which reason is named.
    init(_ end: WorkerEnd) {
        let errors = end.errors
        func says(_ words: String) -> Bool { errors.firstRange(of: [UInt8](words.utf8)) != nil }
        // SIGKILL and SIGXCPU: the limit of processor time. SIGXFSZ: of what it may write.
        if [137, 152].contains(end.code) {
            self = .timeLimit
        } else if end.code == 153 || says("No space left") || says("File too large") {
            self = .outputLimit
        } else if says("bwrap: ") {
            self = .notStarted
        } else if ["Incorrect password", "assphrase", "ncrypted"].contains(where: says) {
            self = .encrypted
        } else if ["bad_alloc", "annot allocate memory", "ut of memory"].contains(where: says) {
            self = .memoryLimit
        } else {
            self = .decoderRefused
        }
    }
}
