internal import Agencies
internal import ArgumentParser
internal import Custody
internal import DurableFiles
internal import Glibc
internal import NativePrimitives
internal import PartnerClient
internal import Reception
internal import Terminal

/// Where the office keeps its keys and what it must remember.
struct HomeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The office's folder. Without it: .sallyport-agency in your home folder.",
            valueName: "dir"))
    var home: String?

    /// The folder's path.
    func path() throws -> String {
        if let home { return home }
        guard let user = unsafe getenv("HOME") else {
            throw Failure("There is no home folder.", hint: "Say where with --home DIR.")
        }
        return unsafe String(cString: user) + "/.sallyport-agency"
    }

    /// The folder, which `init` has made.
    func opened() throws -> AgencyHome {
        try AgencyHome(opening: try path())
    }
}

/// Which directory says who is who.
struct DirectoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A newer signed directory to take first. The newest one taken is kept.",
            valueName: "file"))
    var directory: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "A directory that was in force when a release was made, if it is not kept here.",
            valueName: "file"))
    var earlier: [String] = []

    /// The directories of `home`, with the newer one taken.
    func shelf(of home: AgencyHome) throws -> DirectoryShelf {
        let shelf = DirectoryShelf(home, clock: try Clock.hour())
        if let directory {
            let note = try Durable.read(directory, limit: UnverifiedDirectory.byteLimit)
            _ = try shelf.take(note)
        }
        return shelf
    }

    /// The checks of bundles for `home`.
    func inspection(of home: AgencyHome) throws -> Inspection {
        let shelf = try shelf(of: home)
        let earlier = try earlier.map {
            try shelf.signed(try Durable.read($0, limit: UnverifiedDirectory.byteLimit))
        }
        return try Inspection(home, shelf, earlier: earlier)
    }
}

/// Where dispatch is.
struct DoorOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Dispatch's partners' door: https://host:port (http only on this machine).",
            valueName: "url"))
    var from: String?

    @Option(
        help: ArgumentHelp(
            "PEM file of the certificates to trust instead of the system's.", valueName: "file"))
    var certificates: String?

    /// A client for the office of `home`; asks for the passphrase of its signing key.
    func client(
        to from: String, of home: AgencyHome, _ directory: Directory,
        _ key: consuming SigningKey
    ) throws -> OfficeClient {
        do throws(PartnerError) {
            let endpoint = try PartnerEndpoint(
                origin: from, trustedCertificates: certificates, log: directory.log)
            return try OfficeClient(to: endpoint, office: home.office, as: PartnerSigner(key))
        } catch {
            throw ReceptionError.partner(error)
        }
    }
}

/// The machine's clock.
enum Clock {
    /// The hour it shows.
    static func hour() throws -> Hour {
        guard let hour = Hour(unixTime: time(nil)) else {
            throw Failure("The clock of this computer shows no usable date.", exitCode: 70)
        }
        return hour
    }
}

/// Asking for the passphrases of key files.
enum Ask {
    /// The passphrase of the file at `path`.
    static func passphrase(of path: String) throws(Failure) -> Secret {
        try Prompt.passphrase("Passphrase of \(path): ")
    }
}
