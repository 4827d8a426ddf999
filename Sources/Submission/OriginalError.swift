/// Why a file cannot be sent as evidence.
package enum OriginalError: Error, Equatable {
    /// More than ``Tips/Limits/evidenceBytes``.
    case tooLarge
    /// Nothing is in it: nearly always a copy that failed.
    case empty(String)
    /// Not a regular file.
    case notAFile(String)
    /// The file changed while it was being sent; its key has been abandoned.
    case changed(String)
}
