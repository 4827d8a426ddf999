internal import Tips

/// What became of the frames, in words.
extension Pull.Report {
    /// What came in and what was refused, one a line.
    package var lines: [String] {
        changed.map { "case \($0.hex.prefix(12)): something new" }
            + refused.map {
                "refused frame \($0.envelope.hex.prefix(12)): \(CleanText.brief($0.why))"
            }
            + (waiting > 0 ? ["\(waiting) supplement(s) wait for their tip"] : [])
    }

    /// What was not taken, one a line; dispatch keeps its copy of all of it.
    package var troubles: [String] {
        damaged.map(\.message)
            + left.map {
                "frame \($0.envelope.hex.prefix(12)) waits, and nothing of it was taken: \($0.why)"
            }
    }
}
