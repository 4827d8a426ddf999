import ArgumentParser
import PartnerAPI

/// `sallyport-dispatch export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write what waits for the desk into a directory that is carried to it.")

    @OptionGroup var place: ConfigurationOption
    @Option(help: "The directory; made when absent.", completion: .directory)
    var to: String

    func run() async throws {
        let dispatch = try await openDispatch(try await place.settings())
        print("\(try await dispatch.export(to: to)) things wait for the desk in \(to).")
    }
}

/// `sallyport-dispatch import`
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take releases, payloads and mailbox batches that were carried from the desk.")

    @OptionGroup var place: ConfigurationOption
    @Option(help: "The directory.", completion: .directory)
    var from: String

    func run() async throws {
        let dispatch = try await openDispatch(try await place.settings())
        print("\(try await dispatch.importCarried(from: from)) things were taken from \(from).")
    }
}
