package import Agencies
package import Tips
package import Wire

/// Why something could not be sent or fetched.
package enum SubmissionError: Error, Equatable {
    /// Not an address of a door.
    case badAddress(String)
    /// The file of certificates to trust could not be read.
    case badCertificates(String)
    /// The door could not be reached, after all attempts; what the system said.
    case unreachable(String)
    /// The door said no.
    case refused(Refusal)
    /// The door, or what stands before it, has trouble of its own, after all attempts; the HTTP
    /// status.
    case ill(Int)
    /// What answered does not answer as the door does; the HTTP status.
    case strangeAnswer(Int)
    /// The directory is not to be believed.
    case directory(DirectoryRefusal)
    /// What came back for the mailbox cannot be shown.
    case mailbox(MailboxRefusal)
    /// A frame could not be put together.
    case format(FormatError)
}
