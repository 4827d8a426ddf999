internal import Composing
internal import Agencies
internal import Submission
internal import Terminal
internal import Tips
internal import Wire

/// What went wrong while sending, for someone who may be frightened: no blame, and what to do next.
enum SubmissionWords {
    /// Trouble with the door.
    static func failure(_ error: SubmissionError) -> Failure {
        switch error {
        case .badAddress(let text):
            Failure(
                "\(text) is not an address this program sends to.",
                hint: "It begins with https:// and has no path, for example https://door.example.")
        case .badCertificates(let path):
            Failure(
                "\(path): no certificates could be read from it; nothing was sent.",
                hint: "It is a PEM file: its first line is -----BEGIN CERTIFICATE-----.")
        case .unreachable:
            Failure(
                "The server cannot be reached. Nothing is lost.",
                hint: "Check the address and your connection, then type the same again.")
        case .refused(let refusal): self.refusal(refusal)
        case .ill(let status):
            Failure(
                "The server has trouble of its own (\(status)). Nothing is lost.",
                hint: "Type the same again in a while.")
        case .strangeAnswer(let status):
            Failure(
                "What answered does not behave like the server that was expected (\(status)). "
                    + "Nothing more was sent to it.",
                hint: "Check the address. In a café or hotel, sign in to the network first.")
        case .directory(let refusal): failure(refusal)
        case .mailbox(let refusal): mailbox(refusal)
        case .format(let error):
            Failure("Something inside went wrong (\(error)); nothing was sent.", exitCode: 70)
        }
    }

    /// What keeps the person waiting.
    static func delay(_ delay: IntakeClient.Delay) -> String {
        switch delay {
        case .solving:
            "The server asks every sender for some work, against floods. This computer is at it; "
                + "please wait."
        case .unreachable(let wait):
            "The server cannot be reached; trying again in \(seconds(wait))."
        case .busy(let wait): "The server is busy; trying again in \(seconds(wait))."
        case .ill(let wait):
            "The server has trouble of its own; trying again in \(seconds(wait))."
        }
    }

    private static func seconds(_ duration: Duration) -> String {
        let seconds = max(1, duration.components.seconds)
        return seconds == 1 ? "a second" : "\(seconds) seconds"
    }

    /// A directory that is not believed.
    static func failure(_ refusal: DirectoryRefusal) -> Failure {
        Failure(
            "Nothing was sent, because the server's keys cannot be trusted: \(refusal.message).",
            hint: "Check the root key and this computer's date. If both are right, do not use this "
                + "server; ask the people who told you of it.")
    }

    private static func refusal(_ refusal: Refusal) -> Failure {
        switch refusal {
        case .busy:
            Failure(
                "The server is too busy at the moment. Nothing is lost.",
                hint: "Type the same again in a while.")
        case .tooSlow, .offset, .notFound:
            Failure(
                "The upload was cut off on the server's side.",
                hint: "Go on with \"sallyport add\" and your receipt.")
        case .tooLarge:
            Failure(
                "The server cannot take so much.",
                hint: "Send fewer or smaller files, for example a video in several pieces.")
        case .epoch:
            Failure(
                "The key that this was sealed for is no longer in use.",
                hint: "Fetch the new directory and seal again: type the same again without "
                    + "--directory, or with a newer file.")
        case .puzzle:
            Failure(
                "The server did not take the work that it asks every sender for.",
                hint: "Check this computer's clock, and type the same again.")
        case .malformed:
            Failure(
                "The server did not understand what was sent; it kept nothing.",
                hint: "This program may be too old. Get the newest one.")
        }
    }

    private static func mailbox(_ refusal: MailboxRefusal) -> Failure {
        Failure(
            "There is something in the mailbox, but it is not from the desk (\(refusal)).",
            hint: "Do not believe this server for now. Try again later.")
    }
}

/// Trouble with the tip itself.
extension SubmissionWords {
    /// A tip that cannot be sealed.
    static func failure(_ error: BuildError) -> Failure {
        switch error {
        case .noOpenEpoch:
            Failure(
                "The desk has no key to seal to today; nothing was sent.",
                hint: "Check this computer's date, or try again tomorrow.")
        case .unknownOffice(let office, let known):
            Failure(
                "There is no office \"\(office)\"; nothing was sent.",
                hint: "The offices are: " + known.joined(separator: ", ") + ".")
        case .revokedOffice(let office):
            Failure(
                "The key of the office \"\(office)\" must not be used any more; nothing was sent.",
                hint: "Take the office out of \"share\", or wait for its new key.")
        case .tooLong:
            Failure(
                "The text is too long to go out in one small request; nothing was sent.",
                hint: "Put the longest text into a file, and send that with --evidence.")
        case .format, .content, .sealing, .outOfMemory:
            Failure("The tip could not be sealed; nothing was sent.", exitCode: 70)
        }
    }

    /// A file that cannot be sent.
    static func failure(_ error: OriginalError) -> Failure {
        switch error {
        case .tooLarge:
            Failure(
                "The file is larger than \(Limits.evidenceBytes >> 30) GiB.",
                hint: "Send it in several pieces.")
        case .empty(let path):
            Failure(
                "\(path) is empty: there is nothing in it to send.",
                hint: "Perhaps it was not copied completely. Look at the original, copy it again, "
                    + "or leave it out.")
        case .notAFile(let path): Failure("\(path) is not a file.")
        case .changed(let path):
            Failure(
                "\(path) changed while it was being sent, so sending it was stopped.",
                hint: "Close the programs that write to it, then send it with \"sallyport add\".")
        }
    }
}
