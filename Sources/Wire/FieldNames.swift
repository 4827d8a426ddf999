package import HTTPTypes

/// The header fields of the public door.
extension HTTPField.Name {
    /// Whether a browser was led here by this site itself.
    package static let secFetchSite = fieldName("Sec-Fetch-Site")
    /// `Sallyport-Puzzle`: `<challenge>.<counter>`; see ``PuzzleField``.
    package static let sallyportPuzzle = fieldName("Sallyport-Puzzle")
    /// `Sallyport-Parked`: the parked state that an upload makes superfluous, 64 hexadecimal digits.
    package static let sallyportParked = fieldName("Sallyport-Parked")
    /// `Upload-Complete` (resumable upload §4.1.3): a structured-field boolean.
    package static let uploadComplete = fieldName("Upload-Complete")
    /// `Upload-Offset` (§4.1.1): a structured-field integer.
    package static let uploadOffset = fieldName("Upload-Offset")
    /// `Upload-Length` (§4.1.2): a structured-field integer.
    package static let uploadLength = fieldName("Upload-Length")
    /// `Upload-Limit` (§4.1.4): a structured-field dictionary.
    package static let uploadLimit = fieldName("Upload-Limit")
    /// `Accept-Patch` (RFC 5789 §3.1), which says that appends are taken.
    package static let acceptPatch = fieldName("Accept-Patch")
    /// `Upload-Draft-Interop-Version`: a structured-field integer.
    package static let uploadInteropVersion = fieldName("Upload-Draft-Interop-Version")
}

/// A field name from a literal; a literal that is no name is a programming error.
private func fieldName(_ literal: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(literal) else {
        preconditionFailure("\(literal) is not a field name")
    }
    return name
}

/// The media types of the public door.
package enum MediaType {
    /// A frame, or its head.
    package static let frame = "application/vnd.sallyport.frame"
    /// Appended bytes of a resumable upload (§4.4.2).
    package static let partialUpload = "application/partial-upload"
    /// Sealed bytes without a name: mailbox slots, parked states and requests to park one.
    package static let octets = "application/octet-stream"
    /// Words for people, challenges, checkpoints, the directory.
    package static let text = "text/plain; charset=utf-8"
}
