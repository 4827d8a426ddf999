internal import Examination
internal import Tips
internal import Verification

extension Console {
    /// Begins to let sandboxed workers look into files of a case; false when something else is being
    /// done.
    ///
    /// - Parameter parts: numbers of parts; empty for all evidence that nobody has looked into yet,
    ///   and every text that could not be read when it came.
    /// - Throws: ``DeskError/notYet(_:)`` when no worker can be started on this machine, or nothing
    ///   waits.
    func beginExamining(_ opened: OpenedCase, _ parts: [Int] = []) throws(DeskError) -> Bool {
        let examination = EvidenceExamination(
            opened, with: Examiner(sandbox: try sandbox(), scanner: ClamAV(socketPath: scanner)))
        let numbers = parts.isEmpty ? examination.waiting : parts
        let readsTexts = parts.isEmpty && !SecondReading(opened).waiting.isEmpty
        guard !numbers.isEmpty || readsTexts else {
            throw .notYet("Every file of this case has been looked into already.")
        }
        let (tip, name) = (opened.tip, opened.name)
        return work.begin("Examining case \(name)") { [self] in
            // Opened anew: the case may have got on since the page was shown.
            let current = try OpenedCase(tip, of: try desk())
            let texts = readsTexts ? try SecondReading(current).run() : []
            let now = EvidenceExamination(
                current,
                with: Examiner(sandbox: try sandbox(), scanner: ClamAV(socketPath: scanner)))
            let failures = try now.run(numbers) { [work] in work.tell("part \($0) is examined") }
            return texts + failures.map { "NOT EXAMINED: \($0)" }
                + ["\(numbers.count - failures.count) of \(numbers.count) file(s) examined"]
        }
    }

    private func sandbox() throws(DeskError) -> Sandbox {
        do throws(SandboxError) {
            return try Sandbox()
        } catch {
            throw .notYet(
                "No worker can be started: \(error.words). Run the console as your own user, on a "
                    + "machine with bubblewrap.")
        }
    }
}
