internal import ArgumentParser
internal import Custody
internal import Terminal
internal import Verification

/// Fetches what comes, as long as it runs.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Fetch what comes, until it is ended, and call somebody when a P0 comes.",
        discussion: """
            The same as pull, again and again; what has just come goes before what has waited, so that \
            a flood hides nothing. With --alarm, a program of yours is run when a case comes that \
            somebody must look at within a day, and again every 15 minutes until a person has worked on \
            it. It gets no argument and no input: it can tell nothing but that somebody should come.

            Examples:
              sallyport-desk watch --alarm /usr/local/bin/ring
              sallyport-desk watch --every 60
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions

    @Option(help: "Seconds between two looks.")
    var every = 3

    @Option(help: ArgumentHelp("The program that calls somebody.", valueName: "program"))
    var alarm: String?

    func validate() throws {
        guard (1...3600).contains(every) else {
            throw ValidationError("--every takes 1 to 3,600 seconds.")
        }
    }

    func run() async throws {
        var alarm = alarm.map { Alarm(command: $0) }
        var known: Set<Hash> = []
        var told: Set<String> = []
        while true {
            var isCut = false
            do {
                let report = try await round(known, &told, &alarm)
                (known, isCut) = (report.listed, report.isCut)
            } catch let error as DeskError where error.concernsEverything {
                Say.note("not now: \(error.message)")
            }
            if !isCut { try await Task.sleep(for: .seconds(every)) }
        }
    }

    /// One look. The desk is opened anew each time: its hour, its directory and its policy are then
    /// those of the moment.
    private func round(
        _ known: Set<Hash>, _ told: inout Set<String>, _ alarm: inout Alarm?
    ) async throws -> Pull.Report {
        let desk = try desk.opened()
        let link = try link.link(desk)
        let report = try await Pull(desk, over: link).run(after: known, within: .seconds(2))
        let lines = report.lines + report.troubles
        // What waits is said once, not at every look.
        for line in lines where !told.contains(line) { Say.result(line) }
        told = Set(lines)
        if let problem = alarm?.ring(for: try desk.queue()) { Say.note("warning: \(problem)") }
        if !report.isCut {
            for line in try await Sync(desk, over: link).run() { Say.result(line) }
        }
        return report
    }
}
