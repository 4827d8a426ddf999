package import DurableFiles
package import Wire

/// Why a request to the partners' door had no success, in words for the operator's terminal.
///
/// Never carries keys, bodies or what a bundle holds.
package enum PartnerError: Error, Equatable {
    /// Not an address of a partners' door.
    case badAddress(String)
    /// The certificates to trust could not be read.
    case badCertificates(String)
    /// No answer: not there, not reachable, connection lost.
    case unreachable(String)
    /// The door refused.
    case refused(PartnerRefusal)
    /// The door refused, and its clock differs from this machine's by so many seconds.
    case clocksDiffer(seconds: Int)
    /// An answer that this door does not give.
    case unexpectedAnswer(status: Int)
    /// The signed head of a list is wrong.
    case head(HeadFault)
    /// The listing leaves out bundles that were offered.
    case listingIncomplete
    /// The signing key, or the agent that holds it, did not sign.
    case notSigned(String)
    /// A file on this machine.
    case file(FileError)
    /// A file to send does not have the digest it is sent under.
    case wrongDigest(path: String)

    /// The error in plain words.
    package var message: String {
        switch self {
        case .badAddress(let address):
            "\(address): not an address of dispatch: use https://host:port (http only on this machine)"
        case .badCertificates(let path): "\(path): no certificates could be read from it"
        case .unreachable(let why): "dispatch could not be reached: \(why)"
        case .refused(let refusal): Self.words(refusal)
        case .clocksDiffer(let seconds):
            "dispatch refused the request: its clock and this machine's differ by \(seconds) seconds, and five minutes are allowed"
        case .unexpectedAnswer(let status):
            "dispatch gave an answer (\(status)) that it should not give; is the address right?"
        case .head(let fault): fault.message
        case .listingIncomplete:
            "dispatch's list leaves out a bundle that was offered to this office: tell the desk"
        case .notSigned(let why): "the request could not be signed: \(why)"
        case .file(let error): error.description
        case .wrongDigest(let path): "\(path): its content has changed since its digest was taken"
        }
    }

    private static func words(_ refusal: PartnerRefusal) -> String {
        switch refusal {
        case .forbidden:
            "dispatch refused the request: this key may not do that (unknown, revoked, or not in dispatch's directory yet)"
        case .notFound: "dispatch has nothing of that kind for this key"
        case .malformed: "dispatch did not understand the request"
        case .refused: "dispatch checked what was sent, and a rule forbids it"
        case .conflict:
            "dispatch has this already, or something newer that the desk has not pulled or confirmed"
        case .payloadMissing: "dispatch no longer holds a payload of this release: send it again"
        case .tooLarge: "dispatch does not take so many bytes"
        case .tooSlow: "the connection to dispatch was too slow"
        case .busy: "dispatch cannot do this now: try again later"
        }
    }
}
