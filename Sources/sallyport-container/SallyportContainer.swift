internal import ArgumentParser
internal import ContainerCommands
internal import Terminal

/// The container alone: what seals and opens files, with nothing of tips, desks or networks in it.
struct SallyportContainer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sallyport-container",
        abstract: "Seal and open files as age does (version 1), on all processors.",
        discussion: """
            The same commands as in sallyport, in a small program that never talks to a network: for \
            scripts, for many small files, and for machines that hold keys and nothing else.

            Examples:
              sallyport-container keygen -o office.key
              sallyport-container seal -r age1pq1… -o photo.age photo.jpg
              sallyport-container open -i office.key -o photo.jpg photo.age
              sallyport-container inspect photo.age
            """,
        subcommands: [Keygen.self, PublicKey.self, Seal.self, Open.self, Inspect.self])
}

@main
enum Program {
    static func main() {
        CommandLineProgram.run(SallyportContainer.self, explaining: ContainerWords.failure)
    }
}
