package import Agencies
package import Containers
package import DurableFiles
package import Forwarding
package import PartnerClient

/// Why something at the agency could not be done, in words for its people.
package enum ReceptionError: Error {
    /// The bundle was refused, and why.
    case refused(BundleRefusal)
    /// The directory was refused, and why.
    case directory(DirectoryRefusal)
    /// No directory is kept yet.
    case noDirectory
    /// The directory does not know this office.
    case unknownOffice(OfficeID)
    /// The office's key in the directory is not the one kept here.
    case otherSigningKey(OfficeID)
    /// There is no agency folder at the path, or it is damaged; what is wrong with it.
    case badHome(path: String, problem: String)
    /// The agency folder is there already.
    case homeExists(String)
    /// A key file could not be opened: a wrong passphrase, or damage.
    case badKeyFile(String)
    /// The folder to open into is there already.
    case targetExists(String)
    /// An acknowledgement needs a reason, or its reason is too long.
    case badReason
    /// A file of this machine.
    case file(FileError)
    /// An age file that could not be opened.
    case container(ContainerError)
    /// The conversation with dispatch.
    case partner(PartnerError)

    /// What went wrong, in plain words.
    package var message: String {
        switch self {
        case .refused(let refusal): "refused: \(refusal)"
        case .directory(let refusal): refusal.message
        case .noDirectory: "no signed directory is known here yet"
        case .unknownOffice(let office): "the signed directory does not know the office \(office)"
        case .otherSigningKey(let office):
            "the signing key kept here is not the one the directory has for \(office)"
        case .badHome(let path, let problem): "\(path): \(problem)"
        case .homeExists(let path): "\(path) is there already; nothing was changed"
        case .badKeyFile(let path): "\(path) did not open: wrong passphrase, or a damaged file"
        case .targetExists(let path): "\(path) is there already; a bundle opens into a new folder"
        case .badReason:
            "\"declined\" and \"needs-more\" need a reason of at most "
                + "\(Acknowledgement.reasonLimit) bytes"
        case .file(let error): error.description
        case .container(let error): Self.words(error)
        case .partner(let error): error.message
        }
    }

    /// What to do about it; nil when there is nothing to say.
    package var hint: String? {
        switch self {
        case .noDirectory:
            "Give one with --directory FILE; the gateway publishes it at /directory."
        case .badHome: "Make the folder with: sallyport-agency init"
        case .refused(.otherDirectory):
            "If the bundle is older than your newest directory, give the older one with --earlier."
        case .refused(.directoryOlder), .refused(.directoryExpired), .directory(.expired):
            "Get the newest directory from the gateway and give it with --directory FILE."
        case .refused(.recalled):
            "Do not use it. Open the recall, the bundle with that number, and do what it asks."
        case .refused: "Do not use this bundle. Keep the file and tell the desk what was said here."
        case .unknownOffice: "Send your public keys to the keepers of the root key."
        default: nil
        }
    }

    private static func words(_ error: ContainerError) -> String {
        switch error {
        case .file(let error): error.description
        case .sealing: "the file could not be sealed"
        case .opening(let error): error.words
        }
    }
}

/// Runs `body` and turns a file's error into one of this module.
func filing<Result: ~Copyable>(
    _ body: () throws(FileError) -> Result
) throws(ReceptionError) -> Result {
    do throws(FileError) {
        return try body()
    } catch {
        throw .file(error)
    }
}

/// Runs `body` and turns a refusal into an error of this module.
func refusing<Result: ~Copyable>(
    _ body: () throws(BundleRefusal) -> Result
) throws(ReceptionError) -> Result {
    do throws(BundleRefusal) {
        return try body()
    } catch {
        throw .refused(error)
    }
}
