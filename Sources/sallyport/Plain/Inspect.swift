internal import ArgumentParser
internal import Submission
internal import Terminal

/// Tells what can be seen of an age file without a key.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what anyone can see of a sealed file, without opening it.",
        discussion: """
            Shows for which kinds of key a file is sealed and how long it is. No key is needed, and \
            none of the content is seen: whether the content is whole and genuine shows only on opening.

            Example:
              sallyport inspect video.age
            """)

    @Argument(help: "The sealed file. Without it, or with -: standard input.")
    var file: String?

    func run() throws {
        var source = try Standard.input(file)
        do {
            Say.result(try Inspection(of: &source).text)
        } catch let problem as Inspection.Problem {
            let name = file.map { $0 == "-" ? "standard input" : $0 } ?? "standard input"
            throw Failure("\(name): \(problem.message)", hint: problem.hint)
        }
    }
}
