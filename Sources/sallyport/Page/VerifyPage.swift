internal import Agencies
internal import ArgumentParser
internal import Custody
internal import DurableFiles
internal import Submission
internal import Terminal
internal import Wire

/// Whether a server serves the page that was built, and the keys that the root signed.
struct VerifyPage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-page",
        abstract:
            "Compare the reporter's page on a server with one that was built from its sources.",
        discussion: """
            Whoever can change the page can read what is written in it. So anybody can build it from \
            the same sources (Deploy/page) and compare: the manifest lists every file, in each form \
            in which a browser takes it. The manifest names the root key that the page believes; the \
            server's directory, and the desk's keys that it shows without script, must be of that \
            root. Compare the root key too with a source that you trust, or give it.

            The server answers this computer, now. A dishonest one can answer others with something \
            else: run this from other places and networks, and through Tor.

            Examples:
              sallyport verify-page https://door.example --manifest manifest.json
              Deploy/page --root-key Keys/root.vkey --out page && \\
                sallyport verify-page https://door.example --manifest page/manifest.json \\
                  --root-key Keys/root.vkey
            """)

    @Argument(help: ArgumentHelp("The server.", valueName: "url"))
    var address: String

    @Option(help: ArgumentHelp("manifest.json of the page as it was built.", valueName: "file"))
    var manifest: String

    @Option(
        help: ArgumentHelp(
            "The public root key that the page must believe, or a file that holds it.",
            valueName: "vkey"))
    var rootKey: String?

    @Option(
        help: ArgumentHelp(
            "PEM file of the certificates to trust instead of the system's.", valueName: "file"))
    var certificates: String?

    func run() async throws {
        let manifest = try PageManifest(
            try Durable.read(self.manifest, limit: PageManifest.byteLimit))
        let root = try Door.root(manifest.root)
        if let rootKey, try Door.root(rootKey) != root {
            throw Failure("The page of this manifest believes another root key: \(manifest.root)")
        }
        let address = try DoorAddress(address)
        let check = try PageCheck(address, manifest: manifest, certificates: certificates)
        let progress = ProgressOfSteps()
        var found = try await check.files { progress.update("Comparing", $0, $1) }
        let today = try Door.today()
        let directory = try await IntakeClient(
            address, certificates: certificates, backoff: .brief
        ).directory(root: root, clock: today)
        found += try await check.plainTexts(of: directory, today: today)
        for difference in found { Say.result(PageWords.line(difference)) }
        guard found.isEmpty else {
            throw Failure(
                "\(address.origin) does not serve this page: \(found.count) answer(s) differ.",
                hint: "Do not use it, and tell people who run it over another way. An older or a "
                    + "newer page would differ too: is the manifest the right one?")
        }
        Say.result(
            """
            \(manifest.files.count) files are those of the manifest, in every form.
            The directory, version \(directory.version), is signed by \(root.name) and good until \
            \(directory.contents.expires.text).
            That is what \(address.origin) answered this computer now.
            """)
    }
}

/// Differences in words.
enum PageWords {
    static func line(_ difference: PageDifference) -> String {
        let form = difference.coding == .identity ? "" : " (as \(difference.coding.rawValue))"
        return "\(difference.path)\(form): \(words(difference.what))"
    }

    private static func words(_ what: PageDifference.What) -> String {
        switch what {
        case .status(let status): "the server answers with \(status)"
        case .otherCoding: "it does not come in the form that was asked for"
        case .otherBytes: "other bytes than the manifest says"
        case .otherRules:
            "its type, its security policy or another field that belongs to it is wrong"
        case .strangeField(let name): "it carries the header field \(name)"
        case .notTheDirectory: "it does not say what the signed directory says"
        }
    }
}
