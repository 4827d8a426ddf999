package import ArgumentParser
internal import Containers
internal import DurableFiles
internal import Terminal

/// Tells what can be seen of an age file without a key.
package struct Inspect: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what anyone can see of a sealed file, without opening it.",
        discussion: """
            Shows for which kinds of key a file is sealed, how long it is, and whether its length is \
            padded. Binary and text (armored) files are read. No key is needed, and \
            none of the content is seen: whether the content is whole and genuine shows only on opening.

            Example:
              \(ProgramName.current) inspect video.age
            """)

    @Argument(help: "The sealed file. Without it, or with -: standard input.")
    var file: String?

    package init() {}

    package func run() throws {
        let source = try Standard.input(file)
        let length = try source.regularFileLength()
        var progress = Progress("Reading", totalBytes: length ?? 0)
        do {
            let isWhole = file != nil && file != "-"
            let inspection = try ContainerInspection(
                of: source, byteCount: isWhole ? length : nil
            ) { progress.update($0) }
            Say.result(inspection.text)
        } catch let problem as ContainerInspection.Problem {
            let name = file.map { $0 == "-" ? "standard input" : $0 } ?? "standard input"
            throw Failure("\(name): \(problem.message)", hint: problem.hint)
        }
    }
}
